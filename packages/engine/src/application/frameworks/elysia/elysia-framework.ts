import { elysiaApplications } from '../../../catalog/frameworks/elysia.js';
import { fork } from '../../chain.js';
import { placeOf } from '../../place-of.js';
import { registrationPlace } from '../../registration-place.js';
import { withVisit } from '../../visit.js';
import type { FollowedProgram, FollowedRoute, Framework } from '../framework.js';
import { ElysiaRoutes } from './elysia-routes.js';
import { contextOf, ElysiaShape } from './elysia-shape.js';

/** Applications of Elysia that no other one uses. */
export class ElysiaFramework implements Framework {
  readonly packages = ['elysia'];
  readonly shape = new ElysiaShape();

  keeps(path: string): boolean {
    return elysiaApplications.has(path);
  }

  *routes({ interpreter, semantics }: FollowedProgram): Iterable<FollowedRoute> {
    const { registry } = this.shape;
    for (const root of registry.applications) {
      if (registry.isUsed(root)) continue;
      const routes = new ElysiaRoutes(interpreter, semantics, root.origin);
      for (const route of registry.routesOf(root)) {
        const { method, path, origin, handler, application } = route;
        const { state, visit } = routes.inFront(route);
        const request = fork(state.request);
        const place = registrationPlace(origin);
        const from = handler.kind === 'function' ? { file: handler.file, span: handler.facts } : origin;
        const outcome = withVisit(request, visit, () =>
          interpreter.follow(handler, { kind: 'undefined' }, [contextOf(request)], from, state.proofs),
        );
        yield {
          method,
          path,
          place,
          handler: handler.kind === 'function' ? placeOf(from) : place,
          router: placeOf(application.origin),
          framework: 'elysia',
          state: { ...state, request },
          outcome,
          answersByReturn: true,
        };
      }
    }
  }
}
