import { expressFiles } from './express-files.js';
import { createFeature } from './feature.js';
import type { Feature } from './feature.js';
import { constantsFile, frameFiles } from './frame-files.js';
import { nestFiles } from './nest-files.js';

/**
 * A back end with this many TypeScript files, always the same text for the same number: a NestJS and an Express
 * application in one workspace, some 65 lines and four imports a file. Paths are relative to its root.
 */
export function createProject(size: number): ReadonlyMap<string, string> {
  const frame = countCode(Object.keys(frameFiles([])));
  const perFeature = countCode(Object.keys(filesOf(createFeature(0))));
  if (size < frame + perFeature)
    throw new RangeError(`A project has at least ${frame + perFeature} files, not ${size}.`);
  const features = Array.from({ length: Math.floor((size - frame) / perFeature) }, (_, index) => createFeature(index));

  const files = new Map(Object.entries(frameFiles(features)));
  for (const feature of features) {
    for (const [path, text] of Object.entries(filesOf(feature))) files.set(path, text);
  }
  const missing = size - countCode(files.keys());
  for (let index = 1; index <= missing; index += 1)
    files.set(`apps/api/src/pricing/weights-${index}.ts`, constantsFile(index));
  return files;
}

function filesOf(feature: Feature): Readonly<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const [path, text] of Object.entries(nestFiles(feature)))
    files[`apps/api/src/features/${feature.file}/${path}`] = text;
  for (const [path, text] of Object.entries(expressFiles(feature)))
    files[`apps/gateway/src/${feature.file}/${path}`] = text;
  return files;
}

function countCode(paths: Iterable<string>): number {
  return [...paths].filter((path) => path.endsWith('.ts')).length;
}
