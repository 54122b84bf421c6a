import type { Interpreter } from '../../../program/interpreter.js';
import type { ModuleRecord } from '../../../program/module-record.js';
import type { Origin } from '../../../program/value.js';
import type { CatalogSemantics } from '../../catalog-semantics.js';
import { Chain, type ChainState } from '../../chain.js';
import { placeOf } from '../../place-of.js';
import { beforeHandler } from '../../unread-handler.js';
import { exportedBy, originOf, placeOfExport, wholeOf } from '../exported-values.js';
import type { FollowedProgram, FollowedRoute } from '../framework.js';
import type { NextMiddleware } from './next-middleware.js';
import { attemptWith, methodsOf } from './page-methods.js';

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
  for (const [method, tried] of methodsOf(handler, start, site, interpreter, semantics)) {
    const state = middleware ? middleware.after(start, method, path) : start;
    // Behind nothing, the handler does what it did when it was asked for its methods.
    const { request, response, outcome } =
      tried && state === start ? tried : attemptWith(method, handler, state, site, interpreter);
    yield {
      method,
      path,
      place: placeOf(site),
      handler: placeOf(site),
      router: placeOf(wholeOf(facts)),
      framework,
      state: { ...beforeHandler(state, handler, semantics), request, response },
      outcome,
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
