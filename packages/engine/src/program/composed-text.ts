import { limits } from '../limits.js';
import { literal, unknownValue, type Origin, type Value } from './value.js';

/** A text that the program puts together from known ones; an unknown text where it grows longer than anybody writes. */
export function composedText(text: string, origin: Origin): Value {
  return text.length > limits.textLength ? { kind: 'text', parts: [unknownValue], origin } : literal(text, origin);
}

/** A string from parts: a literal where all of them are. */
export function concatenate(parts: readonly Value[], origin: Origin): Value {
  const texts: string[] = [];
  for (const part of parts) {
    if (part.kind === 'literal' && part.value !== null) texts.push(String(part.value));
    else
      return textFrom(
        parts.flatMap((item) =>
          item.kind === 'text' && !item.anyCase && !item.anyEscape && item.without === undefined ? item.parts : [item],
        ),
        origin,
      );
  }
  const numbers = parts.length > 0 && parts.every((part) => part.kind === 'literal' && typeof part.value === 'number');
  if (numbers)
    return literal(
      texts.reduce((sum, text) => sum + Number(text), 0),
      origin,
    );
  return composedText(texts.join(''), origin);
}

function textFrom(parts: readonly Value[], origin: Origin): Value {
  return {
    kind: 'text',
    parts: parts.length > limits.textParts ? [...parts.slice(0, limits.textParts), unknownValue] : parts,
    origin,
  };
}
