import { isWithin, type Condition } from '../program/condition.js';
import type { Event } from '../program/semantics.js';
import type { ExternalValue, Value } from '../program/value.js';
import type { Access } from './access.js';
import { mentionsCaller } from './caller.js';
import type { CatalogSemantics } from './catalog-semantics.js';
import type { ChainState } from './chain.js';
import { valuesWithin } from './contains.js';
import { inputOf } from './input-of.js';

/** Something that is kept of a request for later: a new record, a line of a log, an event that somebody may keep. */
export interface Trace {
  /** The tests under which it is kept. */
  readonly condition: Condition | undefined;
}

/** Columns of an account that say when it was used, or what it was given: less than a log, and more than nothing. */
const kept = /last|login|sign(ed)?_?in|seen|token|session|jti|audit|history|(^|_)log/i;

/** What the chain and the handler keep of a request. */
export function tracesOf(
  state: ChainState,
  events: readonly Event[],
  changes: readonly { readonly event: Event; readonly access: Access }[],
  semantics: CatalogSemantics,
): readonly Trace[] {
  const isKept = ({ operation, values, filledBy }: Access): boolean =>
    operation === 'create' ||
    (operation === 'write' &&
      filledBy === undefined &&
      (values.length === 0 || values.some(({ column }) => kept.test(column ?? ''))));
  return [
    // What a layer keeps is kept of every request that gets past it.
    ...state.records.filter((event) => isRecord(event, semantics, isOfCaller)).map(() => ({ condition: undefined })),
    ...events.filter((event) => isRecord(event, semantics, saysSomething)),
    ...changes.filter(({ access }) => isKept(access)).map(({ event }) => event),
    // What a strategy keeps of whoever it lets in is not followed.
    ...(state.proofs.some(({ guessable }) => guessable) ? [{ condition: undefined }] : []),
    ...events.filter(({ call: { receiver } }) => receiver?.kind === 'external' && isStrategy(receiver, semantics)),
  ].map(({ condition }) => ({ condition }));
}

/** `passport.authenticate('local', …)`, whose strategy checks the password. */
function isStrategy(guard: ExternalValue, semantics: CatalogSemantics): boolean {
  return semantics.provedByGuard(guard)?.guessable === true;
}

type Says = (value: Value, semantics: CatalogSemantics) => boolean;

function isRecord({ call }: Event, semantics: CatalogSemantics, says: Says): boolean {
  const records = semantics.recordsOf(call);
  if (records !== 'line') return records !== undefined || semantics.catalog.find(call.at)?.data?.operation === 'create';
  return (call.call?.args ?? []).some((arg) => says(arg, semantics));
}

/** Whether it names the caller, or an account that the caller has named: an access log does not. */
function isOfCaller(value: Value, semantics: CatalogSemantics): boolean {
  return mentionsCaller(value, semantics) || /^(body|args)\b/.test(inputOf(value, semantics.catalog) ?? '');
}

/** Whether it says more than what is written down in the program and what went wrong. */
function saysSomething(value: Value): boolean {
  for (const inner of valuesWithin(value))
    if (inner.kind === 'unknown' || (inner.kind === 'external' && !inner.path.startsWith('global#'))) return true;
  return false;
}

/** Whether some trace is kept on the way on which something happens. */
export function isTraced(happens: Condition | undefined, traces: readonly Trace[]): boolean {
  return traces.some(({ condition }) => isWithin(happens, condition) || isWithin(condition, happens));
}
