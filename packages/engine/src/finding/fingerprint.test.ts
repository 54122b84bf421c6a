import { expect, it } from 'vitest';
import { fingerprintOf } from './fingerprint.js';

it('is the same for the same, and known to everybody who keeps a baseline', () => {
  expect(fingerprintOf('no-open-token-mint', 'src/token.ts', 'POST /token', 'jwt.sign body.id')).toBe(
    '60da835fb030ae18d3ace9707d874770',
  );
});

it.each([
  ['another rule', fingerprintOf('b', 'f', 'e', 's')],
  ['another file', fingerprintOf('a', 'g', 'e', 's')],
  ['another entity', fingerprintOf('a', 'f', 'x', 's')],
  ['another sink', fingerprintOf('a', 'f', 'e', 't')],
  ['parts that are cut elsewhere', fingerprintOf('a', 'fe', '', 's')],
])('is another one for %s', (_, other) => {
  expect(other).toMatch(/^[0-9a-f]{32}$/);
  expect(other).not.toBe(fingerprintOf('a', 'f', 'e', 's'));
});
