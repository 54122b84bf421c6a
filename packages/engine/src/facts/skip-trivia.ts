/** White space of ECMAScript, and the two characters that the compiler counts as well. */
const unusualSpace = /[\s\u0085\u200b]/u;

/** Offset of the first character at or behind `offset` that is neither white space nor part of a comment. */
export function skipTrivia(text: string, offset: number): number {
  let position = offset;
  for (;;) {
    const code = text.charCodeAt(position);
    if (code === 0x20 || (code >= 0x09 && code <= 0x0d)) position++;
    else if (code === 0x2f) {
      const next = text.charCodeAt(position + 1);
      if (next === 0x2f) position = findLineEnd(text, position + 2);
      else if (next === 0x2a) position = findCommentEnd(text, position + 2);
      else return position;
    } else if (code >= 0x80 && unusualSpace.test(text.charAt(position))) position++;
    else if (code === 0x23 && position === 0 && text.charCodeAt(1) === 0x21) position = findLineEnd(text, 2);
    else return position;
  }
}

function findLineEnd(text: string, offset: number): number {
  for (let position = offset; position < text.length; position++) {
    const code = text.charCodeAt(position);
    if (code === 0x0a || code === 0x0d || code === 0x2028 || code === 0x2029) return position;
  }
  return text.length;
}

function findCommentEnd(text: string, offset: number): number {
  const end = text.indexOf('*/', offset);
  return end === -1 ? text.length : end + 2;
}
