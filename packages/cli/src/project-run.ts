import { relative, resolve } from 'node:path';
import type { Session, SessionOptions, Summary } from '@blastradius/engine';
import type { Analysis } from './analysis.js';
import type { ReadOptions } from './command-line.js';
import { Failure } from './failure.js';
import { say } from './io.js';
import type { Io } from './io.js';
import { Progress } from './progress.js';

type Choice = Omit<SessionOptions, 'config' | 'progress'>;

/** Reads the project and asks `look` for what is wanted of it, with progress on a terminal meanwhile. */
export async function readProject<Result>(
  { openSession }: Analysis,
  path: string,
  options: ReadOptions,
  choice: Choice,
  io: Io,
  look: (session: Session) => Result,
): Promise<{ readonly session: Session; readonly result: Result }> {
  const root = resolve(io.cwd, path);
  const progress = new Progress(io.stderr);
  const report = progress.report;
  let session: Session;
  let result: Result;
  try {
    session = openSession(root, {
      ...choice,
      ...(options.config === undefined ? {} : { config: relative(root, resolve(io.cwd, options.config)) }),
      ...(report ? { progress: report } : {}),
    });
    result = look(session);
  } finally {
    progress.clear();
  }
  if (session.summary().files === 0) throw new Failure(describeNothing(session, path));
  if (options.debug) {
    for (const limit of session.summary().limits) await say(io, `blastradius: not followed: ${limit}\n`);
  }
  return { session, result };
}

/** Says which files could not be read in full, for formats that do not say it to a person. */
export async function tellSkipped({ skipped }: Summary, io: Io): Promise<void> {
  for (const { file, reason } of skipped) await say(io, `blastradius: ${file}: ${reason}\n`);
}

/** Why a project without any route is a failure, or `undefined` where it is not one. */
export function describeMissingRoutes(session: Session, path: string): string | undefined {
  const { isBackEnd, routes } = session.summary();
  if (!isBackEnd || routes > 0) return undefined;
  return (
    `no route found in ${path}, although it uses a framework that serves routes, so this is not a clean result. ` +
    'Give the folder that holds the whole application, or name its files under `include` in blastradius.config.json; --debug prints what could not be followed.'
  );
}

function describeNothing(session: Session, path: string): string {
  const { skipped } = session.summary();
  const causes = skipped.map(({ file, reason }) => `\n  ${file}: ${reason}`).join('');
  return (
    `nothing to analyse in ${path}. Give the folder of a TypeScript or JavaScript back end, or name its files under \`include\` in blastradius.config.json.` +
    (causes && `\nNot analysed:${causes}`)
  );
}
