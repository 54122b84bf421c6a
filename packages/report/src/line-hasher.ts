/** Characters that count into the hash of one line, from its start on and into the lines behind it. */
const windowLength = 100;
const base = 37n;
/** Stands behind the last character of the file; the rest of the window is zero. */
const endOfFile = '\uffff';

/**
 * GitHub's `primaryLocationLineHash`, by which code scanning knows an alert again when lines are added above it. Has to
 * agree with `github/codeql-action` (src/fingerprints.ts), which warns about any other value: the first 100 characters
 * from the start of the line, blanks left out and line ends made `\n`, as a polynomial modulo 2^64, and behind the colon
 * how many lines so far have that hash.
 *
 * Returns a function from a line, counted from 1, to its hash; `undefined` for a line that is not there.
 */
export function lineHasher(text: string): (line: number) => string | undefined {
  const characters = text.replace(/\r\n?/g, '\n').replace(/[ \t]/g, '') + endOfFile;
  const starts = [0];
  for (let at = characters.indexOf('\n'); at >= 0; at = characters.indexOf('\n', at + 1)) starts.push(at + 1);
  return (line) => {
    const start = starts[line - 1];
    if (start === undefined) return undefined;
    const window = characters.slice(start, start + windowLength);
    const occurrence = starts.slice(0, line).filter((other) => characters.startsWith(window, other)).length;
    return `${hash(window).toString(16)}:${occurrence}`;
  };
}

function hash(window: string): bigint {
  let value = 0n;
  for (let i = 0; i < windowLength; i++) {
    const unit = i < window.length ? window.charCodeAt(i) : 0;
    value = BigInt.asUintN(64, value * base + BigInt(unit));
  }
  return value;
}
