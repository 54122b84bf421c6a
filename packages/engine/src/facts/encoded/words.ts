import type { Dictionary } from './dictionary.js';

/** The words of one file's facts by their numbers in it: the first that was written is 0. */
export class Words implements Iterable<string> {
  /** @param numbers Of each word its number in the dictionary. */
  constructor(
    private readonly dictionary: Dictionary,
    private readonly numbers: Int32Array,
  ) {}

  static of(words: readonly string[], dictionary: Dictionary): Words {
    return new Words(
      dictionary,
      Int32Array.from(words, (word) => dictionary.numberOf(word)),
    );
  }

  word(word: number): string {
    return this.dictionary.word(this.numbers[word] as number);
  }

  *[Symbol.iterator](): Iterator<string> {
    for (const number of this.numbers) yield this.dictionary.word(number);
  }

  /** The numbers of those that match. */
  matching(pattern: RegExp): ReadonlySet<number> {
    const matching = this.dictionary.matching(pattern);
    const found = new Set<number>();
    if (matching.size === 0) return found;
    this.numbers.forEach((number, word) => {
      if (matching.has(number)) found.add(word);
    });
    return found;
  }
}
