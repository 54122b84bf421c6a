import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import { openSession } from '@blastradius/engine';
import type { Rule } from '@blastradius/engine';
import { ExampleError } from './collect-examples.js';
import type { Example } from './collect-examples.js';

/**
 * Lints one example of the page of `ruleId` in a folder of its own, with all `rules`. Returns every disagreement in
 * words: an incorrect example that the rule does not report, a correct one that any rule reports.
 */
export function runExample(example: Example, ruleId: string, rules: readonly Rule[]): readonly string[] {
  const root = mkdtempSync(join(tmpdir(), 'blastradius-example-'));
  try {
    writeExample(example, root);
    const findings = openSession(root, { rules, preview: true }).findings();
    if (example.verdict === 'correct') {
      return findings.map(
        ({ ruleId: id, place, message }) =>
          `the correct example at line ${example.line} is reported: ${place.file}:${place.line} ${id}: ${message}`,
      );
    }
    return findings.some((finding) => finding.ruleId === ruleId)
      ? []
      : [`the incorrect example at line ${example.line} is not reported by ${ruleId}`];
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Writes the files below `root`, with a manifest where they bring none. */
export function writeExample(example: Pick<Example, 'files' | 'line'>, root: string): void {
  if (!example.files.has('package.json')) writeFileSync(join(root, 'package.json'), '{ "name": "example" }\n');
  for (const [path, text] of example.files) {
    const target = resolve(root, path);
    if (!target.startsWith(root + sep)) throw new ExampleError(`line ${example.line}: ${path} leaves the example`);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
}
