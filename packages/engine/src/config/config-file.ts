import { SessionError } from '../session-error.js';

/** The text of a configuration, and errors that name a place in it. */
export class ConfigFile {
  /** @param path As shown to a person. */
  constructor(
    readonly path: string,
    readonly text: string,
  ) {}

  error(offset: number, message: string): SessionError {
    const lines = this.text.slice(0, offset).split(/\r\n|[\n\r\u2028\u2029]/);
    return new SessionError(`${this.path}:${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}: ${message}`);
  }
}
