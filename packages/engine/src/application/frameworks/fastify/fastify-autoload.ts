import type { Interpreter } from '../../../program/interpreter.js';
import { textOf, type ExternalValue, type ObjectValue, type Origin, type Value } from '../../../program/value.js';
import { exportedBy } from '../exported-values.js';
import { pathTextOf } from './fastify-paths.js';

/** A file that @fastify/autoload registers. */
interface LoadedFile {
  readonly plugin: Value;
  readonly options: Value;
  /** Plugins with hooks for the files beside it. */
  readonly hooks: readonly Value[];
  readonly encapsulates: boolean;
}

const scripts = /\.(?:[cm]?js|[cm]?ts)$/i;
const isIndex = (name: string): boolean => /^index\.(?:[cm]?js|[cm]?ts)$/i.test(name);
const isHooks = (name: string): boolean => /^[_.]?auto_?hooks\.(?:[cm]?js|[cm]?ts)$/i.test(name);

/** The files below a folder, as `findPlugins` and `loadPlugin` of @fastify/autoload take them. */
export function filesToLoad(
  options: Value | undefined,
  origin: Origin,
  interpreter: Interpreter,
): readonly LoadedFile[] {
  if (!options) return [];
  const settings = new Settings(options, origin, interpreter);
  const folder = folderOf(interpreter.member(options, 'dir', origin));
  if (folder === undefined) return [];
  const files: LoadedFile[] = [];
  walk(folder, '', 0, [], settings, files);
  return files;
}

class Settings {
  constructor(
    readonly options: Value,
    readonly origin: Origin,
    readonly interpreter: Interpreter,
  ) {}

  get(name: string): Value {
    return this.interpreter.member(this.options, name, this.origin);
  }

  /** Whether a setting is switched on; by default it is not. */
  is(name: string, unless = false): boolean {
    const value = this.get(name);
    return value.kind === 'literal' ? Boolean(value.value) : value.kind === 'undefined' ? unless : true;
  }
}

function walk(
  folder: string,
  prefix: string,
  depth: number,
  outerHooks: readonly Value[],
  settings: Settings,
  files: LoadedFile[],
): void {
  const { interpreter } = settings;
  const start = folder === '' ? '' : `${folder}/`;
  const names = new Set<string>();
  const folders = new Set<string>();
  for (const path of interpreter.files.keys()) {
    if (!path.startsWith(start)) continue;
    const [name = '', ...rest] = path.slice(start.length).split('/');
    (rest.length > 0 ? folders : names).add(name);
  }
  const known = [...names].filter((name) => scripts.test(name) && !/\.d\.[cm]?ts$/.test(name)).sort();
  const own = settings.is('autoHooks') ? known.filter(isHooks) : [];
  const found = own.flatMap((name) => exportedBy(start + name, 'default', interpreter) ?? []);
  const hooks = found.length > 0 && settings.is('overwriteHooks') ? found : [...outerHooks, ...found];
  const index = known.find(isIndex);
  for (const name of index === undefined ? known.filter((item) => !isHooks(item)) : [index]) {
    const file = loaded(start + name, prefix, settings);
    if (file) files.push({ ...file, hooks });
  }
  const limit = settings.get('maxDepth');
  if (limit.kind === 'literal' && typeof limit.value === 'number' && limit.value <= depth) return;
  const named = settings.is('dirNameRoutePrefix', true);
  for (const name of [...folders].sort()) {
    const inner = named ? `${prefix === '' ? '/' : `${prefix}/`}${name}` : prefix === '' ? '/' : `${prefix}/`;
    walk(start + name, inner, depth + 1, settings.is('cascadeHooks') ? hooks : [], settings, files);
  }
}

function loaded(path: string, folderPrefix: string, settings: Settings): Omit<LoadedFile, 'hooks'> | undefined {
  const { interpreter, origin } = settings;
  const plugin = exportedBy(path, 'default', interpreter);
  if (!plugin) return undefined;
  const said = (name: string): Value | undefined =>
    exportedBy(path, name, interpreter) ?? (plugin.kind === 'function' ? plugin.properties?.get(name) : undefined);
  const isOff = said('autoload');
  if (isOff?.kind === 'literal' && isOff.value === false) return undefined;
  const given = settings.get('options');
  const options: ObjectValue = { kind: 'object', properties: new Map(), spread: [], origin };
  const config = said('autoConfig');
  if (config?.kind === 'object') interpreter.assignAll(options, config);
  if (given.kind !== 'undefined') interpreter.assignAll(options, given);
  const outer = (pathTextOf(interpreter.member(options, 'prefix', origin)) ?? '').replace(/\/$/, '');
  const auto = said('autoPrefix');
  const own = (auto && pathTextOf(auto)) ?? folderPrefix;
  const override = said('prefixOverride');
  const whole = (override && pathTextOf(override)) ?? outer + own.replace(/\/+/g, '/');
  const prefix = settings.is('routeParams') ? withParameters(whole) : whole;
  options.properties.set('prefix', { kind: 'literal', value: prefix, origin });
  return { plugin, options, encapsulates: settings.is('encapsulate', true) };
}

/** `replaceRouteParamPattern` of @fastify/autoload. */
function withParameters(prefix: string): string {
  return prefix.includes('__') ? prefix.replaceAll('__', ':') : prefix.replaceAll('/_', '/:');
}

/** A folder of the project; `join(import.meta.dirname, 'routes')` starts where it is written. */
function folderOf(value: Value): string | undefined {
  const text = textOf(value);
  if (text !== undefined) return text.replace(/^\.\//, '').replace(/\/$/, '');
  if (value.kind !== 'external' || !/^path(\/posix)?#(join|resolve)\(\)$/.test(value.path)) return undefined;
  return besideFile(value);
}

function besideFile({ call, origin }: ExternalValue): string | undefined {
  const [, ...rest] = call?.args ?? [];
  const names = rest.map(textOf);
  if (names.length === 0 || names.includes(undefined)) return undefined;
  const segments = origin.file.path.split('/').slice(0, -1);
  for (const segment of names.join('/').split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '.' && segment !== '') segments.push(segment);
  }
  return segments.join('/');
}
