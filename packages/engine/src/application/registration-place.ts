import type { Expression } from '../facts/file-facts.js';
import type { Place } from '../finding/place.js';
import type { Origin } from '../program/value.js';
import { placeOf } from './place-of.js';

/** Where a route is registered: in a chain over several lines, the line of its own verb. */
export function registrationPlace(origin: Origin): Place {
  const whole = placeOf(origin);
  const { file, span } = origin;
  const call = span as Partial<Expression>;
  if (call.kind !== 'call' || call.callee?.kind !== 'member') return whole;
  const verb = placeOf({ file, span: { start: call.callee.end - call.callee.property.length, end: span.end } });
  return verb.line === whole.line ? whole : verb;
}
