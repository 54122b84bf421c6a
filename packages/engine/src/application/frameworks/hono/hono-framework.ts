import { honoApplications } from '../../../catalog/frameworks/hono.js';
import type { Value } from '../../../program/value.js';
import { Chain, fork } from '../../chain.js';
import { placeOf } from '../../place-of.js';
import { registrationPlace } from '../../registration-place.js';
import type { FollowedProgram, FollowedRoute, Framework } from '../framework.js';
import { isStrict } from './hono-registry.js';
import { honoCalling, HonoRoutes } from './hono-routes.js';
import { contextOf, HonoShape } from './hono-shape.js';

/** Applications of Hono that no other one mounts. */
export class HonoFramework implements Framework {
  readonly packages = ['hono', 'hono/tiny', 'hono/quick', 'hono/factory', '@hono/zod-openapi'];
  readonly shape = new HonoShape();

  keeps(path: string): boolean {
    return honoApplications.has(path);
  }

  *routes({ interpreter, semantics }: FollowedProgram): Iterable<FollowedRoute> {
    const { registry } = this.shape;
    const roots = [...registry.applications].filter((application) => !registry.isMounted(application));
    for (const root of roots) {
      const chain = new Chain(interpreter, semantics, root.origin, honoCalling);
      const found = new HonoRoutes(chain, root.origin, isStrict(root)).collect(registry.registrationsOf(root));
      for (const { method, path, origin, handler, router, state } of found) {
        const request = fork(state.request);
        const place = registrationPlace(origin);
        const from = handler.kind === 'function' ? { file: handler.file, span: handler.facts } : origin;
        const next: Value = { kind: 'native', name: 'next', call: () => ({ kind: 'undefined' }) };
        const given = [contextOf(request), next];
        const outcome = interpreter.follow(handler, { kind: 'undefined' }, given, from, state.proofs);
        yield {
          method,
          path,
          place,
          handler: handler.kind === 'function' ? placeOf(from) : place,
          router,
          server: root,
          framework: 'hono',
          state: { ...state, request },
          outcome,
          answersByReturn: false,
        };
      }
    }
  }
}
