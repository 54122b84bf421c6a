import { posix } from 'node:path';
import { folderOf } from './folder-of.js';
import type { KnownPaths } from './known-paths.js';
import { findKnownPath } from './known-paths.js';
import { collectEntryTargets } from './package-entries.js';
import type { PackageManifest } from './package-manifest.js';
import { listSourceCandidates } from './source-candidates.js';
import type { RelativeMapping, TsconfigScopes } from './tsconfig-scopes.js';

export type Resolver = (from: string, specifier: string) => string | undefined;

/** By specifier. */
type Answers = Map<string, string | undefined>;

interface ResolverParts {
  readonly known: KnownPaths;
  readonly packages: readonly PackageManifest[];
  readonly scopes: TsconfigScopes;
}

/** Folders where sources are, as a last resort for a package that only names build output or nothing. */
const sourceFolders = ['src', ''];

/**
 * Asks the known paths only, never the disk: the answer holds for unsaved files as well, needs no installed packages, and no build
 * output. A resolver of installed packages would need all three. Answers are kept by folder and specifier.
 */
export function createResolver(parts: ResolverParts): Resolver {
  const byName = groupByName(parts.packages);
  const byFolder = new Map(parts.packages.map((manifest) => [manifest.directory, manifest]));
  const cache = new Map<string, Answers>();
  /** The same by file: a folder is another string each time that it is cut off, whose hash is taken anew. */
  const byFile = new Map<string, Answers>();

  const resolveFrom = (folder: string, specifier: string): string | undefined => {
    if (specifier === '' || specifier.startsWith('/') || specifier.startsWith('node:')) return undefined;
    if (/^\.{1,2}(?:\/|$)/.test(specifier)) return resolvePath(posix.join(folder, specifier));
    return (
      resolveMapped(folder, specifier) ??
      resolveImports(folder, specifier) ??
      resolveLibrary(folder, specifier) ??
      resolvePackage(folder, specifier)
    );
  };

  /** A path relative to the root; a folder with a `package.json` means its entry point. */
  const resolvePath = (path: string): string | undefined => {
    if (path.startsWith('../') || path === '..') return undefined;
    if (path === '.' || path.endsWith('/')) {
      const folder = path.slice(0, -1);
      return findKnownPath(posix.join(folder, 'index'), parts.known) ?? resolveFolder(folder);
    }
    return findKnownPath(path, parts.known) ?? resolveFolder(path) ?? resolveBuiltPath(path);
  };

  const resolveFolder = (path: string): string | undefined => {
    const manifest = byFolder.get(path);
    return manifest && resolveEntry(manifest, '.');
  };

  const resolveBuiltPath = (path: string): string | undefined => {
    const folder = findNearest(path, byFolder)?.directory ?? '';
    return resolveBuilt(folder, folder === '' ? path : path.slice(folder.length + 1));
  };

  const resolveMapped = (folder: string, specifier: string): string | undefined => {
    const scope = parts.scopes.findScope(folder);
    if (scope === undefined) return undefined;
    for (const path of listMappedPaths(scope.mappings, specifier)) {
      const found = resolvePath(path);
      if (found !== undefined) return found;
    }
    for (const baseUrl of scope.baseUrls) {
      const found = resolvePath(posix.join(baseUrl, specifier));
      if (found !== undefined) return found;
    }
    return undefined;
  };

  const resolveImports = (folder: string, specifier: string): string | undefined => {
    if (!specifier.startsWith('#')) return undefined;
    const manifest = findNearest(folder, byFolder);
    if (manifest === undefined) return undefined;
    for (const target of collectEntryTargets(manifest.imports, specifier)) {
      const found = target.startsWith('.')
        ? resolveTarget(manifest, target)
        : resolvePackage(manifest.directory, target);
      if (found !== undefined) return found;
    }
    return undefined;
  };

  /** SvelteKit knows `$lib` without a tsconfig of the project: https://svelte.dev/docs/kit/$lib. It generates one that is not there. */
  const resolveLibrary = (folder: string, specifier: string): string | undefined => {
    if (specifier !== '$lib' && !specifier.startsWith('$lib/')) return undefined;
    const manifest = findNearest(folder, byFolder);
    if (!manifest?.dependencies.has('@sveltejs/kit')) return undefined;
    return resolvePath(posix.join(manifest.directory, 'src/lib', specifier.slice('$lib/'.length)));
  };

  const resolvePackage = (folder: string, specifier: string): string | undefined => {
    const [, name = '', subpath = ''] = /^((?:@[^/]+\/)?[^/]+)\/?(.*)$/.exec(specifier) ?? [];
    const manifest = findNamed(folder, byName.get(name) ?? []);
    return manifest && resolveEntry(manifest, subpath === '' ? '.' : `./${subpath}`);
  };

  /** First what the maps say, then the plain path in the folder: without installed packages nobody can tell what was shut off. */
  const resolveEntry = (manifest: PackageManifest, key: string): string | undefined => {
    for (const target of collectEntryTargets(manifest.exports, key)) {
      const found = resolveTarget(manifest, target);
      if (found !== undefined) return found;
    }
    if (key !== '.') {
      return resolveTarget(manifest, key) ?? resolveTarget(manifest, posix.join('src', key));
    }
    for (const main of manifest.mains) {
      const found = resolveTarget(manifest, main);
      if (found !== undefined) return found;
    }
    for (const source of sourceFolders) {
      const found = findKnownPath(posix.join(manifest.directory, source, 'index'), parts.known);
      if (found !== undefined) return found;
    }
    return undefined;
  };

  const resolveTarget = (manifest: PackageManifest, target: string): string | undefined =>
    findKnownPath(posix.join(manifest.directory, target), parts.known) ?? resolveBuilt(manifest.directory, target);

  const resolveBuilt = (folder: string, target: string): string | undefined => {
    const outputs = parts.scopes.findScope(folder)?.outputs ?? [];
    for (const candidate of listSourceCandidates(folder, target, outputs)) {
      const found = findKnownPath(candidate, parts.known);
      if (found !== undefined) return found;
    }
    return undefined;
  };

  const answersFor = (from: string): Answers => {
    const known = byFile.get(from);
    if (known) return known;
    const folder = folderOf(from);
    const answers = cache.get(folder) ?? new Map<string, string | undefined>();
    cache.set(folder, answers);
    byFile.set(from, answers);
    return answers;
  };

  return (from, specifier) => {
    const answers = answersFor(from);
    const known = answers.get(specifier);
    if (known !== undefined || answers.has(specifier)) return known;
    const answer = resolveFrom(folderOf(from), specifier);
    answers.set(specifier, answer);
    return answer;
  };
}

