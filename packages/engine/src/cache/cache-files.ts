import { createHash, randomUUID } from 'node:crypto';
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writevSync,
} from 'node:fs';
import { join } from 'node:path';
import { limits } from '../limits.js';

/** One kind of files in a folder. */
interface Kind {
  readonly name: RegExp;
  /** How many of those that were asked for last stay. */
  readonly kept: number;
}

/** What a process that was killed may leave behind. */
const leftoverName = /^[0-9a-f]{64}\.(?:lock|[a-z.]+\.[0-9a-f-]{36}\.tmp)$/;
/** Hexadecimal, of SHA-256. */
const digestLength = 64;
const lineFeed = 10;
/** As many as one call of the system takes (IOV_MAX of Linux). */
const partsAtOnce = 1024;

/**
 * Files of one folder. Each is complete or not there, for it is renamed into place, and begins with the digest of its own content. Nothing here
 * throws: what cannot be read is not there, and what cannot be written is not kept.
 */
export class CacheFiles {
  constructor(
    readonly folder: string,
    private readonly kinds: readonly Kind[],
  ) {}

  /** @param decode Gives what the content says; where it throws, there is nothing. */
  read<Content>(name: string, decode: (content: Buffer) => Content): Content | undefined {
    try {
      const path = this.pathOf(name);
      const bytes = readFileSync(path);
      const content = bytes.subarray(digestLength + 1);
      if (bytes[digestLength] !== lineFeed || bytes.toString('latin1', 0, digestLength) !== digestOf([content]))
        return undefined;
      touch(path);
      return decode(content);
    } catch {
      return undefined;
    }
  }

  /** @param content The parts of it, in their order. */
  write(name: string, content: readonly Uint8Array[]): void {
    const temporary = this.pathOf(`${name}.${randomUUID()}.tmp`);
    try {
      mkdirSync(this.folder, { recursive: true });
      writeAll(temporary, [Buffer.from(`${digestOf(content)}\n`), ...content]);
      renameSync(temporary, this.pathOf(name));
      this.prune();
    } catch {
      removeFile(temporary);
    }
  }

  pathOf(name: string): string {
    return join(this.folder, name);
  }

  private prune(): void {
    const aged = readdirSync(this.folder)
      .map((name) => ({ name, time: timeOf(this.pathOf(name)) }))
      .sort((a, b) => b.time - a.time);
    const old = Date.now() - limits.lockMilliseconds;
    const surplus = this.kinds.flatMap((kind) => aged.filter(({ name }) => kind.name.test(name)).slice(kind.kept));
    const leftovers = aged.filter(({ name, time }) => leftoverName.test(name) && time < old);
    for (const { name } of [...surplus, ...leftovers]) removeFile(this.pathOf(name));
  }
}

/** Part by part: together they may be large. */
function writeAll(path: string, parts: readonly Uint8Array[]): void {
  const file = openSync(path, 'wx');
  try {
    for (let first = 0; first < parts.length; first += partsAtOnce) {
      const some = parts.slice(first, first + partsAtOnce);
      const length = some.reduce((sum, part) => sum + part.length, 0);
      if (writevSync(file, some) < length) throw new Error('the disk is full');
    }
  } finally {
    closeSync(file);
  }
}

export function removeFile(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // What cannot be removed is never taken for something else.
  }
}

function touch(path: string): void {
  const now = new Date();
  try {
    utimesSync(path, now, now);
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

function digestOf(content: readonly Uint8Array[]): string {
  const digest = createHash('sha256');
  for (const part of content) digest.update(part);
  return digest.digest('hex');
}
