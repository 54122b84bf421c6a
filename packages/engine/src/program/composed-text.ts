import { limits } from '../limits.js';
import { unknownValue, type Origin, type Value } from './value.js';

/** A text that the program puts together from known ones; an unknown text where it grows longer than anybody writes. */
export function composedText(text: string, origin: Origin): Value {
  return text.length > limits.textLength
    ? { kind: 'text', parts: [unknownValue], origin }
    : { kind: 'literal', value: text, origin };
}
