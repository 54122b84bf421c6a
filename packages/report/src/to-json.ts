/** What `JSON.stringify` leaves as it is, although terminals act on it or show nothing: C1 controls, invisible formatting. */
const invisible = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Indented JSON with keys in the order given, a line feed at its end, and nothing in it that a terminal acts on. */
export function toJson(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2).replace(invisible, escape)}\n`;
}

function escape(character: string): string {
  let escaped = '';
  for (let i = 0; i < character.length; i++) {
    escaped += `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`;
  }
  return escaped;
}
