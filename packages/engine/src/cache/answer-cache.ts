import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { limits } from '../limits.js';
import type { Answer } from './answer.js';
import { CacheFiles, removeFile } from './cache-files.js';
import type { Reading } from './reading.js';

/**
 * Answers on disk, each in a file that is named by the digest of all that it follows from, and readings, named by the digest of all but the code.
 * Nothing here throws: without a cache it takes longer.
 */
export class AnswerCache {
  readonly #files: CacheFiles;

  constructor(folder: string) {
    this.#files = new CacheFiles(join(folder, 'answers'), [
      { name: /^[0-9a-f]{64}\.json$/, kept: limits.keptAnswers },
      { name: /^[0-9a-f]{64}\.reading\.json$/, kept: limits.keptReadings },
    ]);
  }

  read(key: string): Answer | undefined {
    return this.#read(`${key}.json`) as Answer | undefined;
  }

  write(key: string, answer: Answer): void {
    this.#write(`${key}.json`, answer);
  }

  /** The last answer that took an analysis, with what it has read. */
  readReading(surroundings: string): Reading | undefined {
    return this.#read(`${surroundings}.reading.json`) as Reading | undefined;
  }

  writeReading(surroundings: string, reading: Reading): void {
    this.#write(`${surroundings}.reading.json`, reading);
  }

  #read(name: string): unknown {
    return this.#files.read(name, (content) => JSON.parse(content.toString()) as unknown);
  }

  #write(name: string, value: Answer | Reading): void {
    this.#files.write(name, [Buffer.from(JSON.stringify(value))]);
  }

  /**
   * Makes an answer in one process or thread only: others that ask for the same one meanwhile wait for it, as long as
   * whoever makes it may still be at it.
   */
  make(key: string, compute: () => Answer): Answer {
    const lock = this.#files.pathOf(`${key}.lock`);
    if (!this.#take(lock)) {
      const waited = this.#await(key, lock);
      if (waited) return waited;
    }
    try {
      // Somebody may have come to its end just before.
      const made = this.read(key);
      if (made) return made;
      const answer = compute();
      this.write(key, answer);
      return answer;
    } finally {
      removeFile(lock);
    }
  }

  /** Whether this process may go on; so it may where nothing can be written. */
  #take(lock: string): boolean {
    try {
      mkdirSync(this.#files.folder, { recursive: true });
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return true;
    } catch (error) {
      return !(error instanceof Error && 'code' in error && error.code === 'EEXIST');
    }
  }

  #await(key: string, lock: string): Answer | undefined {
    const pause = new Int32Array(new SharedArrayBuffer(4));
    for (;;) {
      const answer = this.read(key);
      if (answer) return answer;
      if (!isHeld(lock)) return undefined;
      Atomics.wait(pause, 0, 0, limits.lockPollMilliseconds);
    }
  }
}

/** Whether the maker may still be at it: its process lives, and it has not been at it for longer than any analysis takes. */
function isHeld(lock: string): boolean {
  try {
    const time = statSync(lock).mtimeMs;
    if (Date.now() - time > limits.lockMilliseconds) return false;
    const maker = Number(readFileSync(lock, 'utf8'));
    return maker === 0 || isAlive(maker);
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
