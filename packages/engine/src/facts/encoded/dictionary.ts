/** The words that match a pattern, as far as they have been tested. */
interface Matching {
  readonly pattern: RegExp;
  readonly numbers: Set<number>;
  tested: number;
}

/** Names and texts of a project's files, each held once and known by its number. It grows, and is valid as long as the process. */
export class Dictionary {
  readonly #numbers = new Map<string, number>();
  readonly #words: string[] = [];
  readonly #matching = new Map<string, Matching>();
  /** So that a pattern that is asked for often need not be written out each time. */
  readonly #known = new WeakMap<RegExp, Matching>();

  numberOf(word: string): number {
    const known = this.#numbers.get(word);
    if (known !== undefined) return known;
    const number = this.#words.push(word) - 1;
    this.#numbers.set(word, number);
    return number;
  }

  word(number: number): string {
    return this.#words[number] as string;
  }

  /** The numbers of all words that match; the set grows with the dictionary when it is asked for again. */
  matching(pattern: RegExp): ReadonlySet<number> {
    const known = this.#known.get(pattern) ?? this.#learn(pattern);
    for (; known.tested < this.#words.length; known.tested++)
      if (pattern.test(this.word(known.tested))) known.numbers.add(known.tested);
    return known.numbers;
  }

  #learn(pattern: RegExp): Matching {
    const known = this.#matching.get(String(pattern)) ?? { pattern, numbers: new Set(), tested: 0 };
    this.#matching.set(String(pattern), known);
    this.#known.set(pattern, known);
    return known;
  }

  /** Every pattern that was asked for, once. */
  get patterns(): readonly RegExp[] {
    return [...this.#matching.values()].map(({ pattern }) => pattern);
  }
}
