import type { Finding } from './finding.js';
import { comparePlaces } from './place.js';

/** By place, then by rule, then by what it is about: the order of all findings. */
export function compareFindings(a: Finding, b: Finding): number {
  return comparePlaces(a.place, b.place) || compareTexts(a.ruleId, b.ruleId) || compareTexts(a.entity, b.entity);
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
