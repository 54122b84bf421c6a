import { limits } from '../../../limits.js';
import { trpcBuilding, trpcLazy, trpcMiddleware, trpcProcedure, trpcRouter } from '../../../catalog/frameworks/trpc.js';
import type { Interpreter } from '../../../program/interpreter.js';
import { optionsOf, type ExternalValue, type Value } from '../../../program/value.js';

/** A query, mutation or subscription under the name that it is called by. */
export interface Procedure {
  /** `orders.list` */
  readonly path: string;
  /** In the order in which they run. */
  readonly layers: readonly Value[];
  /** Schemas of its input. */
  readonly inputs: readonly Value[];
  /** What `meta` says of it, for middlewares that ask. */
  readonly meta: Value | undefined;
  readonly type: string;
  readonly resolver: Value;
  readonly call: ExternalValue;
}

function isRouter(value: Value): boolean {
  return value.kind === 'external' && value.call !== undefined && trpcRouter.test(value.path);
}

/** Routers that are part of no other one. */
export function findRootRouters(startup: readonly ExternalValue[]): readonly ExternalValue[] {
  const routers = [...new Set(startup.filter(isRouter))];
  const nested = new Set<Value>();
  for (const router of routers) for (const inner of partsOf(router)) collectRouters(inner, nested, 0);
  return routers.filter((router) => !nested.has(router));
}

function collectRouters(value: Value, into: Set<Value>, depth: number): void {
  if (depth > limits.routerDepth) return;
  for (const option of optionsOf(value)) {
    if (isRouter(option.value)) into.add(option.value);
    else if (option.value.kind === 'object')
      for (const inner of [...option.value.properties.values(), ...option.value.spread])
        collectRouters(inner, into, depth + 1);
  }
}

function partsOf(router: ExternalValue): readonly Value[] {
  return router.call?.args ?? [];
}

/** The procedures of a router, by their whole names. */
export function* collectProcedures(router: ExternalValue, interpreter: Interpreter): Iterable<Procedure> {
  for (const part of partsOf(router)) yield* proceduresIn(part, '', interpreter, 0);
}

function* proceduresIn(value: Value, name: string, interpreter: Interpreter, depth: number): Iterable<Procedure> {
  if (depth > limits.routerDepth) return;
  switch (value.kind) {
    case 'object':
      for (const [key, inner] of value.properties) {
        yield* proceduresIn(inner, name === '' ? key : `${name}.${key}`, interpreter, depth + 1);
      }
      // `router({ ...shared, own })`, and what `_def` of a router is spread for.
      for (const spread of value.spread) yield* proceduresIn(spread, name, interpreter, depth + 1);
      return;
    case 'union':
      for (const option of value.options) yield* proceduresIn(option.value, name, interpreter, depth + 1);
      return;
    case 'external':
      if (isRouter(value)) for (const part of partsOf(value)) yield* proceduresIn(part, name, interpreter, depth + 1);
      else if (value.path === trpcLazy) yield* lazyProcedures(value, name, interpreter, depth);
      else if (value.call && trpcProcedure.test(value.path)) yield procedureOf(value, name);
      return;
    default:
  }
}

/** `lazy(() => import('./orders'))`: the one router that the module exports, or what the function gives. */
function* lazyProcedures(
  { call, origin }: ExternalValue,
  name: string,
  interpreter: Interpreter,
  depth: number,
): Iterable<Procedure> {
  const load = call?.args[0];
  if (load?.kind !== 'function') return;
  const { value } = interpreter.follow(load, { kind: 'undefined' }, [], origin, []);
  const routers = new Set<Value>();
  collectRouters(value, routers, 0);
  for (const router of routers) yield* proceduresIn(router, name, interpreter, depth + 1);
}

function procedureOf(call: ExternalValue, path: string): Procedure {
  const steps: Steps = { layers: [], inputs: [], meta: undefined };
  collectSteps(call.receiver, steps, 0);
  const [, type = 'query'] = trpcProcedure.exec(call.path) ?? [];
  return { path, ...steps, type, resolver: call.call?.args[0] ?? { kind: 'unknown' }, call };
}

interface Steps {
  readonly layers: Value[];
  readonly inputs: Value[];
  meta: Value | undefined;
}

/** Walks back through a builder: what stands first runs first. */
function collectSteps(built: Value | undefined, steps: Steps, depth: number): void {
  if (built?.kind !== 'external' || depth > limits.builderSteps || !trpcBuilding.test(built.path)) return;
  if (!built.call) {
    // The method that was called leads on to what it was read from.
    if (built.receiver?.kind === 'external' && built.receiver.call) collectSteps(built.receiver, steps, depth + 1);
    return;
  }
  collectSteps(built.receiver, steps, depth + 1);
  const [argument] = built.call.args;
  if (!argument) return;
  const step = built.path.slice(built.path.lastIndexOf('.') + 1);
  if (step === 'use()' || step === 'unstable_use()') steps.layers.push(...middlewaresOf(argument, 0));
  else if (step === 'input()') steps.inputs.push(argument);
  else if (step === 'meta()') steps.meta = argument;
  else if (step === 'concat()' || step === 'unstable_concat()') collectSteps(argument, steps, depth + 1);
}

/** `t.middleware(first).unstable_pipe(second)` */
function middlewaresOf(value: Value, depth: number): readonly Value[] {
  if (value.kind !== 'external' || !value.call || !trpcMiddleware.test(value.path) || depth > limits.builderSteps)
    return [value];
  const before =
    value.receiver?.kind === 'external' && value.receiver.call && trpcMiddleware.test(value.receiver.path)
      ? middlewaresOf(value.receiver, depth + 1)
      : [];
  return [...before, ...value.call.args.slice(0, 1).flatMap((arg) => middlewaresOf(arg, depth + 1))];
}
