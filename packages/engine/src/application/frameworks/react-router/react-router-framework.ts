import { posix } from 'node:path';
import { reactRouterBuilders } from '../../../catalog/frameworks/react-router.js';
import type { FileFacts } from '../../../facts/file-facts.js';
import type { Interpreter } from '../../../program/interpreter.js';
import { withProofs, type Flow } from '../../../program/proof.js';
import {
  externalValue,
  optionsOf,
  textOf,
  undefinedValue,
  type NativeValue,
  type Origin,
  type Value,
} from '../../../program/value.js';
import type { CatalogSemantics } from '../../catalog-semantics.js';
import { Chain, fork, type Calling, type ChainState } from '../../chain.js';
import { placeOf } from '../../place-of.js';
import type { Visit } from '../../visit.js';
import { readProperty } from '../../where-of.js';
import { exportedBy, originOf, placeOfExport, wholeOf } from '../exported-values.js';
import type { FollowedProgram, FollowedRoute, Framework } from '../framework.js';
import { followAction } from './action-methods.js';
import { flatRoutes, type FlatRoute } from './flat-routes.js';
import { ReactRouterShape, routeArguments } from './react-router-shape.js';
import { routesIn, type ConfiguredRoute } from './route-config.js';

/** A module of a route, with those around it, the outermost first. */
interface RouteModule {
  readonly facts: FileFacts;
  /** The whole path, `/users/:id`. */
  readonly path: string;
  readonly around: readonly FileFacts[];
}

/** Loaders and actions of the modules that the files or `routes.ts` of an application name, in React Router 7 and Remix 2. */
export class ReactRouterFramework implements Framework {
  // An application in the browser imports the same packages and has no server.
  readonly packages = [];
  readonly shape = new ReactRouterShape();

  keeps(): boolean {
    return false;
  }

  *routes(program: FollowedProgram): Iterable<FollowedRoute> {
    for (const { directory, dependencies } of program.packages)
      if (reactRouterBuilders.some((name) => dependencies.has(name))) yield* ofApplication(directory, program);
  }
}

function* ofApplication(directory: string, program: FollowedProgram): Iterable<FollowedRoute> {
  const { interpreter, semantics } = program;
  const config = exportedBy(findModule(directory, 'react-router.config', interpreter)?.path, 'default', interpreter);
  const app = posix.join(directory, textOf(readProperty(config, 'appDirectory')) ?? 'app');
  const root = findModule(app, 'root', interpreter);
  const modules = [...modulesOf(app, root, interpreter)];
  if (root) modules.unshift({ facts: root, path: '/', around: [] });
  let chain: Chain | undefined;
  const asksMiddlewares = runsMiddlewares(config);
  for (const module of modules) {
    chain ??= new Chain(interpreter, semantics, wholeOf(module.facts), middlewareCalling(semantics));
    yield* routesOf(module, chain, asksMiddlewares, program);
  }
}

/** Version 7 runs them behind a flag, version 8 always: https://reactrouter.com/upgrading/future */
function runsMiddlewares(config: Value | undefined): boolean {
  const future = readProperty(config, 'future');
  const flag = readProperty(future, 'v8_middleware') ?? readProperty(future, 'unstable_middleware');
  return !(flag?.kind === 'literal' && flag.value === false);
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
  asksMiddlewares: boolean,
  { interpreter, semantics }: FollowedProgram,
): Iterable<FollowedRoute> {
  const common = { path, router: placeOf(wholeOf(facts)), framework: 'react-router', answersByReturn: true };
  const stateFor = (method: string): ChainState => {
    const layers = asksMiddlewares ? [...around, facts].flatMap((file) => middlewaresOf(file, interpreter)) : [];
    const visit: Visit = { method, path, base: '' };
    return layers.reduce((state, layer) => chain.after(state, layer, visit), chain.start);
  };
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
    const outcome = interpreter.follow(
      loader.value,
      undefinedValue,
      [routeArguments(request, path)],
      site,
      state.proofs,
    );
    const places = { place: placeOf(site), handler: placeOf(handler) };
    yield { ...common, ...places, method: 'GET', state: { ...state, request }, outcome };
  }
  const action = handlerOf('action');
  if (action) {
    const { site, handler } = action;
    const state = stateFor('POST');
    const places = { place: placeOf(site), handler: placeOf(handler) };
    for (const { method, request, outcome } of followAction(action.value, path, state, site, interpreter, semantics))
      yield { ...common, ...places, method, state: { ...state, request }, outcome };
  }
}

/** What a module lists under `middleware`: https://reactrouter.com/how-to/middleware */
function middlewaresOf(facts: FileFacts, interpreter: Interpreter): readonly Value[] {
  const value =
    exportedBy(facts.path, 'middleware', interpreter) ?? exportedBy(facts.path, 'unstable_middleware', interpreter);
  return value ? [value] : [];
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
