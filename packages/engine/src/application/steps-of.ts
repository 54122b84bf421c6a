import type { Step } from '../finding/finding.js';
import type { Event } from '../program/semantics.js';
import { placeOf } from './place-of.js';

/** The calls from the handler to the place where it happened. */
export function stepsOf(event: Event): readonly Step[] {
  const steps: Step[] = [];
  // The outermost call is that of the handler itself.
  for (let entry = event.stack; entry?.around; entry = entry.around) {
    steps.unshift({ place: placeOf(entry.site), message: `calls \`${entry.name}\`` });
  }
  return steps;
}
