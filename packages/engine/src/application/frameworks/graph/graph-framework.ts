import type { Origin } from '../../../program/value.js';
import { Chain } from '../../chain.js';
import { placeOf } from '../../place-of.js';
import type { FollowedProgram, FollowedRoute, Framework } from '../framework.js';
import { withContext } from './graph-context.js';
import { GraphLayers } from './graph-layers.js';
import { collectOperations } from './graph-operations.js';
import { collectSchemas, isOfGraph } from './graph-schemas.js';
import { readTypes } from './graph-types.js';

/** Operations of graph servers: their resolvers stand in maps, or are methods of classes. */
export const graphFramework: Framework = {
  packages: ['type-graphql'],

  keeps: isOfGraph,

  *routes(program: FollowedProgram): Iterable<FollowedRoute> {
    const { startup, interpreter, semantics } = program;
    for (const served of collectSchemas(startup, interpreter)) {
      const origin: Origin = served.made.origin;
      const layers = new GraphLayers(interpreter, semantics, origin);
      const types = served.layers.length > 0 ? readTypes(served.made) : undefined;
      for (const operation of collectOperations(served.made, interpreter)) {
        const { method, name } = operation;
        const start = new Chain(interpreter, semantics, operation.origin).start;
        let state = withContext(start, served, interpreter);
        if (served.hidden) state = layers.behindUnknown(state, served.hidden);
        for (const layer of served.layers) state = layers.behindMiddleware(state, layer, method, name, types);
        if (operation.behind) state = operation.behind(state, layers);
        yield {
          method,
          path: name,
          place: placeOf(operation.origin),
          handler: placeOf(operation.handler),
          router: placeOf(operation.router),
          framework: 'graphql',
          state,
          outcome: operation.follow(state),
          answersByReturn: true,
        };
      }
    }
  },
};
