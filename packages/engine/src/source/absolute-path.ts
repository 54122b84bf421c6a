import { relative, resolve, sep } from 'node:path';

/** `resolve` with slashes on every system. */
export function resolvePath(...parts: readonly string[]): string {
  return withSlashes(resolve(...parts));
}

/** A path that is relative to the folder, and normal: nothing of it is looked at, as for each of thousands of files it would be. */
export function pathBelow(folder: string, path: string): string {
  return folder.endsWith('/') ? folder + path : `${folder}/${path}`;
}

/** With slashes; starts with `..` where the path lies outside of the folder. */
export function relativePath(folder: string, path: string): string {
  return withSlashes(relative(folder, path));
}

/** `undefined` where the path lies outside of the folder; '' for the folder itself. */
export function findPathWithin(folder: string, path: string): string | undefined {
  const found = relativePath(folder, path);
  // On Windows another drive gives an absolute path.
  return found === '..' || found.startsWith('../') || /^[a-z]:/i.test(found) ? undefined : found;
}

function withSlashes(path: string): string {
  return sep === '/' ? path : path.split(sep).join('/');
}
