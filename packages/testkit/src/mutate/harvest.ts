import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { rules } from '@blastradius/rules';
import { applyEdits } from './edit.js';
import { isMutant } from './mutant.js';
import type { LeftOut, Mutant } from './mutant.js';
import type { Operator } from './operators.js';
import { studyProject } from './studied-project.js';

/** What an operator makes of a project of a few texts. */
export interface Harvest {
  readonly mutants: readonly Mutant[];
  readonly leftOut: readonly LeftOut[];
  /** The files that each mutant changes, by path. */
  readonly changed: readonly ReadonlyMap<string, string>[];
}

/** Runs an operator over texts by path, in a folder of their own. */
export function harvest(operator: Operator, texts: Readonly<Record<string, string>>): Harvest {
  const root = mkdtempSync(join(tmpdir(), 'blastradius-mutants-'));
  try {
    for (const [file, text] of Object.entries({ 'package.json': '{ "name": "studied" }\n', ...texts })) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    }
    const project = studyProject(root, rules);
    const candidates = [...operator(project)];
    const mutants = candidates.filter(isMutant);
    return {
      mutants,
      leftOut: candidates.filter((candidate): candidate is LeftOut => !isMutant(candidate)),
      changed: mutants.map(({ edits }) => applyEdits(edits, project.code.texts)),
    };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
