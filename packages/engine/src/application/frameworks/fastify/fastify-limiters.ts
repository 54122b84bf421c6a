import { optionsOf, type ExternalValue, type Value } from '../../../program/value.js';
import type { CatalogSemantics } from '../../catalog-semantics.js';
import type { ChainState } from '../../chain.js';
import { limiterAt } from '../../read-limiters.js';
import { withOuter, type FastifyContext } from './fastify-context.js';

/** The state of a route that plugins limit: those of its instance and of the instances above it. */
export function limitedByPlugins(
  state: ChainState,
  context: FastifyContext,
  route: ExternalValue,
  config: Value,
  semantics: CatalogSemantics,
): ChainState {
  const { interpreter } = semantics;
  let current = state;
  for (const outer of withOuter(context)) {
    for (const plugin of outer.plugins) {
      const entry = plugin.kind === 'external' ? semantics.limiterOf(plugin) : undefined;
      if (plugin.kind !== 'external' || !entry?.plugin) continue;
      const own = config.kind === 'undefined' ? config : interpreter.member(config, entry.plugin.ofRoute, route.origin);
      if (isFalse(own)) continue;
      const isSet = own.kind !== 'undefined';
      const options = plugin.call?.args[1];
      const isGlobal = !options || !isFalse(interpreter.member(options, entry.plugin.global, plugin.origin));
      // It is told of the routes that come behind it.
      const isBefore =
        outer === context &&
        route.origin.file === plugin.origin.file &&
        route.origin.span.start < plugin.origin.span.start;
      if (isBefore || (!isGlobal && !isSet)) continue;
      const settings = isSet ? optionsOf(own).find(({ value }) => value.kind === 'object')?.value : undefined;
      const limiter = limiterAt(plugin, entry, semantics, (request) => [request], settings);
      current = { ...current, limiters: [...current.limiters, limiter] };
    }
  }
  return current;
}

function isFalse(value: Value): boolean {
  return value.kind === 'literal' && value.value === false;
}
