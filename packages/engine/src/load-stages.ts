import { createRequire } from 'node:module';
import type * as Analysis from './analysis.js';
import type * as Facts from './project-facts.js';

const require = createRequire(import.meta.url);

/**
 * What takes the facts of a project to its model: most of the modules of the engine, loaded where something is analysed, as most runs find
 * their answer on disk.
 */
export function loadAnalysis(): typeof Analysis {
  return require('./analysis.js') as typeof Analysis;
}

/** What lowers files. */
export function loadProjectFacts(): typeof Facts {
  return require('./project-facts.js') as typeof Facts;
}
