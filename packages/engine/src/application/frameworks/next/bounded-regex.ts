import { limits } from '../../../limits.js';

type Node =
  | { readonly kind: 'character'; readonly fits: (char: string) => boolean }
  | { readonly kind: 'start' | 'end' }
  | { readonly kind: 'group'; readonly alternatives: readonly (readonly Node[])[] }
  | { readonly kind: 'look'; readonly ahead: boolean; readonly alternatives: readonly (readonly Node[])[] }
  | { readonly kind: 'repeat'; readonly node: Node; readonly least: number; readonly most: number };

/**
 * Whether a regular expression finds something in a text, `undefined` where it is written in a way that is not known
 * here, or takes too long: the pattern is the analysed project's, and the platform's engine knows no end.
 */
export function finds(source: string, text: string): boolean | undefined {
  const alternatives = new Reader(source).read();
  if (!alternatives) return undefined;
  const matcher = new Matcher(text);
  for (let start = 0; start <= text.length; start++) {
    const found = matcher.matches(alternatives, start);
    if (matcher.isTired) return undefined;
    if (found) return true;
  }
  return false;
}

class Matcher {
  #steps = 0;

  constructor(readonly text: string) {}

  get isTired(): boolean {
    return this.#steps > limits.matcherSteps;
  }

  matches(alternatives: readonly (readonly Node[])[], at: number): boolean {
    return this.#oneOf(alternatives, at, () => true);
  }

  #oneOf(alternatives: readonly (readonly Node[])[], at: number, then: (at: number) => boolean): boolean {
    return alternatives.some((nodes) => this.#sequence(nodes, 0, at, then));
  }

  #sequence(nodes: readonly Node[], index: number, at: number, then: (at: number) => boolean): boolean {
    const node = nodes[index];
    if (!node) return then(at);
    return this.#one(node, at, (next) => this.#sequence(nodes, index + 1, next, then));
  }

  #one(node: Node, at: number, then: (at: number) => boolean): boolean {
    if (++this.#steps > limits.matcherSteps) return false;
    switch (node.kind) {
      case 'character':
        return at < this.text.length && node.fits(this.text.charAt(at)) && then(at + 1);
      case 'start':
        return at === 0 && then(at);
      case 'end':
        return at === this.text.length && then(at);
      case 'group':
        return this.#oneOf(node.alternatives, at, then);
      case 'look':
        return this.#oneOf(node.alternatives, at, () => true) === node.ahead && then(at);
      case 'repeat':
        return this.#repeat(node.node, node.least, node.most, at, then);
    }
  }

  #repeat(node: Node, least: number, most: number, at: number, then: (at: number) => boolean): boolean {
    const again =
      most > 0 &&
      this.#one(
        node,
        at,
        (next) => (next > at || least > 0) && this.#repeat(node, Math.max(0, least - 1), most - 1, next, then),
      );
    return again || (least === 0 && then(at));
  }
}

class Reader {
  #at = 0;
  #failed = false;

  constructor(readonly source: string) {}

  read(): readonly (readonly Node[])[] | undefined {
    const alternatives = this.#alternatives(0);
    return this.#failed || this.#at < this.source.length ? undefined : alternatives;
  }

  #alternatives(depth: number): Node[][] {
    if (depth > limits.matcherGroups) this.#failed = true;
    const found: Node[][] = [[]];
    while (!this.#failed && this.#at < this.source.length && this.source[this.#at] !== ')') {
      if (this.source[this.#at] === '|') {
        this.#at++;
        found.push([]);
      } else found.at(-1)?.push(this.#repeated(this.#atom(depth)));
    }
    return found;
  }

  #atom(depth: number): Node {
    const char = this.source.charAt(this.#at++);
    switch (char) {
      case '^':
        return { kind: 'start' };
      case '$':
        return { kind: 'end' };
      case '.':
        return { kind: 'character', fits: (other) => other !== '\n' && other !== '\r' };
      case '(':
        return this.#group(depth);
      case '[':
        return this.#class();
      case '\\':
        return { kind: 'character', fits: this.#escaped() };
      case '*':
      case '+':
      case '?':
        return this.#fail();
      default:
        return { kind: 'character', fits: (other) => other === char };
    }
  }

  #group(depth: number): Node {
    let look: boolean | undefined;
    if (this.source.startsWith('?:', this.#at)) this.#at += 2;
    else if (this.source.startsWith('?=', this.#at) || this.source.startsWith('?!', this.#at)) {
      look = this.source[this.#at + 1] === '=';
      this.#at += 2;
    } else if (this.source[this.#at] === '?') return this.#fail();
    const alternatives = this.#alternatives(depth + 1);
    if (this.source[this.#at++] !== ')') return this.#fail();
    return look === undefined ? { kind: 'group', alternatives } : { kind: 'look', ahead: look, alternatives };
  }

  #class(): Node {
    const negated = this.source[this.#at] === '^';
    if (negated) this.#at++;
    const tests: ((char: string) => boolean)[] = [];
    while (this.#at < this.source.length && this.source[this.#at] !== ']') {
      const char = this.source.charAt(this.#at++);
      if (char === '\\') tests.push(this.#escaped());
      else if (
        this.source[this.#at] === '-' &&
        this.source[this.#at + 1] !== ']' &&
        this.#at + 1 < this.source.length
      ) {
        const end = this.source.charAt(this.#at + 1);
        this.#at += 2;
        tests.push((other) => other >= char && other <= end);
      } else tests.push((other) => other === char);
    }
    if (this.source[this.#at++] !== ']') return this.#fail();
    return { kind: 'character', fits: (other) => tests.some((test) => test(other)) !== negated };
  }

  #escaped(): (char: string) => boolean {
    const char = this.source.charAt(this.#at++);
    const known = classes.get(char.toLowerCase());
    if (known) return char === char.toLowerCase() ? (other) => known.test(other) : (other) => !known.test(other);
    if (char === '' || /\w/.test(char)) this.#failed = true;
    return (other) => other === char;
  }

  #repeated(node: Node): Node {
    const quantifier = this.source.charAt(this.#at);
    let least: number;
    let most: number;
    if (quantifier === '{') {
      const [whole, low, comma, high] = /^\{(\d+)(,?)(\d*)\}/.exec(this.source.slice(this.#at)) ?? [];
      if (whole === undefined) return node;
      this.#at += whole.length;
      least = Number(low);
      most = comma === '' ? least : high === '' ? Infinity : Number(high);
    } else if (quantifier !== '' && '*+?'.includes(quantifier)) {
      this.#at++;
      least = quantifier === '+' ? 1 : 0;
      most = quantifier === '?' ? 1 : Infinity;
    } else return node;
    // Whether it takes as much as it can or as little changes what is captured, not whether it fits.
    if (this.source[this.#at] === '?') this.#at++;
    return { kind: 'repeat', node, least, most };
  }

  #fail(): Node {
    this.#failed = true;
    return { kind: 'end' };
  }
}

const classes: ReadonlyMap<string, RegExp> = new Map([
  ['d', /\d/],
  ['w', /\w/],
  ['s', /\s/],
]);
