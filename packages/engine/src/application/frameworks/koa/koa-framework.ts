import { koaApplications, koaRouters } from '../../../catalog/frameworks/koa.js';
import type { ExternalValue, Value } from '../../../program/value.js';
import { Chain, fork } from '../../chain.js';
import { placeOf } from '../../place-of.js';
import { registrationPlace } from '../../registration-place.js';
import type { FollowedProgram, FollowedRoute, Framework } from '../framework.js';
import { koaCalling, KoaRoutes, type FoundRoute } from './koa-routes.js';
import { contextOf, KoaShape } from './koa-shape.js';

/** Routers of applications of Koa. */
export class KoaFramework implements Framework {
  readonly packages = ['koa', '@koa/router', 'koa-router'];
  readonly shape = new KoaShape();

  keeps(path: string): boolean {
    return koaApplications.has(path) || koaRouters.has(path);
  }

  *routes(program: FollowedProgram): Iterable<FollowedRoute> {
    const { startup, interpreter, semantics } = program;
    const { registry } = this.shape;
    const served = [...registry.applications].filter((application) => !registry.isNested(application));
    const follow = function* (found: Iterable<FoundRoute>, server: ExternalValue): Iterable<FollowedRoute> {
      for (const route of found) yield { ...followed(route, program), server };
    };
    const routesOf = (root: ExternalValue): KoaRoutes =>
      new KoaRoutes(new Chain(interpreter, semantics, root.origin, koaCalling), registry);
    for (const application of served) yield* follow(routesOf(application).ofApplication(application), application);
    if (served.length > 0) return;
    // A library of routers.
    const routers = [...new Set(startup)].filter((call) => koaRouters.has(call.path) && !registry.isNested(call));
    for (const router of routers) yield* follow(routesOf(router).ofRouter(router), router);
  }
}

function followed(found: FoundRoute, { interpreter }: FollowedProgram): FollowedRoute {
  const { method, path, origin, handler, router, state } = found;
  const request = fork(state.request);
  const place = registrationPlace(origin);
  const from = handler.kind === 'function' ? { file: handler.file, span: handler.facts } : origin;
  const next: Value = { kind: 'native', name: 'next', call: () => ({ kind: 'undefined' }) };
  const given = [contextOf(request), next];
  const outcome = interpreter.follow(handler, { kind: 'undefined' }, given, from, state.proofs);
  return {
    method,
    path,
    place,
    handler: handler.kind === 'function' ? placeOf(from) : place,
    router,
    framework: 'koa',
    state: { ...state, request },
    outcome,
    answersByReturn: false,
  };
}
