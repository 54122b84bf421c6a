import type { Session } from '@blastradius/engine';
import type { Background } from './background.js';

/** How long a saved file may hold up whoever lints it, in milliseconds: an editor waits for that before it writes a file that it fixes. */
const PATIENCE = 1_000;
/** How often the project is read from the disk again, because other files than those that were linted have changed. */
const REOPENINGS = 2;

/**
 * A project that takes longer to analyse than a person waits, in a process that lints its files over and over. What follows from a saved
 * text is made in the background, where it is not known already; until then the session stays with the texts of before, and so does what
 * it has found.
 */
export class LargeProject {
  #session: Session;
  readonly #open: () => Session;
  readonly #start: (() => Background) | undefined;
  #background: Background | undefined;
  /** Texts that were saved, and that the session has not turned to. */
  readonly #saved = new Map<string, string>();
  #reopenings = 0;

  /** @param start Left out where nothing can be kept on disk, and so nothing found there: then each saved text is analysed at once. */
  constructor(session: Session, open: () => Session, start: (() => Background) | undefined) {
    this.#session = session;
    this.#open = open;
    this.#start = start;
  }

  get session(): Session {
    return this.#session;
  }

  /** Turns to what was found in the background since the last time. Answers whether that is all that there is to know. */
  catchUp(): boolean {
    if (this.#saved.size === 0) return true;
    switch (this.#background?.state) {
      case 'busy':
        return false;
      case 'done':
        return this.#turn();
      default:
        return this.#analyseHere();
    }
  }

  /** A file was saved, or is found to hold this text. Answers whether what follows from it is known by now. */
  save(file: string, text: string): boolean {
    if (this.#saved.get(file) === text) return this.catchUp();
    this.#saved.set(file, text);
    if (this.#session.updateIfKnown(this.#saved)) return this.#turned();
    const background = (this.#background ??= this.#start?.());
    const isAtWork = background?.state === 'busy';
    background?.update(file, text);
    if (!isAtWork) background?.wait(PATIENCE);
    return this.catchUp();
  }

  /** A file is again what the session has of it. */
  undo(file: string, text: string): void {
    if (this.#saved.delete(file)) this.#background?.update(file, text);
  }

  #turn(): boolean {
    if (this.#session.updateIfKnown(this.#saved)) return this.#turned();
    const fresh = this.#open();
    const isKnown = fresh.updateIfKnown(new Map());
    if (isKnown || this.#reopenings >= REOPENINGS) {
      this.#session = fresh;
      return this.#turned();
    }
    this.#reopenings++;
    this.#background?.reopen();
    return false;
  }

  #analyseHere(): boolean {
    for (const [file, text] of this.#saved) this.#session.update(file, text);
    return this.#turned();
  }

  #turned(): true {
    this.#saved.clear();
    this.#reopenings = 0;
    return true;
  }
}
