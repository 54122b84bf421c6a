import type { Library } from '../library.js';

/** Functions that keep the results of another one, and otherwise are what they were made of. */
export const memoizers: Library = {
  packages: ['react', 'next/cache', 'memoizee', 'p-memoize', 'mem', 'fast-memoize', 'micro-memoize', 'onetime'],
  calls: {
    // https://react.dev/reference/react/cache
    'react#cache()': { returns: 0 },
    // https://nextjs.org/docs/app/api-reference/functions/unstable_cache
    'next/cache#unstable_cache()': { returns: 0 },
    'memoizee#()': { returns: 0 },
    'p-memoize#()': { returns: 0 },
    'mem#()': { returns: 0 },
    'fast-memoize#()': { returns: 0 },
    'micro-memoize#()': { returns: 0 },
    'onetime#()': { returns: 0 },
    ...Object.fromEntries(
      ['lodash#memoize()', 'lodash#once()', 'lodash.memoize#()', 'lodash.once#()'].map((path) => [
        path,
        { returns: 0 },
      ]),
    ),
  },
};
