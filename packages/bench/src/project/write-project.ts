import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { createProject } from './create-project.js';

/** Writes the generated project with this many TypeScript files into a folder. */
export function writeProject(folder: string, size: number): void {
  for (const [path, text] of createProject(size)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
