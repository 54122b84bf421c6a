import { textOf, type Value } from '../program/value.js';
import { readProperty } from './where-of.js';

interface Expiry {
  readonly seconds: number | undefined;
  readonly inMilliseconds: boolean;
}

/**
 * How long a token is good for, as far as it is written down.
 *
 * @param duration What an option says, or a method of the builder was told.
 */
export function expiryOf(payload: Value | undefined, duration: Value | undefined): Expiry {
  return {
    seconds: secondsIn(textOf(duration)),
    inMilliseconds: isInMilliseconds(readProperty(payload, 'exp')),
  };
}

/** `15m`, `2 hours`, `3600`: https://github.com/vercel/ms, and numbers are seconds. */
function secondsIn(text: string | undefined): number | undefined {
  const [, amount, unit = 's'] = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*(?:from now)?$/i.exec(text ?? '') ?? [];
  if (amount === undefined) return undefined;
  const found = units.find(([names]) => names.test(unit));
  return found ? Number(amount) * found[1] : undefined;
}

const units: readonly (readonly [RegExp, number])[] = [
  [/^(s|secs?|seconds?|)$/i, 1],
  [/^(m|mins?|minutes?)$/i, 60],
  [/^(h|hrs?|hours?)$/i, 3600],
  [/^(d|days?)$/i, 86_400],
  [/^(w|weeks?)$/i, 604_800],
  [/^(y|yrs?|years?)$/i, 31_557_600],
];

/** `Date.now() + 3600`, undivided. */
function isInMilliseconds(value: Value | undefined): boolean {
  if (value?.kind === 'text') return value.parts.some(isInMilliseconds);
  return value?.kind === 'external' && /^global#(Date\.now\(\)|Date\(\)\.(getTime|valueOf)\(\))$/.test(value.path);
}
