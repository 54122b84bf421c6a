import { posix } from 'node:path';
import { reactRouterBuilder, remixBuilder } from '../../../catalog/frameworks/react-router.js';
import type { FileFacts } from '../../../facts/file-facts.js';
import type { Interpreter } from '../../../program/interpreter.js';
import { withProofs, type Flow } from '../../../program/proof.js';
import {
  externalValue,
  optionsOf,
  textOf,
  undefinedValue,
  unknownValue,
  type NativeValue,
  type Origin,
  type Value,
} from '../../../program/value.js';
import type { CatalogSemantics } from '../../catalog-semantics.js';
import { Chain, fork, type Calling, type ChainState } from '../../chain.js';
import { placeOf } from '../../place-of.js';
import type { Guard } from '../../route.js';
import type { Visit } from '../../visit.js';
import { readProperty } from '../../where-of.js';
import { exportedBy, originOf, placeOfExport, wholeOf } from '../exported-values.js';
import type { FollowedProgram, FollowedRoute, Framework } from '../framework.js';
import { followAction } from './action-methods.js';
import { flatRoutes, type FlatRoute } from './flat-routes.js';
import { middlewareRun, type MiddlewareExport, type MiddlewareRun } from './middleware-run.js';
import { ReactRouterShape, routeArguments, type RouteArguments } from './react-router-shape.js';
import { routesIn, type ConfiguredRoute } from './route-config.js';

/** A module of a route, with those around it, the outermost first. */
interface RouteModule {
  readonly facts: FileFacts;
  /** The whole path, `/users/:id`. */
  readonly path: string;
  readonly around: readonly FileFacts[];
}

interface ExportedMiddlewares extends MiddlewareRun {
  readonly name: MiddlewareExport;
}

const middlewareExports: readonly MiddlewareExport[] = ['middleware', 'unstable_middleware'];

/** Loaders and actions of the modules that the files or `routes.ts` of an application name, in React Router 7 and 8 and Remix 2. */
export class ReactRouterFramework implements Framework {
  // An application in the browser imports the same packages and has no server.
  readonly packages = [];
  readonly shape = new ReactRouterShape();

  keeps(): boolean {
    return false;
  }

  *routes(program: FollowedProgram): Iterable<FollowedRoute> {
    for (const { directory, dependencies } of program.packages)
      if (dependencies.has(reactRouterBuilder) || dependencies.has(remixBuilder))
        yield* ofApplication(directory, dependencies.get(reactRouterBuilder), program);
  }
}

function* ofApplication(
  directory: string,
  range: string | undefined,
  program: FollowedProgram,
): Iterable<FollowedRoute> {
  const { interpreter, semantics } = program;
  const file = findModule(directory, 'react-router.config', interpreter);
  const config = file && (exportedBy(file.path, 'default', interpreter) ?? unknownValue);
  const app = posix.join(directory, textOf(readProperty(config, 'appDirectory')) ?? 'app');
  const root = findModule(app, 'root', interpreter);
  const modules = [...modulesOf(app, root, interpreter)];
  if (root) modules.unshift({ facts: root, path: '/', around: [] });
  let chain: Chain | undefined;
  const runs = middlewareExports.map((name) => ({ name, ...middlewareRun(name, range, config) }));
  for (const module of modules) {
    chain ??= new Chain(interpreter, semantics, wholeOf(module.facts), middlewareCalling(semantics));
    yield* routesOf(module, chain, runs, program);
  }
}

function* modulesOf(app: string, root: FileFacts | undefined, interpreter: Interpreter): Iterable<RouteModule> {
  const config = findModule(app, 'routes', interpreter);
  const configured = exportedBy(config?.path, 'default', interpreter);
  const top = configured ? routesIn(interpreter.settled(configured)) : flatRoutesOf(app, interpreter);
  yield* modulesAmong(top, app, '', root ? [root] : [], interpreter);
}

function* modulesAmong(
  routes: readonly ConfiguredRoute[],
  app: string,
  base: string,
  around: readonly FileFacts[],
  interpreter: Interpreter,
): Iterable<RouteModule> {
  for (const { file, path, children } of routes) {
    const whole = [base, path.replace(/^\/|\/$/g, '')].filter(Boolean).join('/');
    const facts = fileAt(file.startsWith('/') ? file.slice(1) : posix.join(app, file), interpreter);
    if (facts) yield { facts, path: `/${whole}`, around };
    yield* modulesAmong(children, app, whole, facts ? [...around, facts] : around, interpreter);
  }
}

function flatRoutesOf(app: string, { files }: Interpreter): readonly ConfiguredRoute[] {
  const base = `${app}/routes/`;
  const inner = [...files.keys()].flatMap((file) => (file.startsWith(base) ? [file.slice(base.length)] : []));
  const configured = (routes: readonly FlatRoute[]): readonly ConfiguredRoute[] =>
    routes.map(({ file, path, children }) => ({ file: `routes/${file}`, path, children: configured(children) }));
  return configured(flatRoutes(inner));
}

