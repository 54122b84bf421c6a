import { medusaPackages } from '../../../catalog/frameworks/medusa.js';
import type { Place } from '../../../finding/place.js';
import { externalValue, memberOf, optionsOf, propertyOf, textOf, type Value } from '../../../program/value.js';
import { accepted, Chain, fork, type ChainState } from '../../chain.js';
import { nestedItems } from '../../nested-items.js';
import { placeOf } from '../../place-of.js';
import { writtenPaths } from '../../written-paths.js';
import { originOf, placeOfExport, wholeOf } from '../exported-values.js';
import { segmentsOf } from '../route-paths.js';
import type { FollowedProgram, FollowedRoute, Framework } from '../framework.js';
import { medusaFiles, type MedusaFiles } from './medusa-files.js';

/** Exports of a `route.ts` that answer. */
const verbs: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** What stands in front of the routes whose path and method it covers. */
interface Layer {
  readonly matcher: readonly string[];
  readonly methods: readonly string[];
  readonly middlewares: readonly Value[];
}

/** The layers of a file, and whether they are all of them. */
interface Layers {
  readonly layers: readonly Layer[];
  readonly isWhole: boolean;
}

/** Routes of Medusa 2, each where its file lies: https://docs.medusajs.com/learn/fundamentals/api-routes */
export const medusaFramework: Framework = {
  packages: [],

  keeps: () => false,

  *routes(program: FollowedProgram): Iterable<FollowedRoute> {
    for (const files of medusaFiles([...program.interpreter.files.keys()], program.packages))
      yield* routesOf(files, program);
  },
};

function* routesOf({ routes, middlewares }: MedusaFiles, program: FollowedProgram): Iterable<FollowedRoute> {
  const { interpreter, semantics } = program;
  const { layers, isWhole } =
    middlewares === undefined ? { layers: [], isWhole: true } : layersOf(middlewares, program);
  let chain: Chain | undefined;
  for (const { file, path } of routes) {
    const record = interpreter.module(file);
    if (!record) continue;
    const whole = wholeOf(record.facts);
    chain ??= new Chain(interpreter, semantics, whole);
    const asks = interpreter.exported(record, 'AUTHENTICATE');
    const isOpenOnPurpose = asks?.kind === 'literal' && asks.value === false;
    const entered = isOpenOnPurpose ? chain.start : behindDefaults(chain.start, path, placeOf(whole));
    for (const method of verbs) {
      const handler = interpreter.exported(record, method);
      if (!handler || handler.kind === 'undefined') continue;
      const site = placeOfExport(record.facts, method) ?? whole;
      let state = isWhole || entered.proofs.length > 0 ? entered : { ...entered, unknown: true };
      for (const layer of layers)
        if (isMet(layer, method, path))
          for (const value of layer.middlewares)
            state = chain.after(state, value, { method, path, base: '', inRoute: true });
      const request = fork(state.request);
      request.properties.set('validatedBody', memberOf(request, 'body'));
      request.properties.set('validatedQuery', memberOf(request, 'query'));
      const response = fork(state.response);
      yield {
        method,
        path,
        place: placeOf(site),
        handler: placeOf(originOf(handler, record.facts) ?? site),
        router: placeOf(whole),
        framework: 'medusa',
        state: { ...state, request, response },
        outcome: interpreter.follow(handler, { kind: 'undefined' }, [request, response], site, state.proofs),
        answersByReturn: false,
      };
    }
  }
}

/** Below `/admin` a user has to be logged in, below `/store` a customer may be. */
function behindDefaults(start: ChainState, path: string, place: Place): ChainState {
  const [area] = segmentsOf(path);
  const origin = start.request.origin;
  if (area === 'admin') {
    const state = accepted(start, 'authenticate', place, [{ kind: 'token', origin, by: 'authenticate' }]);
    const request = fork(state.request);
    request.properties.set('auth_context', externalValue('express#Request.user', origin));
    return { ...state, request };
  }
  return area === 'store' ? { ...start, optional: true } : start;
}

/** `export default defineMiddlewares({ routes: [{ matcher, method, middlewares }] })` */
function layersOf(file: string, { interpreter }: FollowedProgram): Layers {
  const record = interpreter.module(file);
  const made = record && interpreter.exported(record, 'default');
  const isDefined =
    made?.kind === 'external' && medusaPackages.some((name) => made.path === `${name}#defineMiddlewares()`);
  const config = isDefined ? made.call?.args[0] : made;
  const routes = config && (propertyOf(config, 'routes') ?? config);
  const layers = [...(routes ? nestedItems(routes) : [])].flatMap((route): Layer[] => {
    const matcher = textOf(propertyOf(route, 'matcher'));
    const middlewares = propertyOf(route, 'middlewares');
    if (matcher === undefined || !middlewares) return [];
    const named = propertyOf(route, 'method') ?? propertyOf(route, 'methods');
    const methods = named
      ? [...nestedItems(named)].flatMap((item) => optionsOf(item).flatMap(({ value }) => textOf(value) ?? []))
      : [];
    return [{ matcher: writtenPaths(matcher), methods, middlewares: [...nestedItems(middlewares)] }];
  });
  return { layers, isWhole: routes?.kind === 'array' && !routes.open };
}

function isMet({ matcher, methods }: Layer, method: string, path: string): boolean {
  const isUse = methods.length === 0 || methods.includes('USE');
  if (!isUse && !methods.includes(method) && !methods.includes('ALL')) return false;
  const segments = segmentsOf(path);
  return matcher.some((written) => covers(segmentsOf(written), segments, isUse));
}

/** As Express 4 matches: a star stands for any letters, so that `/admin*` is in front of all that begins so. */
function covers(matcher: readonly string[], path: readonly string[], isUse: boolean): boolean {
  for (const [index, segment] of matcher.entries()) {
    const [begin = '', ...rest] = segment.split('*');
    const own = path[index];
    if (rest.length > 0) return own?.startsWith(begin) === true;
    if (own === undefined || (segment !== own && !segment.startsWith(':'))) return false;
  }
  return isUse || matcher.length === path.length;
}
