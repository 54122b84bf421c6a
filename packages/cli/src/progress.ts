import type { SessionOptions } from '@blastradius/engine';
import type { TextStream } from './io.js';

type Report = NonNullable<SessionOptions['progress']>;

const LABELS: Readonly<Record<Parameters<Report>[0], string>> = {
  source: 'Looking for files',
  facts: 'Reading files',
  program: 'Linking',
  rules: 'Checking rules',
};

/** Carriage return and "erase in line, all of it" (ECMA-48, EL 2). */
const CLEAR_LINE = '\r\u001b[2K';

/** One line that is written over, on a terminal only. */
export class Progress {
  readonly #stream: TextStream;
  #isShown = false;

  constructor(stream: TextStream) {
    this.#stream = stream;
  }

  /** To hand to a session; `undefined` where nobody would see it. */
  get report(): Report | undefined {
    if (this.#stream.isTTY !== true) return undefined;
    return (stage, done, total) => {
      this.#isShown = true;
      this.#stream.write(`${CLEAR_LINE}${LABELS[stage]}${total > 1 ? ` ${done}/${total}` : ''}`);
    };
  }

  clear(): void {
    if (this.#isShown) this.#stream.write(CLEAR_LINE);
    this.#isShown = false;
  }
}
