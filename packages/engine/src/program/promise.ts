import type { Flow } from './proof.js';
import { externalValue, Notes, type ExternalValue, type Origin, type Value } from './value.js';

/** What an asynchronous call comes to once somebody waits for it. */
export interface Settlement {
  readonly value: Value;
  /** What holds behind it; `undefined` where it always fails. */
  readonly flow: Flow | undefined;
}

const pendingPath = 'global#Promise()';
const settlements = new Notes<Settlement>();

/** A promise that nobody has waited for yet: truthy whatever it comes to, and its failure stops nobody. */
export function pendingValue(settlement: Settlement, origin: Origin): ExternalValue {
  const promise = externalValue(pendingPath, origin);
  settlements.set(promise, settlement);
  return promise;
}

export function findSettlement(value: Value): Settlement | undefined {
  return value.kind === 'external' && value.path === pendingPath ? settlements.get(value) : undefined;
}
