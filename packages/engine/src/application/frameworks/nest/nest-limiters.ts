import type { LimiterEntry } from '../../../catalog/library.js';
import { externalValue, propertyOf, type ExternalValue, type Value } from '../../../program/value.js';
import type { CatalogSemantics } from '../../catalog-semantics.js';
import { stateWith, type ChainState } from '../../chain.js';
import { placeOf } from '../../place-of.js';
import { countedBy, limiterAt } from '../../read-limiters.js';
import { lineageOf } from './nest-decorators.js';

/** The state behind a guard that limits, as it is or as a class that extends it; the same state where it does not. */
export function limitedBy(
  state: ChainState,
  guard: Value,
  handlerDecorators: readonly ExternalValue[],
  classDecorators: readonly ExternalValue[],
  semantics: CatalogSemantics,
): ChainState {
  const target = guard.kind === 'class' ? guard : guard.kind === 'object' ? guard.classOf : undefined;
  const base = target ? lineageOf(target).at(-1)?.superClass : guard;
  const entry = base?.kind === 'external' ? semantics.limiterOf(base) : undefined;
  if (base?.kind !== 'external' || !entry) return state;
  if (isSwitchedOff(entry, handlerDecorators) ?? isSwitchedOff(entry, classDecorators)) return state;
  if (!target) {
    const limiter = limiterAt(base, entry, semantics, (request) => [request]);
    return stateWith(state, { limiters: [...state.limiters, limiter] });
  }
  const { interpreter } = semantics;
  const origin = { file: target.file, span: target.facts };
  const instance = interpreter.singleton(target);
  const method = entry.keyMethod === undefined ? undefined : interpreter.methodOf(instance, entry.keyMethod);
  const key =
    method && interpreter.follow(method.value, instance, [externalValue('express#Request', origin)], origin, []);
  const limiter = {
    name: target.facts.name ?? 'guard',
    place: placeOf(origin),
    by: key ? countedBy(key.value, semantics, () => [], origin) : entry.by,
  };
  return stateWith(state, { limiters: [...state.limiters, limiter] });
}

/**
 * `@SkipThrottle()` is `@SkipThrottle({ default: true })`; other names switch off some limits, and leave others. Undefined
 * where nothing of the kind is written: what a handler says takes the place of what its class says.
 */
function isSwitchedOff({ skippedBy }: LimiterEntry, decorators: readonly ExternalValue[]): boolean | undefined {
  const decorator = decorators.find(({ path }) => path === skippedBy);
  if (!decorator) return undefined;
  const [names] = decorator.call?.args ?? [];
  if (!names || names.kind === 'undefined') return true;
  const own = propertyOf(names, 'default');
  return own?.kind === 'literal' && own.value === true;
}
