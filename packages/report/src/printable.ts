/** Control characters, invisible formatting such as bidirectional overrides, lone surrogates, line and paragraph separators. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
const lineBreaks = /[\t\n\v\f\r\u0085\p{Zl}\p{Zp}]+/gu;

/**
 * One line of text that is safe to send to a terminal. Names and messages carry text of the analysed project, which must
 * not be able to move the cursor, recolour the report or hide a part of it.
 */
export function printable(text: string): string {
  return text.replace(lineBreaks, ' ').replace(unprintable, '');
}
