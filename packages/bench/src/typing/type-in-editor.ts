/**
 * What an editor does with ESLint: one process lints the unsaved text of one file again and again. Each text is linted
 * without and with the plugin; then some are saved. Takes a JSON file with a `Session`; prints a `Latencies`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { ESLint } from 'eslint';

import { createEdits } from './edits.js';

export interface Session {
  /** The project. */
  readonly cwd: string;
  /** The file that is worked on. */
  readonly file: string;
  /** Configuration files of ESLint. */
  readonly bare: string;
  readonly withPlugin: string;
  readonly edits: number;
}

/** In milliseconds, edit by edit. */
export interface Latencies {
  /** The first time that the file is linted with the plugin: it reads the project. */
  readonly first: number;
  readonly bare: readonly number[];
  readonly withPlugin: readonly number[];
  /** What was saved, with the plugin, save by save. */
  readonly saved: readonly number[];
}

/** What the engine has not compiled yet is slow a few times; nobody types only five times. */
const WARM_UP = 5;
const SAVES = 5;
/** Between two saves, in milliseconds: nobody saves without typing. */
const PAUSE = 2_000;

const [sessionFile] = process.argv.slice(2);
if (sessionFile === undefined) throw new Error('Usage: type-in-editor <file with a session>');
const session = JSON.parse(readFileSync(sessionFile, 'utf8')) as Session;

const open = (configuration: string) => new ESLint({ cwd: session.cwd, overrideConfigFile: configuration });
const bare = open(session.bare);
const withPlugin = open(session.withPlugin);

const text = readFileSync(session.file, 'utf8');
const first = await lint(withPlugin, text);
const latencies = { bare: [] as number[], withPlugin: [] as number[] };
let turn = 0;
for (const edit of createEdits(text, session.edits + WARM_UP)) {
  // Whoever comes second finds the text in the caches of the processor: they take turns at it.
  const isBareFirst = turn % 2 === 0;
  const before = isBareFirst ? await lint(bare, edit) : undefined;
  const plugin = await lint(withPlugin, edit);
  const without = before ?? (await lint(bare, edit));
  if (turn >= WARM_UP) {
    latencies.bare.push(without);
    latencies.withPlugin.push(plugin);
  }
  turn += 1;
}
const saved: number[] = [];
try {
  for (let save = 0; save < SAVES; save++) {
    const edit = `${text}\nexport const saved = ${String(save)};\n`;
    writeFileSync(session.file, edit);
    saved.push(await lint(withPlugin, edit));
    await setTimeout(PAUSE);
  }
} finally {
  writeFileSync(session.file, text);
}
const answer: Latencies = { first, ...latencies, saved };
console.log(JSON.stringify(answer));

async function lint(eslint: ESLint, edited: string): Promise<number> {
  const start = performance.now();
  const results = await eslint.lintText(edited, { filePath: session.file });
  const taken = performance.now() - start;
  const fatal = results.flatMap(({ messages }) => messages).find((message) => message.fatal);
  if (fatal !== undefined) throw new Error(`${session.file} does not parse: ${fatal.message}`);
  return taken;
}
