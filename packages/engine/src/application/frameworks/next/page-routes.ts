import type { Interpreter } from '../../../program/interpreter.js';
import type { ModuleRecord } from '../../../program/module-record.js';
import type { Origin } from '../../../program/value.js';
import type { CatalogSemantics } from '../../catalog-semantics.js';
import { Chain, fork, type ChainState } from '../../chain.js';
import { placeOf } from '../../place-of.js';
import { exportedBy, originOf, placeOfExport, wholeOf } from '../exported-values.js';
import type { FollowedProgram, FollowedRoute } from '../framework.js';
import type { NextMiddleware } from './next-middleware.js';
import { methodsOf } from './page-methods.js';

/** What a module answers whose default export is handed a request and a response. */
export function* pageRoutes(
  path: string,
  { facts }: ModuleRecord,
  { interpreter, semantics }: Pick<FollowedProgram, 'interpreter' | 'semantics'>,
  framework: string,
  middleware?: NextMiddleware,
): Iterable<FollowedRoute> {
  const handler = exportedBy(facts.path, 'default', interpreter);
  if (!handler) return;
  const site = originOf(handler, facts) ?? placeOfExport(facts, 'default') ?? wholeOf(facts);
  const { start } = new Chain(interpreter, semantics, site);
  for (const method of methodsOf(handler, start, site, interpreter, semantics)) {
    const state = startState(site, middleware, method, path, interpreter, semantics);
    const request = fork(state.request);
    const response = fork(state.response);
    if (method !== 'ALL') request.properties.set('method', { kind: 'literal', value: method, origin: site });
    yield {
      method,
      path,
      place: placeOf(site),
      handler: placeOf(site),
      router: placeOf(wholeOf(facts)),
      framework,
      state: { ...state, request, response },
      outcome: interpreter.follow(handler, { kind: 'undefined' }, [request, response], site, state.proofs),
      answersByReturn: false,
    };
  }
}

/** A request behind what stands in front of all handlers. */
export function startState(
  site: Origin,
  middleware: NextMiddleware | undefined,
  method: string,
  path: string,
  interpreter: Interpreter,
  semantics: CatalogSemantics,
): ChainState {
  const { start } = new Chain(interpreter, semantics, site);
  return middleware ? middleware.after(start, method, path) : start;
}
