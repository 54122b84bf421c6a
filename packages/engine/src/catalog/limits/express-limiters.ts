import type { Library, LimiterEntry } from '../library.js';

const limiter = (key: string): LimiterEntry => ({
  by: 'address',
  key: { argument: 0, property: key },
  skips: { argument: 0, property: 'skip' },
});

/** https://express-rate-limit.mintlify.app/reference/configuration; express-slow-down takes the same options. */
export const expressRateLimit: Library = {
  packages: ['express-rate-limit', 'express-slow-down'],
  same: {
    'express-rate-limit#rateLimit()': 'express-rate-limit#()',
    'express-slow-down#slowDown()': 'express-slow-down#()',
  },
  calls: {
    'express-rate-limit#()': { limits: limiter('keyGenerator') },
    'express-slow-down#()': { limits: limiter('keyGenerator') },
  },
};

/**
 * `prevent` counts by address; `getMiddleware({ key })` by address and key, and by the key alone with `ignoreIP`:
 * https://github.com/AdamPflug/express-brute#instance-methods
 */
export const expressBrute: Library = {
  packages: ['express-brute'],
  calls: {
    'express-brute#().prevent': { limits: { by: 'address' } },
    'express-brute#().getMiddleware()': { limits: { by: 'address', key: { argument: 0, property: 'key' } } },
  },
};