/**
 * TypeScript's order: an exact pattern, then the longest prefix. Patterns of several tsconfigs stay in the order of those.
 */
function listMappedPaths(mappings: readonly RelativeMapping[], specifier: string): readonly string[] {
  const matching: { readonly rank: number; readonly paths: readonly string[] }[] = [];
  for (const { pattern, targets } of mappings) {
    const star = pattern.indexOf('*');
    if (star === -1) {
      if (pattern === specifier) matching.push({ rank: Infinity, paths: targets });
      continue;
    }
    const suffix = pattern.slice(star + 1);
    if (specifier.length < star + suffix.length) continue;
    if (!specifier.startsWith(pattern.slice(0, star)) || !specifier.endsWith(suffix)) continue;
    const filling = specifier.slice(star, specifier.length - suffix.length);
    matching.push({ rank: star, paths: targets.map((target) => posix.normalize(target.replace('*', () => filling))) });
  }
  return matching.sort((a, b) => b.rank - a.rank).flatMap(({ paths }) => paths);
}

function groupByName(packages: readonly PackageManifest[]): ReadonlyMap<string, readonly PackageManifest[]> {
  const groups = new Map<string, PackageManifest[]>();
  for (const manifest of packages) {
    if (manifest.name === '') continue;
    const group = groups.get(manifest.name);
    if (group) group.push(manifest);
    else groups.set(manifest.name, [manifest]);
  }
  return groups;
}

/** Of several packages with one name: a member of the workspace, then the one that lies nearest. */
function findNamed(folder: string, packages: readonly PackageManifest[]): PackageManifest | undefined {
  let best: { readonly manifest: PackageManifest; readonly score: number } | undefined;
  for (const manifest of packages) {
    const score = countSharedFolders(folder, manifest.directory) + (manifest.isMember ? 1_000 : 0);
    if (best === undefined || score > best.score) best = { manifest, score };
  }
  return best?.manifest;
}

function countSharedFolders(a: string, b: string): number {
  const others = b.split('/');
  const differs = a.split('/').findIndex((name, index) => name !== others[index]);
  return differs === -1 ? a.split('/').length : differs;
}

function findNearest(folder: string, byFolder: ReadonlyMap<string, PackageManifest>): PackageManifest | undefined {
  for (let path = folder; ; path = path.slice(0, Math.max(0, path.lastIndexOf('/')))) {
    const manifest = byFolder.get(path);
    if (manifest !== undefined || path === '') return manifest;
  }
}
