import type { Expression } from '../facts/file-facts.js';
import { limits } from '../limits.js';
import { hasShape, type Shape, type Token } from './text-shape.js';
import { textOf, type Value } from './value.js';

type Part = Token | 'start' | 'end';

/** By the text of the expression: one that stands in a function is another value each time. */
const knownShapes = new Map<string, readonly Shape[] | undefined>();

/** What a regular expression asks of a text, read from how it is written: it is never run. `undefined` for what is too hard. */
export function shapesOfRegex(value: Value): readonly Shape[] | undefined {
  const written = writtenRegex(value);
  if (!written) return undefined;
  const text = `/${written.source}/${written.flags}`;
  if (knownShapes.has(text)) return knownShapes.get(text);
  const shapes = readShapes(written);
  knownShapes.set(text, shapes);
  return shapes;
}

function readShapes(written: { readonly source: string; readonly flags: string }): readonly Shape[] | undefined {
  if (/[^iuvs]/.test(written.flags)) return undefined;
  const parts = new RegexReader(written.source, written.flags.includes('i')).read();
  if (!parts) return undefined;
  const shapes: Shape[] = [];
  for (const alternative of parts) {
    const anchored = alternative[0] === 'start';
    const rest = anchored ? alternative.slice(1) : alternative;
    if (rest.includes('start')) return undefined;
    const end = rest.indexOf('end');
    // What stands behind the end can only be empty.
    if (end >= 0 && rest.slice(end + 1).some((part) => part !== 'any' && part !== 'some' && part !== 'end')) continue;
    const tokens = (end >= 0 ? rest.slice(0, end) : rest).filter((part) => part !== 'start' && part !== 'end');
    shapes.push([...(anchored ? [] : (['any'] as const)), ...tokens, ...(end >= 0 ? [] : (['any'] as const))]);
  }
  return shapes;
}

/** Whether a regular expression finds something in a text. */
export function foundBy(regex: Value, text: Value | undefined): boolean | undefined {
  return hasShape(text, shapesOfRegex(regex));
}

/** The source and the flags of a regular expression, as far as they are written down. */
export function writtenRegex(value: Value): { readonly source: string; readonly flags: string } | undefined {
  if (value.kind !== 'external' || value.path !== 'global#RegExp()') return undefined;
  if (value.call) {
    const [source, flags] = value.call.args;
    const text = textOf(source);
    if (text === undefined) return source && !flags ? writtenRegex(source) : undefined;
    return flags && textOf(flags) === undefined ? undefined : { source: text, flags: textOf(flags) ?? '' };
  }
  const literal = value.origin.span as Partial<Expression>;
  if (literal.kind !== 'literal' || literal.type !== 'regex' || typeof literal.value !== 'string') return undefined;
  const end = literal.value.lastIndexOf('/');
  return { source: literal.value.slice(1, end), flags: literal.value.slice(end + 1) };
}

class RegexReader {
  #at = 0;
  #failed = false;

  constructor(
    readonly source: string,
    readonly anyCase: boolean,
  ) {}

  read(): readonly Part[][] | undefined {
    const alternatives = this.#alternatives(0);
    return this.#failed || this.#at < this.source.length ? undefined : alternatives;
  }

  #alternatives(depth: number): Part[][] {
    const found = this.#sequence(depth);
    while (!this.#failed && this.source[this.#at] === '|') {
      this.#at++;
      found.push(...this.#sequence(depth));
    }
    if (found.length > limits.regexAlternatives) this.#failed = true;
    return found;
  }

  #sequence(depth: number): Part[][] {
    let sequences: Part[][] = [[]];
    while (!this.#failed && this.#at < this.source.length && !'|)'.includes(this.source.charAt(this.#at))) {
      const options = this.#repeated(this.#atom(depth));
      if (sequences.length * options.length > limits.regexAlternatives) this.#failed = true;
      else sequences = sequences.flatMap((before) => options.map((after) => [...before, ...after]));
    }
    return sequences;
  }

  #atom(depth: number): Part[][] {
    const char = this.source.charAt(this.#at++);
    switch (char) {
      case '^':
        return [['start']];
      case '$':
        return [['end']];
      case '.':
        return [['one']];
      case '(':
        return this.#group(depth);
      case '[':
        return this.#class();
      case '\\':
        return this.#escaped();
      case '*':
      case '+':
      case '?':
      case '{':
        return this.#fail();
      default:
        return [[{ char, anyCase: this.anyCase }]];
    }
  }

  #group(depth: number): Part[][] {
    if (this.source.startsWith('?:', this.#at)) this.#at += 2;
    // Looking ahead and behind is more than a shape can say.
    else if (this.source[this.#at] === '?') return this.#fail();
    if (depth >= limits.regexGroups) return this.#fail();
    const alternatives = this.#alternatives(depth + 1);
    return this.source[this.#at++] === ')' ? alternatives : this.#fail();
  }

  #class(): Part[][] {
    while (this.#at < this.source.length && this.source[this.#at] !== ']') {
      this.#at += this.source[this.#at] === '\\' ? 2 : 1;
    }
    return this.source[this.#at++] === ']' ? [['some']] : this.#fail();
  }

  #escaped(): Part[][] {
    const char = this.source.charAt(this.#at++);
    if (/^[dDwWsS]$/.test(char)) return [['some']];
    return char === '' || /^\w$/.test(char) ? this.#fail() : [[{ char, anyCase: this.anyCase }]];
  }

  #repeated(options: Part[][]): Part[][] {
    const quantifier = this.source[this.#at];
    if (quantifier === undefined || !'*+?{'.includes(quantifier)) return options;
    this.#at++;
    if (quantifier === '{') {
      const end = this.source.indexOf('}', this.#at);
      if (end < 0) return this.#fail();
      this.#at = end + 1;
    }
    if (this.source[this.#at] === '?') this.#at++;
    if (quantifier === '?') return [...options, []];
    if (options.length !== 1 || options[0]?.[0] !== 'one' || quantifier === '{') return [['some']];
    return quantifier === '*' ? [['any']] : [['one', 'any']];
  }

  #fail(): Part[][] {
    this.#failed = true;
    return [[]];
  }
}
