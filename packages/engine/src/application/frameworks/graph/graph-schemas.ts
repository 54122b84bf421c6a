import {
  contextOfRequest,
  graphContext,
  graphLayering,
  graphLayeringPlugin,
  graphPlainPackages,
  graphSchema,
  graphServer,
} from '../../../catalog/frameworks/graphql.js';
import { typeGraphSchema } from '../../../catalog/frameworks/type-graphql.js';
import { limits } from '../../../limits.js';
import type { Interpreter } from '../../../program/interpreter.js';
import {
  externalValue,
  optionsOf,
  propertyOf,
  type ExternalValue,
  type Origin,
  type Value,
} from '../../../program/value.js';
import { nestedItems } from '../../nested-items.js';

/** A schema, with what was laid around it. */
interface LayeredSchema {
  /** The call whose options name the resolvers. */
  readonly made: ExternalValue;
  /** What stands in front of its operations, the outermost first. */
  readonly layers: readonly Value[];
  /** What makes another schema of it, and that nobody can look into. */
  readonly hidden?: ExternalValue;
}

/** A schema as a server gives it out. */
export interface ServedSchema extends LayeredSchema {
  /** What makes the context that resolvers are handed, where the server is told. */
  readonly context: Value | undefined;
  /** Whether that is handed the request itself. */
  readonly contextTakesRequest: boolean;
}

/** A call that makes a graph server, its schema or its context. */
export function isOfGraph(path: string): boolean {
  return isSchema(path) || graphServer.test(path) || graphLayering.test(path) || graphContext.test(path);
}

function isSchema(path: string): boolean {
  return graphSchema.test(path) || typeGraphSchema.test(path);
}

/** Schemas that the program makes, as they are served; those that no server is seen to serve as they are made. */
export function collectSchemas(startup: readonly ExternalValue[], interpreter: Interpreter): readonly ServedSchema[] {
  const calls = [...new Set(startup)];
  const found: ServedSchema[] = [];
  const reached = new Set<Value>();
  for (const server of calls.filter(({ path }) => graphServer.test(path))) {
    const options = server.call?.args[0];
    const context = contextOf(server, options, calls);
    const before = [...itemsOf(propertyOf(options, 'middlewares')), ...layersOfPlugins(options)];
    const schema = propertyOf(options, 'schema');
    const schemas = propertyOf(options, 'resolvers')
      ? [{ made: server, layers: [] }]
      : schema
        ? schemasIn(schema, reached, interpreter, 0)
        : [];
    for (const item of schemas) found.push({ ...item, ...context, layers: [...before, ...item.layers] });
  }
  const layered = calls.filter(({ path }) => graphLayering.test(path));
  const bare = calls.filter(({ path }) => isSchema(path));
  for (const call of [...layered.reverse(), ...bare])
    if (!reached.has(call))
      for (const item of schemasIn(call, reached, interpreter, 0))
        found.push({ ...item, context: undefined, contextTakesRequest: false });
  return found;
}

/** What a function makes of a schema that it is handed: `transformSchema` of Nest. */
export function schemasBehind(transform: Value, interpreter: Interpreter, origin: Origin): readonly LayeredSchema[] {
  const given = externalValue('@graphql-tools/schema#makeExecutableSchema()', origin, undefined, {
    args: [],
    construct: false,
  });
  const { value } = interpreter.follow(transform, { kind: 'undefined' }, [given], origin, []);
  return schemasIn(value, new Set(), interpreter, 0);
}

/** `startStandaloneServer(server, { context })`, or an option of the server. */
function contextOf(
  server: ExternalValue,
  options: Value | undefined,
  calls: readonly ExternalValue[],
): Pick<ServedSchema, 'context' | 'contextTakesRequest'> {
  const own = propertyOf(options, 'context');
  if (own) return { context: own, contextTakesRequest: false };
  for (const { path, call } of calls) {
    if (!graphContext.test(path) || call?.args[0] !== server) continue;
    const context = call.args.map((arg) => propertyOf(arg, 'context')).find(Boolean);
    if (context) return { context, contextTakesRequest: contextOfRequest.test(path) };
  }
  return { context: undefined, contextTakesRequest: false };
}

function layersOfPlugins(options: Value | undefined): readonly Value[] {
  return itemsOf(propertyOf(options, 'plugins')).flatMap((plugin) =>
    plugin.kind === 'external' && plugin.path === graphLayeringPlugin ? itemsOf(plugin.call?.args[0]) : [],
  );
}

function itemsOf(value: Value | undefined): readonly Value[] {
  return value ? [...nestedItems(value)] : [];
}

/** The schemas that a value is, holds, or was made of. */
function schemasIn(
  given: Value,
  reached: Set<Value>,
  interpreter: Interpreter,
  depth: number,
): readonly LayeredSchema[] {
  if (depth > limits.routerDepth) return [];
  const inner = (value: Value | undefined): readonly LayeredSchema[] =>
    value ? schemasIn(value, reached, interpreter, depth + 1) : [];
  const value = interpreter.settled(given);
  switch (value.kind) {
    case 'union':
      return optionsOf(value).flatMap((option) => inner(option.value));
    case 'array':
      return [...nestedItems(value)].flatMap(inner);
    case 'object':
      return ['schema', 'schemas', 'subschemas'].flatMap((name) => inner(propertyOf(value, name)));
    case 'external': {
      const args = value.call?.args;
      // `applyMiddleware(schema, permissions).schema` is a schema as well.
      if (!args) return inner(value.receiver);
      reached.add(value);
      if (isSchema(value.path)) return [{ made: value, layers: [] }];
      if (graphLayering.test(value.path)) {
        const layers = args.slice(1).flatMap(itemsOf);
        return inner(args[0]).map((item) => ({ ...item, layers: [...layers, ...item.layers] }));
      }
      const isPlain = graphPlainPackages.has(value.path.slice(0, value.path.indexOf('#')));
      return args.flatMap(inner).map((item) => (isPlain ? item : { ...item, hidden: item.hidden ?? value }));
    }
    default:
      return [];
  }
}
