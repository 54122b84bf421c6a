import type { Finding, Place } from '@blastradius/engine';
import { isCode } from './locate.js';

/**
 * Where ESLint shows a finding: where it is. ESLint does not lint `.env` files, schemas or key files; a finding in one
 * of them shows at its first piece of evidence that is in code. `undefined` where there is none: only the command shows it.
 */
export function shownPlace({ place, steps }: Finding): Place | undefined {
  return [place, ...steps.map((step) => step.place)].find(({ file }) => isCode(file));
}
