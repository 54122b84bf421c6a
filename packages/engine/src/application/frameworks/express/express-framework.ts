import { expressRouters } from '../../../catalog/frameworks/express.js';
import { isNestFactory } from '../../../catalog/frameworks/nestjs.js';
import { neutralPackages } from '../../../catalog/neutral/middlewares.js';
import type { Value } from '../../../program/value.js';
import { Chain, fork, stateWith } from '../../chain.js';
import { placeOf } from '../../place-of.js';
import { isAnswered } from '../../reach.js';
import type { FollowedProgram, FollowedRoute, Framework } from '../framework.js';
import { collectExpressRoutes, findExpressRoots, type FoundRoute } from './express-routes.js';
import { serverBelow } from './server-below-nest.js';

/** Stacks of layers, and those that stand below an application of NestJS. */
export const expressFramework: Framework = {
  packages: ['express'],

  keeps: (path) => expressRouters.has(path),

  *routes(program: FollowedProgram): Iterable<FollowedRoute> {
    const { startup, interpreter, semantics } = program;
    const below = startup.filter((call) => isNestFactory(call.path)).map(serverBelow);
    for (const root of [...findExpressRoots(startup), ...below]) {
      if (!root) continue;
      const chain = new Chain(interpreter, semantics, root.origin);
      for (const found of collectExpressRoutes(root, chain)) {
        if (answersPreflight(found)) continue;
        const { method, path, place, handler, router } = found;
        const request = fork(found.state.request);
        const response = fork(found.state.response);
        const origin = handler.kind === 'function' ? { file: handler.file, span: handler.facts } : root.origin;
        const next: Value = { kind: 'native', name: 'next', call: () => ({ kind: 'undefined' }) };
        const { proofs } = found.state;
        const outcome = interpreter.follow(handler, { kind: 'undefined' }, [request, response, next], origin, proofs);
        if (found.isMounted && !isAnswered(outcome, semantics)) continue;
        yield {
          method,
          path,
          place,
          handler: handler.kind === 'function' ? placeOf(origin) : place,
          router,
          server: root,
          framework: 'express',
          state: stateWith(found.state, { request, response }),
          outcome,
          answersByReturn: false,
        };
      }
    }
  },
};

/** `app.options('*', cors())` answers by itself and reaches nothing of the project. */
function answersPreflight({ method, handler }: FoundRoute): boolean {
  return (
    method === 'OPTIONS' &&
    handler.kind === 'external' &&
    neutralPackages.has(handler.path.slice(0, handler.path.indexOf('#')))
  );
}
