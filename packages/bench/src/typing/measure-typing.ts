import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { barOf } from '../bars.js';
import { writeConfigurations } from '../linting/write-configurations.js';
import { measureProcess, programPath } from '../measure-process.js';
import { quantile } from '../median.js';
import type { Subject } from '../subject.js';
import type { Row } from '../table.js';
import type { Latencies, Session } from './type-in-editor.js';

/** What a keystroke costs more with the plugin than without it, edit by edit in one process, and how long a saved file takes there. */
export function measureTyping(subject: Subject, scratch: string, edits: number, usageFile: string): readonly Row[] {
  const session: Session = { cwd: subject.folder, file: subject.medianFile, ...writeConfigurations(scratch), edits };
  const sessionFile = join(scratch, 'typing.json');
  writeFileSync(sessionFile, JSON.stringify(session));
  const { stdout } = measureProcess([programPath('typing/type-in-editor'), sessionFile], usageFile, [0]);
  const { bare, withPlugin, first, saved } = JSON.parse(stdout) as Latencies;
  const added = withPlugin.map((latency, edit) => latency - (bare[edit] ?? Number.NaN));
  const files = subject.paths.length;
  const keystrokes = ([0.5, 0.95] as const).map((share): Row => ({
    what: `A keystroke in a file of median size: added by \`recommended\`, p${String(share * 100)}`,
    files,
    value: quantile(added, share),
    unit: 'ms',
    from:
      `${quantile(withPlugin, share).toFixed(1)} ms with, ${quantile(bare, share).toFixed(1)} ms without` +
      (share === 0.5 ? `; ${first.toFixed(0)} ms for the first time` : ''),
    bar: share === 0.95 ? barOf('keystroke', files) : undefined,
  }));
  const save: Row = {
    what: 'A file of median size is saved, code changed: ESLint with `recommended`, p50',
    files,
    value: quantile(saved, 0.5),
    unit: 'ms',
    from: `${Math.max(...saved).toFixed(0)} ms at most`,
    bar: undefined,
  };
  return [...keystrokes, save];
}
