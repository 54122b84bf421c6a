import type { Dictionary } from './dictionary.js';

/** In place of a number that nobody has asked for yet. */
const unread = -1;

/** The words of one file's facts by their numbers in it: the first that was written is 0. */
export class Words implements Iterable<string> {
  /**
   * @param numbers Of each word its number in the dictionary.
   * @param read Gives a word whose number is not known.
   */
  constructor(
    private readonly dictionary: Dictionary,
    private readonly numbers: Int32Array,
    private readonly read?: (word: number) => string,
  ) {}

  /** Words that are read when somebody asks for them. */
  static unread(dictionary: Dictionary, count: number, read: (word: number) => string): Words {
    return new Words(dictionary, new Int32Array(count).fill(unread), read);
  }

  get count(): number {
    return this.numbers.length;
  }

  word(word: number): string {
    return this.dictionary.word(this.numberOf(word));
  }

  *[Symbol.iterator](): Iterator<string> {
    for (let word = 0; word < this.count; word++) yield this.word(word);
  }

  /** The numbers of those that match. */
  matching(pattern: RegExp): ReadonlySet<number> {
    // The dictionary knows all of them before it is asked which match.
    for (let word = 0; word < this.count; word++) this.numberOf(word);
    const matching = this.dictionary.matching(pattern);
    const found = new Set<number>();
    if (matching.size === 0) return found;
    this.numbers.forEach((number, word) => {
      if (matching.has(number)) found.add(word);
    });
    return found;
  }

  private numberOf(word: number): number {
    const known = this.numbers[word] as number;
    if (known !== unread || !this.read) return known;
    return (this.numbers[word] = this.dictionary.numberOf(this.read(word)));
  }
}
