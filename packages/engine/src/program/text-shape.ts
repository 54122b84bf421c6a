import { limits } from '../limits.js';
import { optionsOf, type TextValue, type Value } from './value.js';

/**
 * A step of a text or of what is asked of it: a character, `one` for any single one, `any` for any text at all, and
 * `some` for a text that is not known, of which it may be known what is not in it.
 */
export type Token = Character | Unknown | 'one' | 'any' | 'some';

interface Unknown {
  readonly without: string;
}

interface Character {
  readonly char: string;
  /** In a text: it may be written in either case. In a question: the case is not looked at. */
  readonly anyCase: boolean;
  /** In a text: it may be written as `%61`. */
  readonly anyEscape?: boolean;
}

export type Shape = readonly Token[];

/** A slash that is percent-encoded separates nothing, and other signs mean something else then: https://www.rfc-editor.org/rfc/rfc3986#section-2.3 */
const unreserved = /[\w.~-]/;

function charactersOf(text: string, anyCase = false, anyEscape = false): Token[] {
  if (!anyEscape) return Array.from(text, (char) => ({ char, anyCase }));
  return Array.from(text, (char) => ({ char, anyCase, anyEscape: unreserved.test(char) }));
}

/** An address is asked for each path of a list. */
const knownSpellings = new WeakMap<Value, readonly Shape[]>();

/** Every way in which a text may be spelt; `undefined` where it is no text, or none that can be written down. */
function spellingsOf(value: Value | undefined): readonly Shape[] | undefined {
  if (value?.kind === 'literal')
    return typeof value.value === 'string' ? spelt([charactersOf(value.value)]) : undefined;
  if (value?.kind !== 'text') return undefined;
  let spellings = knownSpellings.get(value);
  if (!spellings) knownSpellings.set(value, (spellings = spellingsOfText(value, false, false)));
  return spelt(spellings);
}

function spelt(spellings: readonly Shape[]): readonly Shape[] | undefined {
  return spellings.length > limits.spellings || spellings.some((item) => item.length > limits.spellingLength)
    ? undefined
    : spellings;
}

function spellingsOfText(text: TextValue, outerCase: boolean, outerEscape: boolean): readonly Shape[] {
  const anyCase = outerCase || (text.anyCase ?? false);
  const anyEscape = outerEscape || (text.anyEscape ?? false);
  const unknown: Token = text.without === undefined ? 'some' : { without: text.without };
  let spellings: readonly Shape[] = [[]];
  for (const part of text.parts) {
    const next = optionsOf(part).flatMap((option) => spellingsOfPart(option.value, anyCase, anyEscape, unknown));
    spellings = spellings.flatMap((before) => next.map((after) => [...before, ...after]));
    if (spellings.length > limits.spellings || (spellings[0]?.length ?? 0) > limits.spellingLength) return spellings;
  }
  return spellings;
}

function spellingsOfPart(part: Value, anyCase: boolean, anyEscape: boolean, unknown: Token): readonly Shape[] {
  if (part.kind === 'literal') return [charactersOf(String(part.value), anyCase, anyEscape)];
  return part.kind === 'text' ? spellingsOfText(part, anyCase, anyEscape) : [[unknown]];
}

/** Whether a text has one of these shapes: surely, surely not, or not to be told. */
export function hasShape(value: Value | undefined, shapes: readonly Shape[] | undefined): boolean | undefined {
  if (value?.kind === 'text' && value.ask) return shapes && value.ask((text) => hasShape(text, shapes));
  const spellings = spellingsOf(value);
  if (!spellings || !shapes) return undefined;
  let answer: boolean | undefined;
  for (const spelling of spellings) {
    const fits = shapes.some((shape) => surelyFits(spelling, shape));
    if (!fits && shapes.some((shape) => mayFit(spelling, shape))) return undefined;
    if (answer !== undefined && answer !== fits) return undefined;
    answer = fits;
  }
  return answer;
}

/** Whether two texts of which not all is known are the same. */
export function sameText(left: Value, right: Value): boolean | undefined {
  if (left.kind !== 'text' && right.kind !== 'text') return undefined;
  return left.kind === 'text' ? hasShape(left, spellingsOf(right)) : hasShape(right, spellingsOf(left));
}

