import type { Interpreter } from '../../../program/interpreter.js';
import { propertyOf, type Origin, type Value } from '../../../program/value.js';
import type { CatalogSemantics } from '../../catalog-semantics.js';
import type { ChainState } from '../../chain.js';
import { withContext } from '../graph/graph-context.js';
import { GraphLayers } from '../graph/graph-layers.js';
import { schemasBehind } from '../graph/graph-schemas.js';

/**
 * The state behind what `transformSchema` lays in front of an operation; guards run behind it, where the resolver is called:
 * https://docs.nestjs.com/graphql/quick-start
 *
 * @param graphs The options of each graph of the application.
 */
export function behindSchema(
  start: ChainState,
  graphs: readonly Value[],
  method: string,
  name: string,
  interpreter: Interpreter,
  semantics: CatalogSemantics,
): ChainState {
  const transforms = graphs.flatMap((options) => propertyOf(options, 'transformSchema') ?? []);
  const [transform] = transforms;
  if (!transform) return start;
  const { origin }: { readonly origin: Origin } = start.request;
  const layers = new GraphLayers(interpreter, semantics, origin);
  const [schema] = graphs.length === 1 ? schemasBehind(transform, interpreter, origin) : [];
  if (!schema) return layers.behindUnknown(start, transform);
  const context = propertyOf(graphs[0], 'context');
  let state = withContext(start, { context, contextTakesRequest: false }, interpreter);
  if (schema.hidden) state = layers.behindUnknown(state, schema.hidden);
  for (const layer of schema.layers) state = layers.behindMiddleware(state, layer, method, name, undefined);
  return state;
}
