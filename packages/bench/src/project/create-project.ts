import { domainFiles, domainTests } from './domain-files.js';
import { expressFiles } from './express-files.js';
import { createFeature } from './feature.js';
import type { Feature } from './feature.js';
import { frameFiles } from './frame-files.js';
import { nestFiles } from './nest-files.js';

type Files = Readonly<Record<string, string>>;

/**
 * A back end with this many TypeScript files, tests not counted; always the same text for the same number. A NestJS and an
 * Express application and a library in one workspace. Paths are relative to its root.
 */
export function createProject(size: number): ReadonlyMap<string, string> {
  const frame = frameFiles([]);
  let missing = size - countCode(frame);
  const features: Feature[] = [];
  const files = new Map<string, string>();
  for (;;) {
    const feature = createFeature(features.length);
    const whole = filesOf(feature);
    const count = countCode(whole);
    if (count > missing) break;
    features.push(feature);
    addAll(files, whole);
    missing -= count;
  }
  if (features.length === 0) throw new RangeError(`A project of ${size} files is too small to be one.`);
  // Too little is left for another subject: the beginning of those that nothing serves yet.
  for (let index = features.length; missing > 0; index += 1) {
    const begun = Object.entries(domainOf({ ...createFeature(index), servedBy: 'nothing' })).slice(0, missing);
    addAll(files, Object.fromEntries(begun));
    missing -= begun.length;
  }
  addAll(files, frameFiles(features));
  return files;
}

function addAll(files: Map<string, string>, more: Files): void {
  for (const [path, text] of Object.entries(more)) files.set(path, text);
}

function filesOf(feature: Feature): Files {
  const domain = domainOf(feature);
  const tests = inFolder(domainFolder(feature), domainTests(feature));
  switch (feature.servedBy) {
    case 'nest':
      return { ...domain, ...tests, ...inFolder(`apps/api/src/features/${feature.file}`, nestFiles(feature)) };
    case 'express':
      return { ...domain, ...tests, ...inFolder(`apps/gateway/src/${feature.file}`, expressFiles(feature)) };
    case 'nothing':
      return { ...domain, ...tests };
  }
}

function domainOf(feature: Feature): Files {
  return inFolder(domainFolder(feature), domainFiles(feature));
}

function domainFolder({ file, servedBy }: Feature): string {
  switch (servedBy) {
    case 'nest':
      return `apps/api/src/features/${file}/domain`;
    case 'express':
      return `apps/gateway/src/${file}/domain`;
    case 'nothing':
      return `packages/domain/src/${file}`;
  }
}

function inFolder(folder: string, files: Files): Files {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));
}

function countCode(files: Files): number {
  return Object.keys(files).filter((path) => path.endsWith('.ts') && !path.endsWith('.spec.ts')).length;
}
