import { posix } from 'node:path';
import { findPathWithin, pathBelow, resolvePath } from './absolute-path.js';
import type { PathMapping, Tsconfig, TsconfigReader } from './read-tsconfig.js';

/** What the tsconfigs of one folder say together about the files below it, as far as no nearer folder has its own. */
export interface TsconfigScope {
  readonly mappings: readonly RelativeMapping[];
  /** Relative to the root. */
  readonly baseUrls: readonly string[];
  /** Whether no program of these tsconfigs starts with the file; one that is imported belongs to it all the same. */
  excludes(path: string): boolean;
  /** Whether the file is what the compiler has written. */
  isOutput(path: string): boolean;
  /** Where the compiler writes to and reads from, relative to the root. */
  readonly outputs: readonly CompilerOutput[];
}

export interface CompilerOutput {
  readonly outDir: string;
  readonly rootDir: string | undefined;
}

/** Relative to the root; targets outside of it are left out. */
export interface RelativeMapping {
  readonly pattern: string;
  readonly targets: readonly string[];
}

export interface TsconfigScopes {
  /** `folder` is relative to the root, '' for the root. */
  findScope(folder: string): TsconfigScope | undefined;
}

const javaScript = /\.[cm]?jsx?$/;

/**
 * The nearest folder with a tsconfig governs. Its `tsconfig.json` comes first, then those that it references and the
 * `tsconfig.*.json` beside it: applications are often described by `tsconfig.app.json` alone.
 */
export function createTsconfigScopes(
  root: string,
  paths: readonly string[],
  foldersAbove: readonly string[],
  reader: TsconfigReader,
): TsconfigScopes {
  const byFolder = new Map<string, TsconfigScope>();
  for (const [folder, files] of groupByFolder(paths)) {
    byFolder.set(
      folder,
      createScope(
        root,
        readGroup(
          files.map((file) => resolvePath(root, file)),
          reader,
        ),
      ),
    );
  }
  const above = paths.some((path) => !path.includes('/')) ? undefined : readAbove(root, foldersAbove, reader);

  const nearest = new Map<string, TsconfigScope | undefined>();
  const findScope = (folder: string): TsconfigScope | undefined => {
    const known = byFolder.get(folder) ?? nearest.get(folder);
    if (known !== undefined || nearest.has(folder)) return known;
    const found = folder === '' ? above : findScope(parentOf(folder));
    nearest.set(folder, found);
    return found;
  };
  return { findScope };
}

function groupByFolder(paths: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const path of paths) {
    const folder = parentOf(path);
    const group = groups.get(folder);
    if (group) group.push(path);
    else groups.set(folder, [path]);
  }
  return groups;
}

function readGroup(files: readonly string[], reader: TsconfigReader): readonly Tsconfig[] {
  const rank = (path: string): number => {
    const name = posix.basename(path);
    return name === 'tsconfig.json' ? 0 : name === 'jsconfig.json' ? 1 : 2;
  };
  const ordered = [...files].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  const configs = new Map<string, Tsconfig>();
  for (const path of ordered) {
    const config = reader.read(path);
    if (config === undefined) continue;
    configs.set(path, config);
    for (const reference of config.references) {
      // A `tsconfig.json` elsewhere governs its own folder.
      const referenced = posix.basename(reference) === 'tsconfig.json' ? undefined : reader.read(reference);
      if (referenced !== undefined) configs.set(reference, referenced);
    }
  }
  return [...configs.values()];
}

function readAbove(root: string, folders: readonly string[], reader: TsconfigReader): TsconfigScope | undefined {
  for (const folder of folders) {
    const config = reader.readIfPresent(posix.join(folder, 'tsconfig.json'));
    if (config !== undefined) return createScope(root, [config]);
  }
  return undefined;
}

function createScope(root: string, configs: readonly Tsconfig[]): TsconfigScope {
  const within = (path: string | undefined): string | undefined =>
    path === undefined ? undefined : findPathWithin(root, path);
  const toRelative = ({ pattern, targets }: PathMapping): RelativeMapping => ({
    pattern,
    targets: targets.map(within).filter((target) => target !== undefined),
  });
  const outputs = configs.flatMap(({ outDir, rootDir, path }): readonly CompilerOutput[] => {
    const relativeOutDir = within(outDir);
    // Where the output goes beside the sources, a name tells nothing about a file.
    if (outDir === undefined || relativeOutDir === undefined || findPathWithin(outDir, path) !== undefined) return [];
    return [{ outDir: relativeOutDir, rootDir: within(rootDir) }];
  });

  return {
    mappings: configs.flatMap(({ paths }) => paths.map(toRelative)),
    baseUrls: [...new Set(configs.map(({ baseUrl }) => within(baseUrl)).filter((path) => path !== undefined))],
    outputs,
    excludes(path) {
      const absolute = pathBelow(root, path);
      const concerned = javaScript.test(path) ? configs.filter(({ allowJs }) => allowJs) : configs;
      const excluding = concerned.filter((config) => config.excludes(absolute));
      return (
        excluding.some((config) => config.includes(absolute)) &&
        !concerned.some((config) => !excluding.includes(config) && config.includes(absolute))
      );
    },
    isOutput: (path) => javaScript.test(path) && outputs.some(({ outDir }) => path.startsWith(`${outDir}/`)),
  };
}

function parentOf(path: string): string {
  const folder = posix.dirname(path);
  return folder === '.' ? '' : folder;
}
