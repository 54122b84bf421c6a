import type { Library } from '../library.js';

/** https://github.com/koajs/ratelimit: `id` is the address unless it is set. */
export const koaRatelimit: Library = {
  packages: ['koa-ratelimit', 'koa2-ratelimit'],
  calls: {
    'koa-ratelimit#()': {
      limits: { by: 'address', key: { argument: 0, property: 'id' }, skips: { argument: 0, property: 'whitelist' } },
    },
    // https://github.com/ysocorp/koa2-ratelimit: by the caller's id where there is one, by address otherwise.
    'koa2-ratelimit#RateLimit.middleware()': {
      limits: { by: 'address', key: { argument: 0, property: 'keyGenerator' } },
    },
  },
};