function* routesOf(
  { facts, path, around }: RouteModule,
  chain: Chain,
  runs: readonly ExportedMiddlewares[],
  { interpreter, semantics }: FollowedProgram,
): Iterable<FollowedRoute> {
  // Where no middlewares are run, there is no context that they write to.
  const hasContext = runs.some((exported) => exported.runs !== false);
  const common = { path, router: placeOf(wholeOf(facts)), framework: 'react-router', answersByReturn: true };
  const stateFor = (method: string): ChainState => {
    const visit: Visit = { method, path, base: '', asSent: 'path and url' };
    let state = chain.start;
    for (const file of [...around, facts])
      for (const exported of runs) {
        const layer = exportedBy(file.path, exported.name, interpreter);
        if (layer) state = behind(chain, state, layer, exported, visit);
      }
    return state;
  };
  const args: RouteArguments = (request) => routeArguments(request, path, hasContext);
  const handlerOf = (name: string): { value: Value; site: Origin; handler: Origin } | undefined => {
    const value = exportedBy(facts.path, name, interpreter);
    if (!value) return undefined;
    const site = placeOfExport(facts, name) ?? wholeOf(facts);
    return { value, site, handler: originOf(value, facts) ?? site };
  };
  const loader = handlerOf('loader');
  if (loader) {
    const { site, handler } = loader;
    const state = stateFor('GET');
    const request = fork(state.request);
    const outcome = interpreter.follow(loader.value, undefinedValue, [args(request)], site, state.proofs);
    const places = { place: placeOf(site), handler: placeOf(handler) };
    yield { ...common, ...places, method: 'GET', state: { ...state, request }, outcome };
  }
  const action = handlerOf('action');
  if (action) {
    const { site, handler } = action;
    const state = stateFor('POST');
    const places = { place: placeOf(site), handler: placeOf(handler) };
    for (const { method, request, outcome } of followAction(action.value, args, state, site, interpreter, semantics))
      yield { ...common, ...places, method, state: { ...state, request }, outcome };
  }
}

/** The state behind what a module lists under `middleware`: https://reactrouter.com/how-to/middleware */
function behind(chain: Chain, state: ChainState, layer: Value, { runs, why }: MiddlewareRun, visit: Visit): ChainState {
  const passed = chain.after(state, layer, visit);
  if (runs === true) return passed;
  const guards = passed.guards.slice(state.guards.length).filter(({ verdict }) => verdict !== 'open');
  const told = guards.map(({ name, place }): Guard =>
    runs === false
      ? { name, place, verdict: 'open', why }
      : { name, place, verdict: 'unknown', why: 'runs where a flag that cannot be read is set' },
  );
  if (runs === 'unknown' && told.length === 0) return passed;
  return { ...state, guards: [...state.guards, ...told], unknown: state.unknown || runs === 'unknown' };
}

/** A middleware lets a request on by calling `next`, and by coming to its end without an answer: then it is called for it. */
function middlewareCalling(semantics: CatalogSemantics): Calling {
  return {
    handed: (request, _response, next) => [routeArguments(request), goingOn(next)],
    takesErrors: () => false,
    handedOn: ({ value, flow }) => {
      if (!flow) return [];
      return optionsOf(value)
        .filter((option) => !isAnswer(option.value, semantics))
        .map(({ proofs, settings = flow.settings, condition = flow.condition }): Flow => {
          const held = withProofs(flow, proofs);
          return { proofs: held.proofs, ...(settings ? { settings } : {}), ...(condition ? { condition } : {}) };
        });
    },
    goesOn: 'lets the request on',
  };
}

/** `next()` gives the answer of what stands behind. */
function goingOn(next: NativeValue): NativeValue {
  return {
    kind: 'native',
    name: 'next',
    call: (_, origin) => {
      next.call([], origin);
      return externalValue('global#Response()', origin, undefined, { args: [], construct: true });
    },
  };
}

function isAnswer(value: Value, { catalog }: CatalogSemantics): boolean {
  return value.kind === 'external' && value.call !== undefined && catalog.find(value.at)?.answers !== undefined;
}

const extensions: readonly string[] = ['ts', 'tsx', 'js', 'jsx', 'mts', 'mjs'];

function findModule(folder: string, name: string, { files }: Interpreter): FileFacts | undefined {
  for (const extension of extensions) {
    const facts = files.get(posix.join(folder, `${name}.${extension}`));
    if (facts) return facts;
  }
  return undefined;
}

function fileAt(path: string, interpreter: Interpreter): FileFacts | undefined {
  const folder = posix.dirname(path);
  return interpreter.files.get(path) ?? findModule(folder, posix.basename(path), interpreter);
}
