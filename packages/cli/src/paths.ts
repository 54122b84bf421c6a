import { formatPaths } from '@blastradius/report';
import type { Analysis } from './analysis.js';
import type { PathsOptions } from './command-line.js';
import { Failure } from './failure.js';
import type { Io } from './io.js';
import { describeMissingRoutes, readProject, tellSkipped } from './project-run.js';
import { writeReport } from './write-report.js';

/** Shows the ways from the outside to everybody's data. Throws a `Failure` where there is nothing to walk through and ought to be. */
export async function paths(analysis: Analysis, path: string, options: PathsOptions, io: Io): Promise<void> {
  const { session, result: found } = await readProject(
    analysis,
    path,
    options,
    { rules: analysis.rules },
    io,
    (opened) => analysis.collectAttackPaths(opened.application()),
  );
  const missingRoutes = describeMissingRoutes(session, path);
  await tellSkipped(session.summary(), io);
  if (missingRoutes) throw new Failure(missingRoutes);
  await writeReport(options, io, (format) => formatPaths(options.format, found, format));
}
