import { formatRoutes } from '@blastradius/report';
import type { Analysis } from './analysis.js';
import type { RoutesOptions } from './command-line.js';
import { Failure } from './failure.js';
import type { Io } from './io.js';
import { describeMissingRoutes, readProject, tellSkipped } from './project-run.js';
import { writeReport } from './write-report.js';

/** Lists the routes of a project. Throws a `Failure` where it has none and ought to. */
export async function routes(analysis: Analysis, path: string, options: RoutesOptions, io: Io): Promise<void> {
  const { session, result: application } = await readProject(
    analysis,
    path,
    options,
    { rules: analysis.rules },
    io,
    (opened) => opened.application(),
  );
  const missingRoutes = describeMissingRoutes(session, path);
  await tellSkipped(session.summary(), io);
  if (missingRoutes) throw new Failure(missingRoutes);
  await writeReport(options, io, (format) => formatRoutes(options.format, application.routes, format));
}
