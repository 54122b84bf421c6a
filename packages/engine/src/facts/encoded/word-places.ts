import { limits } from '../../limits.js';
import type { ByteCursor } from './byte-cursor.js';
import type { GrowingBytes } from './growing-bytes.js';

/** Words that lowering says of what stands there without them: of `T[]`, an element of JSX, a default import, nothing at all. */
const ownWords: readonly string[] = ['', 'Array', 'default', 'jsx', 'undefined'];

const legible = /[0-9A-Za-z]/;

/**
 * Writes words as places in the text of their file, so that nothing of what they say is written. A word is one piece of the text in most cases, and
 * several where it stands there with escapes; a character that the text does not hold at all is written as its code, if it is neither a letter nor a
 * digit: a key may be written in escapes from its first character to its last.
 *
 * Each piece is twice its length, one more where the word goes on, and where it starts, from the start of the piece before. One of no length is a
 * word of lowering, or a character, by its number among both.
 *
 * @returns Whether all of them are written; not where a letter or digit is missing, or looking for them takes too long.
 */
export function writeWordPlaces(to: GrowingBytes, words: Iterable<string>, text: string): boolean {
  const search = new PieceSearch(text);
  for (const word of words) {
    const own = ownWords.indexOf(word);
    if (own >= 0) {
      to.count(0);
      to.count(own);
    }
    for (let at = 0; own < 0 && at < word.length;) {
      const length = search.find(word, at);
      if (length === 0 && legible.test(word.charAt(at))) return false;
      const end = at + Math.max(length, 1);
      to.count(2 * length + (end < word.length ? 1 : 0));
      if (length > 0) to.whole(search.start - search.before);
      else to.count(ownWords.length + word.charCodeAt(at));
      at = end;
    }
    if (search.isExhausted) return false;
  }
  return true;
}

/** Reads the words that stand before `end`. */
export function readWords(from: ByteCursor, end: number, text: string): string[] {
  const words: string[] = [];
  let start = 0;
  while (from.at < end) {
    let word = '';
    for (let more = true; more;) {
      const size = from.count();
      const length = Math.floor(size / 2);
      more = size % 2 === 1;
      if (length > 0) {
        start += from.whole();
        word += text.slice(start, start + length);
      } else {
        const number = from.count();
        word += ownWords[number] ?? String.fromCharCode(number - ownWords.length);
      }
    }
    words.push(word);
  }
  return words;
}

/** Where pieces of words stand. Words come in the order of the text, more or less. */
class PieceSearch {
  /** Where the last piece starts that was found, and the one before it. */
  start = 0;
  before = 0;
  private searched = 0;

  constructor(private readonly text: string) {}

  get isExhausted(): boolean {
    return this.searched > limits.wordSearch;
  }

  /** The length of the longest piece of a word from `at` on that the text holds. */
  find(word: string, at: number): number {
    if (this.take(word.slice(at))) return word.length - at;
    // Whatever is no longer than a piece that the text holds is held as well.
    let held = 0;
    let tooLong = word.length - at;
    while (held + 1 < tooLong && !this.isExhausted) {
      const length = Math.ceil((held + tooLong) / 2);
      if (this.indexOf(word.slice(at, at + length)) < 0) tooLong = length;
      else held = length;
    }
    this.take(word.slice(at, at + held));
    return held;
  }

  private take(piece: string): boolean {
    const found = piece === '' ? -1 : this.indexOf(piece);
    if (found < 0) return false;
    this.before = this.start;
    this.start = found;
    return true;
  }

  private indexOf(piece: string): number {
    const { text, start } = this;
    const ahead = text.indexOf(piece, start);
    this.searched += (ahead < 0 ? text.length : ahead) - start;
    if (ahead >= 0) return ahead;
    const behind = text.indexOf(piece);
    this.searched += behind < 0 ? text.length : behind;
    return behind;
  }
}
