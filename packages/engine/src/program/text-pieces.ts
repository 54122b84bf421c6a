import { unknownValue, type ArrayValue, type Origin, type TextValue, type Value } from './value.js';

/** The pieces of a text between a separator, `url.split('?')`, as far as it is known where they end; what follows is left open. */
export function piecesOf(text: TextValue, separator: string, origin: Origin): ArrayValue | undefined {
  if (separator.length !== 1) return undefined;
  const pieces: Piece[] = [{ parts: [], anyCase: false, anyEscape: false }];
  const isWhole = takeText(text, separator, pieces, { anyCase: false, anyEscape: false });
  return { kind: 'array', items: pieces.map((piece) => textOfPiece(piece, origin)), open: !isWhole, origin };
}

/** A path without the slash at its end that it may have. */
export function withoutLastSlash(text: TextValue): TextValue {
  const last = text.parts.at(-1);
  const isSlash =
    last?.kind === 'union' &&
    last.options.every(({ value }) => value.kind === 'literal' && /^\/?$/.test(String(value.value)));
  return isSlash ? { ...text, parts: text.parts.slice(0, -1) } : text;
}

interface Spelling {
  readonly anyCase: boolean;
  readonly anyEscape: boolean;
}

interface Piece {
  readonly parts: Value[];
  anyCase: boolean;
  anyEscape: boolean;
}

/** Whether the text was gone through to its end. */
function takeText(text: TextValue, separator: string, pieces: Piece[], outer: Spelling): boolean {
  const spelling = {
    anyCase: outer.anyCase || text.anyCase === true,
    anyEscape: outer.anyEscape || text.anyEscape === true,
  };
  return text.parts.every((part) => takePart(part, text, separator, pieces, spelling));
}

function takePart(part: Value, text: TextValue, separator: string, pieces: Piece[], spelling: Spelling): boolean {
  const add = (value: Value): void => {
    const last = pieces.at(-1);
    if (!last) return;
    last.parts.push(value);
    last.anyCase ||= spelling.anyCase;
    last.anyEscape ||= spelling.anyEscape;
  };
  if (part.kind === 'text') return takeText(part, separator, pieces, spelling);
  if (part.kind === 'literal') {
    const [first = '', ...rest] = String(part.value).split(separator);
    if (first !== '') add({ ...part, value: first });
    for (const value of rest) {
      pieces.push({ parts: [], anyCase: false, anyEscape: false });
      if (value !== '') add({ ...part, value });
    }
    return true;
  }
  if (part.kind === 'union') {
    const starts = part.options.map(({ value }) => startOf(value));
    // The slash at the end that a path may have: nothing stands behind it.
    if (starts.every((start) => start === '' || start === separator) && text.parts.at(-1) === part) return true;
    // `?query`, or nothing: the piece before it ends here, either way.
    if (starts.every((start) => start === '' || start?.startsWith(separator))) return false;
    if (part.options.every(({ value }) => value.kind === 'literal' && !String(value.value).includes(separator))) {
      add(part);
      return true;
    }
  } else if (text.without?.includes(separator)) {
    add({ kind: 'text', parts: [part], origin: text.origin, without: text.without });
    return true;
  }
  add(unknownValue);
  return false;
}

function startOf(value: Value): string | undefined {
  const [first] = value.kind === 'text' ? value.parts : [value];
  return first?.kind === 'literal' ? String(first.value) : undefined;
}

function textOfPiece({ parts, anyCase, anyEscape }: Piece, origin: Origin): Value {
  if (parts.length === 0) return { kind: 'literal', value: '', origin };
  return { kind: 'text', parts, origin, address: true, anyCase, anyEscape };
}
