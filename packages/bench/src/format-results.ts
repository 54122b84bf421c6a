import type { FileFigures } from './describe-files.js';
import type { Summary } from './measure-check.js';
import type { PeerRow } from './peers/measure-peers.js';
import { formatCount, formatRows, formatSeconds, formatTable } from './table.js';
import type { Row } from './table.js';

/** Everything that one run has measured. */
export interface Results {
  /** As a person types it. */
  readonly command: string;
  readonly date: string;
  readonly runs: number;
  readonly edits: number;
  readonly machine: Readonly<Record<string, string>>;
  readonly projects: readonly { readonly name: string; readonly figures: FileFigures; readonly summary: Summary }[];
  readonly rows: readonly Row[];
  /** By what was compared. */
  readonly isTheSame: Readonly<Record<string, boolean>>;
  /** Without them, nobody asked for peers. */
  readonly peers: readonly PeerRow[] | undefined;
}

/** The results as Markdown, in sections below a title. */
export function formatResults(results: Results): string {
  const { machine, command, date, runs } = results;
  return [
    formatTable(
      ['Measured', ''],
      Object.entries({ Date: date, Command: `\`${command}\``, Runs: String(runs), ...machine }),
    ),
    '## The projects',
    formatProjects(results.projects),
    '## Results',
    formatRows(results.rows),
    ...Object.entries(results.isTheSame).map(
      ([what, isTheSame]) => `- Findings of ${what}: ${isTheSame ? 'the same, byte for byte' : '**NOT the same**'}`,
    ),
    ...(results.peers === undefined ? [] : ['## Beside other tools', formatPeers(results.peers)]),
  ].reduce((text, part) =>
    part.startsWith('- ') && text.includes('\n- ') ? `${text}\n${part}` : `${text}\n\n${part}`,
  );
}

function formatProjects(projects: Results['projects']): string {
  return formatTable(
    [
      'Project',
      'Files',
      'Routes',
      'Findings',
      'Bytes',
      'Median',
      'Lines',
      'Imports',
      'Functions',
      'Calls',
      'Routes a file',
    ],
    projects.map(({ name, figures, summary }) => [
      name,
      formatCount(figures.files) + (summary.files === figures.files ? '' : ` (${formatCount(summary.files)} analysed)`),
      formatCount(summary.routes),
      formatCount(summary.findings),
      formatCount(figures.bytes),
      formatCount(figures.medianBytes),
      formatCount(figures.lines),
      figures.imports.toFixed(1),
      figures.functions.toFixed(1),
      figures.calls.toFixed(1),
      (summary.routes / figures.files).toFixed(2),
    ]),
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  );
}

function formatPeers(peers: readonly PeerRow[]): string {
  return formatTable(
    ['Tool', 'Version', 'Time', 'Against', 'Ratio', 'Peak memory'],
    peers.map(({ name, version, missing, seconds, ratio, reference, mebibytes }) => [
      name,
      version,
      missing ?? (seconds === undefined ? '' : formatSeconds(seconds)),
      reference ?? '',
      ratio?.toFixed(2) ?? '',
      mebibytes === undefined || Number.isNaN(mebibytes) ? '' : `${formatCount(mebibytes)} MiB`,
    ]),
    [2, 4, 5],
  );
}
