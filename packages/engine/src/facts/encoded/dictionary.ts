/** Names and texts of a project's files, each held once and known by its number. It grows, and is valid as long as the process. */
export class Dictionary {
  readonly #numbers = new Map<string, number>();
  readonly #words: string[] = [];
  readonly #matching = new Map<RegExp, { readonly numbers: Set<number>; tested: number }>();

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
    let known = this.#matching.get(pattern);
    if (!known) this.#matching.set(pattern, (known = { numbers: new Set(), tested: 0 }));
    for (; known.tested < this.#words.length; known.tested++)
      if (pattern.test(this.word(known.tested))) known.numbers.add(known.tested);
    return known.numbers;
  }

  /** Every pattern that was asked for. */
  get patterns(): readonly RegExp[] {
    return [...this.#matching.keys()];
  }
}
