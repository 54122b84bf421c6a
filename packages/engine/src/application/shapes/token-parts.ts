import { limits } from '../../limits.js';
import { claimed } from '../../program/proof.js';
import { optionsOf, textOf, type ExternalValue, type Value } from '../../program/value.js';
import type { OddShape } from '../catalog-semantics.js';

/** Wrappers of a text that keep what it says: `Buffer.from(x, 'base64').toString()`, `atob(x)`, `decodeURIComponent(x)`. */
const rewraps =
  /(^|[#.])(Buffer|Buffer\.from|atob|decodeURIComponent|escape|decode|base64url\.decode|toBuffer|unescape)\(\)$/;

/**
 * `JSON.parse(Buffer.from(token.split('.')[1], 'base64').toString())`: the claims of a token, read by hand and not
 * verified. The second part of the compact form holds them: RFC 7515, section 3.1. Gives the token.
 */
export function tokenReadByHand(call: ExternalValue): Value | undefined {
  if (call.path !== 'global#JSON.parse()') return undefined;
  let current: Value | undefined = externalIn(call.call?.args[0]);
  for (let steps = 0; current?.kind === 'external' && steps < limits.tokenConversions; steps++) {
    const { receiver }: ExternalValue = current;
    if (
      current.path.endsWith('.1') &&
      receiver?.kind === 'external' &&
      receiver.path.endsWith('.split()') &&
      textOf(receiver.call?.args[0]) === '.'
    )
      return receiver.receiver;
    current = externalIn(current.call && rewraps.test(current.path) ? current.call.args[0] : receiver);
  }
  return undefined;
}

/** `const [, body = ''] = token.split('.')`: the part, or what stands in for it. */
function externalIn(value: Value | undefined): Value | undefined {
  return value && optionsOf(value).find((option) => option.value.kind === 'external')?.value;
}

/** Reading a token by hand is kept on record like the libraries' own way of doing it. */
export const tokenShape: OddShape = {
  meaningOf(call) {
    return tokenReadByHand(call) ? { observed: true, proves: { kind: claimed, when: 'truthy' } } : undefined;
  },
};
