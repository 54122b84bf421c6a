import { hapiServers } from '../../../catalog/frameworks/hapi.js';
import { fork } from '../../chain.js';
import { placeOf } from '../../place-of.js';
import { withVisit } from '../../visit.js';
import type { FollowedProgram, FollowedRoute, Framework } from '../framework.js';
import { named, toolkitOf } from './hapi-calling.js';
import { HapiRoutes } from './hapi-routes.js';
import { HapiShape } from './hapi-shape.js';

/** Servers of hapi 20 and 21 with their plugins. */
export class HapiFramework implements Framework {
  readonly packages = ['@hapi/hapi'];
  readonly shape = new HapiShape();

  keeps(path: string): boolean {
    return hapiServers.has(path);
  }

  *routes({ interpreter, semantics }: FollowedProgram): Iterable<FollowedRoute> {
    for (const core of this.shape.cores) {
      for (const { method, path, origin, handler, state, visit } of new HapiRoutes(
        interpreter,
        semantics,
        core,
      ).collect()) {
        const request = named(fork(state.request));
        const from = handler.kind === 'function' ? { file: handler.file, span: handler.facts } : origin;
        const given = [request, toolkitOf(request)];
        const outcome = withVisit(request, visit, () =>
          interpreter.follow(handler, { kind: 'undefined' }, given, from, state.proofs),
        );
        yield {
          method,
          path,
          place: placeOf(origin),
          handler: placeOf(from),
          router: placeOf(core.origin),
          framework: 'hapi',
          state: { ...state, request },
          outcome,
          answersByReturn: true,
        };
      }
    }
  }
}
