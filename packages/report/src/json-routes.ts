import type { Route } from '@blastradius/engine';
import { orderRoutes } from './order-routes.js';
import { toJson } from './to-json.js';

/** The contract of `blastradius routes --format json`. */
export function jsonRoutes(routes: readonly Route[]): string {
  return toJson({
    schemaVersion: 1,
    routes: orderRoutes(routes).map((route) => ({
      method: route.method,
      path: route.path,
      file: route.place.file,
      line: route.place.line,
      handler: { file: route.handler.file, line: route.handler.line },
      framework: route.framework,
      application: route.application,
      authentication: route.authentication,
      authorization: [...route.authorization],
      guards: route.guards.map((guard) => ({
        name: guard.name,
        file: guard.place.file,
        line: guard.place.line,
        verdict: guard.verdict,
        // Left out where nothing is proved.
        proves: guard.proves,
        why: guard.why,
      })),
      listener: route.listener,
    })),
  });
}