/** `startsWith`, `endsWith` and `includes`. */
export function asksText(text: Value, method: string, asked: Value | undefined): boolean | undefined {
  const shapes = spellingsOf(asked)?.map((shape): Shape => {
    const before: Shape = method === 'startsWith' ? [] : ['any'];
    return [...before, ...shape, ...(method === 'endsWith' ? [] : (['any'] as const))];
  });
  return hasShape(text, shapes);
}

/** The text in one case. */
export function inCase(text: TextValue, convert: (text: string) => string): TextValue {
  const { parts, origin, without, address = false, anyEscape = false } = text;
  const converted = parts.map((part) => partInCase(part, convert));
  return { kind: 'text', parts: converted, origin, address, anyEscape, ...(without === undefined ? {} : { without }) };
}

function partInCase(part: Value, convert: (text: string) => string): Value {
  switch (part.kind) {
    case 'literal':
      return typeof part.value === 'string' ? { ...part, value: convert(part.value) } : part;
    case 'text':
      return inCase(part, convert);
    case 'union':
      return {
        kind: 'union',
        options: part.options.map((option) => ({ ...option, value: partInCase(option.value, convert) })),
      };
    default:
      return part;
  }
}

type Step = (text: Token | undefined, asked: Token | undefined, walk: Walk) => boolean;
/** Whether it goes on with so many tokens of the text, and of the shape, behind. */
type Walk = (inText: number, inShape: number) => boolean;

/** Walks a text and a shape side by side, each pair of places once. */
function walkBoth(text: Shape, shape: Shape, step: Step): boolean {
  const known = new Map<number, boolean>();
  const from = (i: number, j: number): boolean => {
    if (i === text.length && j === shape.length) return true;
    const key = i * (shape.length + 1) + j;
    const before = known.get(key);
    if (before !== undefined) return before;
    const answer = step(text[i], shape[j], (inText, inShape) => from(i + inText, j + inShape));
    known.set(key, answer);
    return answer;
  };
  return from(0, 0);
}

const mayFit = (text: Shape, shape: Shape): boolean =>
  walkBoth(text, shape, (a, b, walk) => {
    if (a === undefined && b === undefined) return false;
    if (a && !isSingle(a)) return walk(1, 0) || (b !== undefined && mayHold(a, b) && walk(0, 1));
    if (b && !isSingle(b)) return walk(0, 1) || (a !== undefined && mayHold(b, a) && walk(1, 0));
    if (a === undefined || b === undefined) return false;
    if (isCharacter(a) && isCharacter(b) && !mayEqual(a, b)) return false;
    return walk(1, 1);
  });

const surelyFits = (text: Shape, shape: Shape): boolean =>
  walkBoth(text, shape, (a, b, walk) => {
    if (b === 'any') return walk(0, 1) || (a !== undefined && walk(1, 0));
    if (a === undefined || b === undefined || b === 'some') return false;
    // What is not known of a text is at least one character of it, and `.+` takes all of them.
    if (b === 'one') return walk(1, 1);
    return isCharacter(a) && isCharacter(b) && surelyEqual(a, b) && walk(1, 1);
  });

function isCharacter(token: Token): token is Character {
  return typeof token === 'object' && 'char' in token;
}

function isSingle(token: Token): boolean {
  return token === 'one' || isCharacter(token);
}

/** Whether a text that is not known may go on with this. */
function mayHold(unknown: Token, next: Token): boolean {
  return (
    typeof unknown !== 'object' || !('without' in unknown) || !isCharacter(next) || !unknown.without.includes(next.char)
  );
}

function mayEqual(a: Character, b: Character): boolean {
  // Whoever asks for the sign itself meets it in some spelling.
  if ((a.anyEscape && b.char === '%') || (b.anyEscape && a.char === '%')) return true;
  return a.char === b.char || ((a.anyCase || b.anyCase) && a.char.toLowerCase() === b.char.toLowerCase());
}

function surelyEqual(text: Character, asked: Character): boolean {
  if (text.anyEscape) return false;
  const lower = text.char.toLowerCase();
  if (asked.anyCase) return lower === asked.char.toLowerCase();
  return text.char === asked.char && (!text.anyCase || lower === text.char.toUpperCase());
}
