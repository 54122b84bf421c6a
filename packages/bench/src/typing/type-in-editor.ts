/**
 * What an editor does with ESLint: one process lints the unsaved text of one file again and again. Each text is linted
 * without and with the plugin. Takes a JSON file with a `Session`; prints a `Latencies`.
 */
import { readFileSync } from 'node:fs';
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
}

/** What the engine has not compiled yet is slow a few times; nobody types only five times. */
const WARM_UP = 5;

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
const answer: Latencies = { first, ...latencies };
console.log(JSON.stringify(answer));

async function lint(eslint: ESLint, edited: string): Promise<number> {
  const start = performance.now();
  const results = await eslint.lintText(edited, { filePath: session.file });
  const taken = performance.now() - start;
  const fatal = results.flatMap(({ messages }) => messages).find((message) => message.fatal);
  if (fatal !== undefined) throw new Error(`${session.file} does not parse: ${fatal.message}`);
  return taken;
}
