import { posix } from 'node:path';
import { flatRoutesPaths, routeConfigPackage } from '../../../catalog/frameworks/react-router.js';
import type { Interpreter } from '../../../program/interpreter.js';
import { pendingValue } from '../../../program/promise.js';
import {
  optionsOf,
  textOf,
  type ArrayValue,
  type ExternalValue,
  type NativeValue,
  type ObjectValue,
  type Origin,
  type Value,
} from '../../../program/value.js';
import { folderOf } from '../../folder-of.js';
import { readProperty } from '../../where-of.js';
import { flatRoutes, type FlatRoute } from './flat-routes.js';

/** A route as `routes.ts` names it. */
export interface ConfiguredRoute {
  /** Relative to the folder of the application. */
  readonly file: string;
  readonly path: string;
  readonly children: readonly ConfiguredRoute[];
}

/** The routes in the value that `routes.ts` exports. */
export function routesIn(value: Value | undefined, seen = new Set<Value>()): readonly ConfiguredRoute[] {
  const lists = value
    ? optionsOf(value).flatMap((option) => (option.value.kind === 'array' ? [option.value] : []))
    : [];
  return lists.flatMap((list) => {
    if (seen.has(list)) return [];
    seen.add(list);
    return list.items.flatMap((item) => {
      const file = textOf(readProperty(item, 'file'));
      if (file === undefined) return [];
      const path = textOf(readProperty(item, 'path')) ?? '';
      return [{ file, path, children: routesIn(readProperty(item, 'children'), seen) }];
    });
  });
}

/** What the functions that `routes.ts` is written with make: https://reactrouter.com/start/framework/routing */
export function configuredBy(call: ExternalValue, interpreter: Interpreter): Value | undefined {
  const { path, origin } = call;
  const args = call.call?.args ?? [];
  if (flatRoutesPaths.has(path)) {
    const folder = textOf(readProperty(args[0], 'rootDirectory')) ?? 'routes';
    return pendingValue({ value: routesOfFolder(folder, origin, interpreter), flow: interpreter.flow }, origin);
  }
  if (!path.startsWith(`${routeConfigPackage}#`)) return undefined;
  const name = path.slice(routeConfigPackage.length + 1, -2);
  if (name !== 'relative') return made(name, args, '', origin);
  // Told as `import.meta.dirname`, which is where it is called.
  const base = folderOf(origin.file.path);
  const helpers = ['route', 'index', 'layout', 'prefix'].map((helper): readonly [string, NativeValue] => [
    helper,
    { kind: 'native', name: helper, call: (given, at) => made(helper, given, base, at) ?? { kind: 'undefined' } },
  ]);
  return object(helpers, origin);
}

function made(name: string, args: readonly Value[], base: string, origin: Origin): Value | undefined {
  const [first, second] = args;
  const children = args.findLast((arg) => arg.kind === 'array');
  const below = children && ([['children', children]] as const);
  switch (name) {
    case 'route':
      return (
        second && object([...(first ? [['path', first] as const] : []), fileOf(second, base), ...(below ?? [])], origin)
      );
    case 'index':
      return first && object([['index', literal(true, origin)], fileOf(first, base)], origin);
    case 'layout':
      return first && object([fileOf(first, base), ...(below ?? [])], origin);
    case 'prefix':
      return first && second?.kind === 'array' ? prefixed(textOf(first) ?? '*', second, origin) : undefined;
    default:
      return undefined;
  }
}

/** A file below a folder of its own is told from the root of the project: `/app/team/members.ts`. */
function fileOf(file: Value, base: string): readonly [string, Value] {
  const text = textOf(file);
  const isRelative = base !== '' && text !== undefined && file.kind === 'literal';
  return ['file', isRelative ? literal(`/${posix.join(base, text)}`, file.origin) : file];
}

/** Layouts have no path of their own: what is below them gets it. */
function prefixed(prefix: string, list: ArrayValue, origin: Origin, seen = new Set<Value>()): Value {
  if (seen.has(list)) return list;
  seen.add(list);
  const changed = list.items.map((item): Value => {
    if (item.kind !== 'object') return item;
    const own = textOf(item.properties.get('path'));
    const children = item.properties.get('children');
    const properties = new Map(item.properties);
    if (own !== undefined || item.properties.has('index'))
      properties.set('path', literal([prefix, own].filter(Boolean).join('/'), origin));
    else if (children?.kind === 'array') properties.set('children', prefixed(prefix, children, origin, seen));
    return { ...item, properties };
  });
  return { ...list, items: changed };
}

function routesOfFolder(folder: string, origin: Origin, { files }: Interpreter): Value {
  const base = posix.join(folderOf(origin.file.path), folder);
  const inner = [...files.keys()].flatMap((file) => (file.startsWith(`${base}/`) ? [file.slice(base.length + 1)] : []));
  const listOf = (routes: readonly FlatRoute[]): ArrayValue => ({
    kind: 'array',
    items: routes.map(({ file, path, index, children }): Value => {
      const properties: (readonly [string, Value])[] = [
        ['file', literal(posix.join(folder, file), origin)],
        ['children', listOf(children)],
      ];
      if (path !== '') properties.push(['path', literal(path, origin)]);
      if (index) properties.push(['index', literal(true, origin)]);
      return object(properties, origin);
    }),
    open: false,
    origin,
  });
  return listOf(flatRoutes(inner));
}

function literal(value: string | boolean, origin: Origin): Value {
  return { kind: 'literal', value, origin };
}

function object(properties: Iterable<readonly [string, Value]>, origin: Origin): ObjectValue {
  return { kind: 'object', properties: new Map(properties), spread: [], origin };
}
