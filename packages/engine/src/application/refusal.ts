import { optionsOf, textOf, type ObjectValue, type Value } from '../program/value.js';
import { valuesWithin } from './contains.js';

/** Members of an answer that say that it failed, whatever they hold. */
const failures: ReadonlySet<string> = new Set(['error', 'errors', 'errorCode', 'errorCodes']);
/** Members that say so where they are `false`. */
const successes: ReadonlySet<string> = new Set(['success', 'succeeded', 'ok', 'isSuccess']);

/** Whether an answer says that the request failed, and nothing else: it is a refusal, whatever its status. */
export function tellsOfFailure(body: Value): boolean {
  return (body.kind === 'object' && tellsInWords(body)) || tellsOfErrorsAlone(body);
}

/** Whether a value is made of what was caught, and of words that are written down. */
export function tellsOfErrorsAlone(body: Value): boolean {
  let failed = false;
  for (const value of valuesWithin(body)) {
    if (value.kind === 'unknown') return false;
    if (value.kind !== 'external') continue;
    let root: Value = value;
    while (root.kind === 'external' && root.receiver) root = root.receiver;
    if (root.kind === 'external' && root.path === 'global#Error()') failed = true;
    // What a conversion is made of is looked at as well.
    else if (!(value.call && value.path.startsWith('global#'))) return false;
  }
  return failed;
}

/** `{ errorCodes: ['UNAUTHORIZED'] }`, `{ success: false, message: 'Log in' }`, `{ __typename: 'NotAllowedError' }`. */
function tellsInWords(body: ObjectValue): boolean {
  if (body.spread.length > 0 || body.classOf) return false;
  let failed = false;
  for (const [name, value] of body.properties) {
    if (!isWritten(value)) return false;
    if (failures.has(name)) failed ||= isSaid(value);
    else if (successes.has(name)) failed ||= value.kind === 'literal' && value.value === false;
    else if (name === '__typename') failed ||= textOf(value)?.endsWith('Error') === true;
  }
  return failed;
}

function isWritten(value: Value, seen = new Set<Value>()): boolean {
  // Values may hold one another, and themselves: what was found out once is not asked again.
  if (seen.has(value)) return true;
  seen.add(value);
  const within = (item: Value): boolean => isWritten(item, seen);
  switch (value.kind) {
    case 'literal':
    case 'undefined':
      return true;
    case 'array':
      return !value.open && value.items.every(within);
    case 'object':
      return value.spread.length === 0 && !value.classOf && [...value.properties.values()].every(within);
    default:
      return false;
  }
}

function isSaid(value: Value): boolean {
  if (value.kind === 'array') return value.items.length > 0;
  return value.kind === 'object' || (value.kind === 'literal' && Boolean(value.value));
}

/** The status that a value stands for, where all that it may be refuse; 200 where it may be anything. */
export function statusIn(value: Value | undefined): number {
  const codes = value ? optionsOf(value).map((option) => Number(textOf(option.value) ?? 200)) : [];
  return codes.find((code) => !(code >= 300)) ?? codes[0] ?? 200;
}
