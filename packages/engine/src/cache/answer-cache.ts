import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { limits } from '../limits.js';
import type { Answer } from './answer.js';
import type { Reading } from './reading.js';

const answerName = /^[0-9a-f]{64}\.json$/;
const readingName = /^[0-9a-f]{64}\.reading\.json$/;
/** What a process that was killed may leave behind. */
const leftoverName = /^[0-9a-f]{64}\.(?:lock|(?:reading\.)?[0-9a-f-]{36}\.tmp)$/;

/**
 * Answers on disk, each in a file that is named by the digest of all that it follows from, and readings, named by the digest of all but the
 * code. A file is complete or not there, for it is renamed into place, and begins with the digest of its own content. Nothing here throws:
 * without a cache it takes longer.
 */
export class AnswerCache {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = join(folder, 'answers');
  }

  read(key: string): Answer | undefined {
    return this.#read(key) as Answer | undefined;
  }

  write(key: string, answer: Answer): void {
    this.#write(key, answer);
  }

  /** The last answer that took an analysis, with what it has read. */
  readReading(surroundings: string): Reading | undefined {
    return this.#read(`${surroundings}.reading`) as Reading | undefined;
  }

  writeReading(surroundings: string, reading: Reading): void {
    this.#write(`${surroundings}.reading`, reading);
  }

  #read(name: string): unknown {
    try {
      const path = this.#pathOf(name);
      const text = readFileSync(path, 'utf8');
      const end = text.indexOf('\n');
      const content = text.slice(end + 1);
      if (text.slice(0, end) !== digestOf(content)) return undefined;
      const now = new Date();
      touch(path, now);
      return JSON.parse(content) as unknown;
    } catch {
      return undefined;
    }
  }

  #write(name: string, value: Answer | Reading): void {
    const path = this.#pathOf(name);
    const temporary = join(this.#folder, `${name}.${randomUUID()}.tmp`);
    try {
      mkdirSync(this.#folder, { recursive: true });
      const content = JSON.stringify(value);
      writeFileSync(temporary, `${digestOf(content)}\n${content}`, { flag: 'wx' });
      renameSync(temporary, path);
      this.#prune();
    } catch {
      remove(temporary);
    }
  }

  /**
   * Makes an answer in one process or thread only: others that ask for the same one meanwhile wait for it, as long as
   * whoever makes it may still be at it.
   */
  make(key: string, compute: () => Answer): Answer {
    const lock = join(this.#folder, `${key}.lock`);
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
      remove(lock);
    }
  }

  /** Whether this process may go on; so it may where nothing can be written. */
  #take(lock: string): boolean {
    try {
      mkdirSync(this.#folder, { recursive: true });
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

  /** Keeps those that were asked for last. */
  #prune(): void {
    const aged = readdirSync(this.#folder)
      .filter((name) => answerName.test(name) || readingName.test(name) || leftoverName.test(name))
      .map((name) => ({ name, time: timeOf(join(this.#folder, name)) }))
      .sort((a, b) => b.time - a.time);
    const old = Date.now() - limits.lockMilliseconds;
    const answers = aged.filter(({ name }) => answerName.test(name)).slice(limits.keptAnswers);
    const readings = aged.filter(({ name }) => readingName.test(name)).slice(limits.keptReadings);
    const leftovers = aged.filter(({ name, time }) => leftoverName.test(name) && time < old);
    for (const { name } of [...answers, ...readings, ...leftovers]) remove(join(this.#folder, name));
  }

  #pathOf(name: string): string {
    return join(this.#folder, `${name}.json`);
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

function touch(path: string, time: Date): void {
  try {
    utimesSync(path, time, time);
  } catch {
    // It may be read and not written: then it grows old, and is made again one day.
  }
}

function timeOf(path: string): number {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}

function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // What cannot be removed is never taken for an answer.
  }
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
