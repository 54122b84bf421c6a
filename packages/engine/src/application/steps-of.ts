import type { Step } from '../finding/finding.js';
import type { Event } from '../program/semantics.js';
import { placeOf } from './place-of.js';

/** The calls from the handler to the place where it happened. */
export function stepsOf(event: Event): readonly Step[] {
  return event.stack.slice(1).map(({ name, site }) => ({ place: placeOf(site), message: `calls \`${name}\`` }));
}
