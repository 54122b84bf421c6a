import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { limits } from '../limits.js';
import type { Answer } from './answer.js';
import { AnswerCache } from './answer-cache.js';

const key = 'a'.repeat(64);
const answer: Answer = {
  files: 3,
  routes: 2,
  isBackEnd: true,
  skipped: [],
  limits: ['src/a.ts: stopped'],
  findings: [],
};

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'blastradius-cache-'));
  folders.push(folder);
  return folder;
}

describe('an answer', () => {
  it('is read as it was written, and under its own key only', () => {
    const cache = new AnswerCache(makeFolder());
    cache.write(key, answer);
    expect(cache.read(key)).toEqual(answer);
    expect(cache.read('b'.repeat(64))).toBeUndefined();
  });

  it('is made once and then read', () => {
    const folder = makeFolder();
    let made = 0;
    const make = (): Answer => new AnswerCache(folder).make(key, () => ({ ...answer, files: ++made }));
    expect([make().files, make().files]).toEqual([1, 1]);
    expect(readdirSync(join(folder, 'answers'))).toEqual([`${key}.json`]);
  });

  it('of a file that was changed is none, and is made anew', () => {
    const folder = makeFolder();
    const cache = new AnswerCache(folder);
    cache.write(key, answer);
    const path = join(folder, 'answers', `${key}.json`);
    writeFileSync(path, readFileSync(path, 'utf8').replace('"files"', '"fires"'));
    expect(cache.read(key)).toBeUndefined();
    expect(cache.make(key, () => answer)).toEqual(answer);
    expect(cache.read(key)).toEqual(answer);
  });

  it('is made where nothing can be written', () => {
    const file = join(makeFolder(), 'file');
    writeFileSync(file, '');
    expect(new AnswerCache(file).make(key, () => answer)).toEqual(answer);
    const folder = makeFolder();
    chmodSync(folder, 0o500);
    expect(new AnswerCache(folder).make(key, () => answer)).toEqual(answer);
    chmodSync(folder, 0o700);
  });

  it('that could not be made leaves nothing behind', () => {
    const folder = makeFolder();
    const fail = (): Answer => {
      throw new RangeError('no');
    };
    expect(() => new AnswerCache(folder).make(key, fail)).toThrow('no');
    expect(readdirSync(join(folder, 'answers'))).toEqual([]);
  });
});

describe('a lock', () => {
  it('makes others wait for the answer', async () => {
    const folder = makeFolder();
    mkdirSync(join(folder, 'answers'));
    writeFileSync(join(folder, 'answers', `${key}.lock`), String(process.pid));
    const cache = new AnswerCache(folder);
    // The thread stands still while it waits, so that another one has to bring the answer.
    const other = new AnswerCache(makeFolder());
    other.write(key, answer);
    const worker = new Worker(
      `const { workerData } = require('node:worker_threads');
       const { renameSync, rmSync } = require('node:fs');
       setTimeout(() => { renameSync(workerData.from, workerData.to); rmSync(workerData.lock); }, 100);`,
      {
        eval: true,
        workerData: {
          from: join(folders[1] ?? '', 'answers', `${key}.json`),
          to: join(folder, 'answers', `${key}.json`),
          lock: join(folder, 'answers', `${key}.lock`),
        },
      },
    );
    const made = cache.make(key, () => ({ ...answer, files: 99 }));
    await worker.terminate();
    expect(made).toEqual(answer);
  });

  it.each([
    ['of a process that is gone', '999999999', 0],
    ['that is older than any analysis', String(process.pid), limits.lockMilliseconds + 1000],
  ])('%s holds nobody up', (_what, pid, age) => {
    const folder = makeFolder();
    mkdirSync(join(folder, 'answers'));
    const lock = join(folder, 'answers', `${key}.lock`);
    writeFileSync(lock, pid);
    const then = new Date(Date.now() - age);
    utimesSync(lock, then, then);
    expect(new AnswerCache(folder).make(key, () => answer)).toEqual(answer);
    expect(readdirSync(join(folder, 'answers'))).toEqual([`${key}.json`]);
  });
});

it('keeps the answers that were asked for last, and nothing that is not its own', () => {
  const folder = makeFolder();
  const cache = new AnswerCache(folder);
  const keys = Array.from({ length: limits.keptAnswers + 3 }, (_, index) => index.toString(16).padStart(64, '0'));
  mkdirSync(join(folder, 'answers'));
  writeFileSync(join(folder, 'answers', 'notes.txt'), '');
  keys.forEach((each, index) => {
    cache.write(each, answer);
    const time = new Date(Date.now() - 1_000_000 + index * 1000);
    utimesSync(join(folder, 'answers', `${each}.json`), time, time);
  });
  cache.write(key, answer);
  const kept = [key, ...keys.slice(4)].map((each) => `${each}.json`);
  expect(readdirSync(join(folder, 'answers')).sort()).toEqual([...kept, 'notes.txt'].sort());
});
