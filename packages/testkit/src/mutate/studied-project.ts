import { openSession } from '@blastradius/engine';
import type { Application, Finding, Rule } from '@blastradius/engine';
import { ProjectCode } from './code/project-code.js';
import { readSources } from './code/read-sources.js';
import { applyEdits } from './edit.js';
import type { Edit } from './edit.js';

/** A project as it is, and what a linter says to changes of it. */
export interface StudiedProject {
  readonly code: ProjectCode;
  /** The model of the unchanged project. */
  readonly application: Application;
  readonly rules: readonly Rule[];
  /** What is found in the unchanged project. */
  readonly findings: readonly Finding[];
  /** What is found with some edits; the project is as it was afterwards. */
  findingsWith(edits: readonly Edit[]): readonly Finding[];
}

/** Opens the project below a folder, with one session for all mutants. */
export function studyProject(root: string, rules: readonly Rule[]): StudiedProject {
  const code = new ProjectCode(readSources(root));
  const session = openSession(root, { rules, preview: true });
  const application = session.application();
  const findings = session.findings();
  return {
    code,
    application,
    rules,
    findings,
    findingsWith(edits) {
      const changed = applyEdits(edits, code.texts);
      for (const [file, text] of changed) session.update(file, text);
      try {
        return session.findings();
      } finally {
        // A file that only the mutant has is gone with its text.
        for (const file of changed.keys()) session.update(file, code.texts.get(file));
      }
    },
  };
}
