import type { Effect } from './route.js';

/** Methods by which forms for everybody add something. */
const adding: ReadonlySet<string> = new Set(['POST', 'ACTION', 'TRPC']);

/** Methods by which something is asked for: whoever looks at a page is counted. */
const asking: ReadonlySet<string> = new Set(['GET', 'HEAD', 'ALL']);

/** Changes to what is there, and reads of personal data that leave; not what a form for everybody adds. */
export function isForKnownCallers(effect: Effect, method: string, optional: boolean): boolean {
  if (effect.challenges) return false;
  if (effect.kind === 'mints') return effect.byInput;
  if (effect.countsVisit && asking.has(method)) return false;
  if (effect.kind === 'writes') return !effect.creates || (effect.personal && effect.byInput) || !adding.has(method);
  // A chain that takes a proof where there is one and goes on without it shows the public a part on purpose.
  return effect.personal && !optional;
}
