import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { formatFindings } from '@blastradius/report';
import type { Tool } from '@blastradius/report';
import { findCacheFolder } from '@blastradius/engine';
import type { Finding, Rule, Session, Severity } from '@blastradius/engine';
import type { Analysis } from './analysis.js';
import { Baseline } from './baseline.js';
import type { CheckOptions } from './command-line.js';
import { Failure } from './failure.js';
import { readGitIndex, touches } from './git-index.js';
import type { GitIndex } from './git-index.js';
import { say } from './io.js';
import type { Io } from './io.js';
import { describeMissingRoutes, readProject, tellSkipped } from './project-run.js';
import { writeReport } from './write-report.js';

/** Reports the findings of a project. Gives the exit code: 0 clean, 1 findings; throws a `Failure` where it is 2. */
export async function check(
  analysis: Analysis,
  tool: Tool,
  path: string,
  options: CheckOptions,
  io: Io,
): Promise<0 | 1> {
  if (options.updateBaseline && options.baseline === undefined) {
    throw new Failure('--update-baseline needs --baseline <file>: the file that it writes.');
  }
  if (options.updateBaseline && options.only) {
    throw new Failure('--update-baseline writes the findings of all rules: leave out --only.');
  }
  if (options.updateBaseline && options.staged) {
    throw new Failure('--update-baseline writes the findings of the whole project: leave out --staged.');
  }
  const { rules } = analysis;
  const severities = chooseSeverities(rules, options);
  const folder = findCacheLocation(path, options, io);
  const choice = {
    rules,
    severities,
    ...(options.preview ? { preview: true } : {}),
    ...(folder === undefined ? {} : { cache: { folder, makers: analysis.makers } }),
  };
  const { session, result } = await readProject(analysis, path, options, choice, io, (opened) => {
    const index = options.staged ? readGitIndex(opened.root, path, io) : undefined;
    for (const [file, text] of index?.texts ?? []) opened.update(file, text);
    const found = opened.findings();
    if (index && opened.summary().files === 0) {
      throw new Failure(
        `nothing to analyse among what git would commit from ${path}: stage the code of a TypeScript or JavaScript back end, or leave out --staged.`,
      );
    }
    return { index, found };
  });
  const { index, found } = result;
  const summary = session.summary();
  const missingRoutes = describeMissingRoutes(session, path);
  if (missingRoutes && options.updateBaseline) throw new Failure(missingRoutes);

  const unaccepted = await leaveOutAccepted(found, options, io);
  const findings = index ? await leaveOutUntouched(unaccepted, index, session, path, io) : unaccepted;
  await writeReport(options, io, (format) =>
    formatFindings(
      options.format,
      {
        tool,
        summary: { ...summary, findings: findings.length },
        findings,
        rules: rules.filter(({ id, meta }) => isRun(severities.get(id), meta.recommended || options.preview === true)),
        readText: textReader(session, index),
      },
      format,
    ),
  );
  if (options.format !== 'stylish' || options.output !== undefined) await tellSkipped(summary, io);
  if (missingRoutes) throw new Failure(missingRoutes);
  return fails(findings, options.maxWarnings) ? 1 : 0;
}

/** What is not recommended runs where it is asked for. */
function isRun(severity: Severity | 'off' | undefined, isDefault: boolean): boolean {
  return severity === undefined ? isDefault : severity !== 'off';
}

/** `--only` runs a rule even where the configuration turns it off: asking for it by name and finding nothing must mean that nothing is there. */
function chooseSeverities(rules: readonly Rule[], { only, rule }: CheckOptions): ReadonlyMap<string, Severity | 'off'> {
  const named = only ? rules.map(({ id, meta }) => [id, only.has(id) ? meta.severity : 'off'] as const) : [];
  return new Map([...named, ...(rule ?? [])]);
}

function findCacheLocation(path: string, { cache, cacheLocation }: CheckOptions, io: Io): string | undefined {
  if (!cache) return undefined;
  return cacheLocation === undefined ? findCacheFolder(resolve(io.cwd, path)) : resolve(io.cwd, cacheLocation);
}

async function leaveOutAccepted(
  found: readonly Finding[],
  { baseline, updateBaseline }: CheckOptions,
  io: Io,
): Promise<readonly Finding[]> {
  if (baseline === undefined) return found;
  const file = resolve(io.cwd, baseline);
  if (updateBaseline) {
    await Baseline.write(file, baseline, found);
    await say(io, `blastradius: ${baseline} accepts ${count(found.length, 'finding')}.\n`);
  }
  const { fresh, gone } = (await Baseline.read(file, baseline)).compare(found);
  if (gone > 0) {
    const these = gone === 1 ? '1 finding that is' : `${gone} findings that are`;
    await say(io, `blastradius: ${baseline} accepts ${these} no longer there; --update-baseline takes them out.\n`);
  }
  return fresh;
}

/** Leaves the findings that stand in a staged file, or have evidence in one, and those that were not there before the commit. */
async function leaveOutUntouched(
  found: readonly Finding[],
  index: GitIndex,
  session: Session,
  path: string,
  io: Io,
): Promise<readonly Finding[]> {
  const others = found.filter((finding) => !touches(finding, index));
  const added = index.isEmpty || others.length === 0 ? [] : leaveOutEarlier(others, index, session);
  const findings = found.filter((finding) => !others.includes(finding) || added.includes(finding));
  const left = found.length - findings.length;
  if (index.isEmpty) await say(io, `blastradius: nothing below ${path} is staged.\n`);
  else if (left > 0) {
    const are = left === 1 ? 'finding is' : 'findings are';
    await say(
      io,
      `blastradius: ${left} ${are} left out that the commit neither touches nor adds; without --staged, all are shown.\n`,
    );
  }
  return findings;
}

/** A change of one file can open a hole in another: what is new shows by what was found before. The session is left there. */
function leaveOutEarlier(found: readonly Finding[], index: GitIndex, session: Session): readonly Finding[] {
  for (const [file, text] of index.readCommitted()) session.update(file, text);
  return Baseline.of(session.findings()).compare(found).fresh;
}

function textReader({ root }: Session, index: GitIndex | undefined): (file: string) => string | undefined {
  return (file) => {
    const staged = index?.texts.get(file);
    if (staged !== undefined) return staged ?? undefined;
    try {
      return readFileSync(resolve(root, file), 'utf8');
    } catch {
      return undefined;
    }
  };
}

function fails(findings: readonly Finding[], maxWarnings = Infinity): boolean {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return errors > 0 || findings.length - errors > maxWarnings;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
