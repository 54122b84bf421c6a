import type { Library } from '../library.js';

const asserts = { asserts: true } as const;

/** Functions that throw where what they are given is falsy. */
export const assertions: Library = {
  packages: ['assert', 'assert/strict', 'tiny-invariant', 'invariant', 'http-assert'],
  calls: {
    'assert#()': asserts,
    'assert#ok()': asserts,
    'assert#strict()': asserts,
    'assert#strict.ok()': asserts,
    'assert/strict#()': asserts,
    'assert/strict#ok()': asserts,
    'tiny-invariant#()': asserts,
    'invariant#()': asserts,
    'http-assert#()': asserts,
    'http-assert#ok()': asserts,
  },
};
