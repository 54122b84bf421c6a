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
  const { rules } = analysis;
  const severities = chooseSeverities(rules, options);
  const folder = findCacheLocation(path, options, io);
  const choice = {
    rules,
    severities,
    ...(options.preview ? { preview: true } : {}),
    ...(folder === undefined ? {} : { cache: { folder, makers: analysis.makers } }),
  };
  const { session, result: found } = await readProject(analysis, path, options, choice, io, (opened) =>
    opened.findings(),
  );
  const missingRoutes = describeMissingRoutes(session, path);
  if (missingRoutes && options.updateBaseline) throw new Failure(missingRoutes);

  const findings = await leaveOutAccepted(found, options, io);
  await writeReport(options, io, (format) =>
    formatFindings(
      options.format,
      {
        tool,
        summary: { ...session.summary(), findings: findings.length },
        findings,
        rules: rules.filter(({ id, meta }) => isRun(severities.get(id), meta.recommended || options.preview === true)),
        readText: textReader(session),
      },
      format,
    ),
  );
  if (options.format !== 'stylish' || options.output !== undefined) await tellSkipped(session.summary(), io);
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

function textReader({ root }: Session): (file: string) => string | undefined {
  return (file) => {
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
