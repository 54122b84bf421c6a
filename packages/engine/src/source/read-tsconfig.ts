import { existsSync, statSync } from 'node:fs';
import { posix } from 'node:path';
import picomatch from 'picomatch';
import { resolvePath } from './absolute-path.js';
import { isRecord, isStringArray, parseJson } from './parse-json.js';
import type { PathMatcher } from './path-matcher.js';
import { readText } from './read-text.js';

/** What a tsconfig says about files and names, `extends` worked in. Paths are absolute, with slashes. */
export interface Tsconfig {
  readonly path: string;
  readonly baseUrl?: string;
  /** In the order in which they are written. */
  readonly paths: readonly PathMapping[];
  readonly rootDir?: string;
  /** `undefined` where nothing is emitted. */
  readonly outDir?: string;
  readonly allowJs: boolean;
  readonly references: readonly string[];
  /** Whether `exclude` matches; it concerns only what `include` matches. */
  excludes(absolutePath: string): boolean;
  /** Whether `files` names it or `include` matches. */
  includes(absolutePath: string): boolean;
}

export interface PathMapping {
  /** With one `*` at most. */
  readonly pattern: string;
  readonly targets: readonly string[];
}

export interface TsconfigReader {
  /** `undefined` where it cannot be read at all; the problem is reported once. */
  read(path: string): Tsconfig | undefined;
  /** Where nobody said that there is one. */
  readIfPresent(path: string): Tsconfig | undefined;
}

export interface TsconfigEnvironment {
  /** Folder of a workspace package, absolute. */
  findPackageFolder(name: string): string | undefined;
  report(path: string, reason: string): void;
  /** What a file says, once for each that is read. */
  note(path: string, text: string): void;
}

/** One file, not yet merged: every value stands with the folder that it is relative to. */
interface Layer {
  readonly path: string;
  readonly folder: string;
  readonly content: Readonly<Record<string, unknown>>;
  readonly options: Readonly<Record<string, unknown>>;
}

export function createTsconfigReader(environment: TsconfigEnvironment): TsconfigReader {
  const layers = new Map<string, Layer | undefined>();
  const configs = new Map<string, Tsconfig | undefined>();

  const readLayer = (path: string): Layer | undefined => {
    if (!layers.has(path)) layers.set(path, parseLayer(path, environment));
    return layers.get(path);
  };

  /** The file itself first, then what it extends; what comes first wins. */
  const collectLayers = (path: string, seen: readonly string[]): readonly Layer[] => {
    const layer = readLayer(path);
    if (layer === undefined) return [];
    const inherited: Layer[] = [];
    for (const specifier of readExtends(layer, environment).reverse()) {
      const base = findExtended(layer, specifier, environment);
      if (base === undefined) continue;
      if (base === path || seen.includes(base)) {
        environment.report(path, `extends itself by "${specifier}"; break the circle`);
        continue;
      }
      inherited.push(...collectLayers(base, [...seen, path]));
    }
    return [layer, ...inherited];
  };

  const read = (path: string): Tsconfig | undefined => {
    if (!configs.has(path)) configs.set(path, mergeLayers(collectLayers(path, []), environment));
    return configs.get(path);
  };
  return { read, readIfPresent: (path) => (isFile(path) ? read(path) : undefined) };
}

function parseLayer(path: string, environment: TsconfigEnvironment): Layer | undefined {
  const { text, reason } = readText(path, 1);
  if (text === undefined) {
    environment.report(path, `${reason}; its paths and excludes are not known`);
    return undefined;
  }
  environment.note(path, text);
  const { value, error } = parseJson(text);
  if (error !== undefined) {
    environment.report(path, `is not valid JSON at ${error}; mend it, until then what it says is known in part only`);
  }
  const content = isRecord(value) ? value : {};
  if (!isRecord(value) && error === undefined) environment.report(path, 'holds no object; write { } at least');
  const options = isRecord(content['compilerOptions']) ? content['compilerOptions'] : {};
  return { path, folder: posix.dirname(path), content, options };
}

function readExtends(layer: Layer, environment: TsconfigEnvironment): string[] {
  const value = layer.content['extends'];
  if (value === undefined) return [];
  if (typeof value === 'string') return [value];
  if (isStringArray(value)) return [...value];
  environment.report(layer.path, '"extends" is neither a string nor an array of strings');
  return [];
}

