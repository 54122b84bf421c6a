import { posix } from 'node:path';
import { codeExtensions } from './code-extensions.js';

/** The paths that are an answer, and what leads to them through links. */
export interface KnownPaths {
  has(path: string): boolean;
  readonly links: ReadonlyMap<string, string>;
}

/**
 * The extensions that a written one may mean, best first. A source beside its own build output wins, as in TypeScript's own
 * resolution.
 */
const extensionAlias: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx', '.js', '.jsx'],
  '.jsx': ['.tsx', '.jsx', '.ts', '.js'],
  '.mjs': ['.mts', '.mjs'],
  '.cjs': ['.cts', '.cjs'],
  '.d.ts': ['.ts', '.tsx', '.js', '.jsx'],
  '.d.mts': ['.mts', '.mjs'],
  '.d.cts': ['.cts', '.cjs'],
};

const aliasedExtension = /\.d\.[cm]?ts$|\.[cm]?jsx?$/;

/** The known file that a path relative to the root means, as it is, with an extension, or as a folder with an `index`. */
export function findKnownPath(path: string, known: KnownPaths): string | undefined {
  if (path.startsWith('../') || path === '..') return undefined;
  return findFile(path, known) ?? findIndex(path, known) ?? findBehindLink(path, known);
}

function findFile(path: string, known: KnownPaths): string | undefined {
  const written = aliasedExtension.exec(path)?.[0];
  if (written !== undefined) {
    const stem = path.slice(0, -written.length);
    for (const extension of extensionAlias[written] ?? []) {
      if (known.has(stem + extension)) return stem + extension;
    }
  }
  if (known.has(path)) return path;
  return findWithExtension(path, known);
}

function findIndex(path: string, known: KnownPaths): string | undefined {
  return findWithExtension(path === '' || path === '.' ? 'index' : `${path}/index`, known);
}

function findWithExtension(stem: string, known: KnownPaths): string | undefined {
  for (const extension of codeExtensions) if (known.has(stem + extension)) return stem + extension;
  return undefined;
}

function findBehindLink(path: string, known: KnownPaths): string | undefined {
  const target = followLinks(path, known.links);
  return target === path ? undefined : findKnownPath(target, known);
}

/** The real path of a path that leads through links; itself where there is none on the way. */
export function followLinks(path: string, links: ReadonlyMap<string, string>): string {
  if (links.size === 0) return path;
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
    const target = links.get(path.slice(0, end));
    // A link leads to a real path: each step uses up a part of what follows it, so that this ends.
    if (target !== undefined) return followLinks(posix.join(target, path.slice(end + 1)), links);
  }
  return path;
}