/** Packages that are not of the workspace are not looked for: what they say about paths concerns their own folder. */
function findExtended(layer: Layer, specifier: string, environment: TsconfigEnvironment): string | undefined {
  if (/^\.{0,2}\//.test(specifier) || specifier === '..' || specifier === '.') {
    const path = resolvePath(layer.folder, specifier);
    const found = [path, `${path}.json`].find(isFile);
    if (found === undefined) {
      environment.report(layer.path, `extends "${specifier}", which is not there; correct the path`);
    }
    return found;
  }
  const [, name = specifier, rest = ''] = /^((?:@[^/]+\/)?[^/]+)(?:\/(.*))?$/.exec(specifier) ?? [];
  const folder = environment.findPackageFolder(name);
  if (folder === undefined) return undefined;
  const path = posix.join(folder, rest);
  return [path, `${path}.json`, posix.join(path, 'tsconfig.json')].find(isFile);
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

function mergeLayers(layers: readonly Layer[], environment: TsconfigEnvironment): Tsconfig | undefined {
  const own = layers[0];
  if (own === undefined) return undefined;

  /** TypeScript 5.5: `${configDir}` is the folder of the file that is read, not of the one that says it. */
  const absolute = (layer: Layer, path: string): string =>
    resolvePath(layer.folder, path.replace(/^\$\{configDir\}/, own.folder));
  const option = (name: string): string | undefined => {
    for (const layer of layers) {
      const value = layer.options[name];
      if (typeof value === 'string') return absolute(layer, value);
      if (value !== undefined) environment.report(layer.path, `"compilerOptions.${name}" is not a string`);
    }
    return undefined;
  };
  const list = (name: string): readonly string[] | undefined => {
    for (const layer of layers) {
      const value = layer.content[name];
      if (isStringArray(value)) return value.map((pattern) => absolute(layer, pattern));
      if (value !== undefined) environment.report(layer.path, `"${name}" is not an array of strings`);
    }
    return undefined;
  };
  const flag = (name: string): boolean => layers.find((layer) => name in layer.options)?.options[name] === true;

  const baseUrl = option('baseUrl');
  const rootDir = option('rootDir');
  const outDir = flag('noEmit') ? undefined : option('outDir');
  return {
    path: own.path,
    paths: readPaths(layers, baseUrl, absolute, environment),
    allowJs: flag('allowJs') || flag('checkJs') || posix.basename(own.path) === 'jsconfig.json',
    references: readReferences(own),
    ...createFilter(own.folder, list('files'), list('include'), list('exclude')),
    ...(baseUrl !== undefined && { baseUrl }),
    ...(rootDir !== undefined && { rootDir }),
    ...(outDir !== undefined && { outDir }),
  };
}

/** The first file that has `paths` gives all of them. They are relative to `baseUrl`, and to that file where there is none. */
function readPaths(
  layers: readonly Layer[],
  baseUrl: string | undefined,
  absolute: (layer: Layer, path: string) => string,
  environment: TsconfigEnvironment,
): readonly PathMapping[] {
  const layer = layers.find(({ options }) => options['paths'] !== undefined);
  if (layer === undefined) return [];
  const paths = layer.options['paths'];
  if (!isRecord(paths)) {
    environment.report(layer.path, '"compilerOptions.paths" is not an object');
    return [];
  }
  const mappings: PathMapping[] = [];
  for (const [pattern, targets] of Object.entries(paths)) {
    if (!isStringArray(targets) || pattern.split('*').length > 2) {
      environment.report(
        layer.path,
        `"compilerOptions.paths" of "${pattern}" is left out: one * at most, and an array of strings`,
      );
      continue;
    }
    const base = baseUrl ?? layer.folder;
    mappings.push({
      pattern,
      targets: targets.map((target) =>
        target.startsWith('${configDir}') ? absolute(layer, target) : resolvePath(base, target),
      ),
    });
  }
  return mappings;
}

function readReferences(layer: Layer): readonly string[] {
  const references = layer.content['references'];
  if (!Array.isArray(references)) return [];
  return references.flatMap((reference: unknown) => {
    if (!isRecord(reference) || typeof reference['path'] !== 'string') return [];
    const path = resolvePath(layer.folder, reference['path']);
    return [path.endsWith('.json') ? path : posix.join(path, 'tsconfig.json')];
  });
}

function createFilter(
  folder: string,
  files: readonly string[] | undefined,
  include: readonly string[] | undefined,
  exclude: readonly string[] | undefined,
): Pick<Tsconfig, 'excludes' | 'includes'> {
  const named = new Set(files);
  const included = compile(include ?? (files === undefined ? [folder] : []));
  const excluded = compile(exclude ?? []);
  return {
    excludes: (path) => !named.has(path) && excluded(path),
    includes: (path) => named.has(path) || included(path),
  };
}

/** The globs of a tsconfig know `*`, `?` and `**` only: brackets and braces are parts of names, as in `app/[id]`. */
function compile(patterns: readonly string[]): PathMatcher {
  if (patterns.length === 0) return () => false;
  const globs = patterns.map((pattern) => pattern.replace(/[[\](){}!+@|\\]/g, '\\$&').replace(/\/+$/, ''));
  return picomatch([...globs, ...globs.map((glob) => `${glob}/**`)], { dot: true });
}
