import type { Library } from '../library.js';

/** https://honohub.dev/docs/rate-limiter: it has no key of its own, `keyGenerator` says it. */
const limiter = {
  limits: { key: { argument: 0, property: 'keyGenerator' }, skips: { argument: 0, property: 'skip' } },
};

export const honoRateLimiter: Library = {
  packages: ['hono-rate-limiter', '@hono-rate-limiter/cloudflare'],
  calls: {
    'hono-rate-limiter#rateLimiter()': limiter,
    'hono-rate-limiter#webSocketLimiter()': limiter,
    '@hono-rate-limiter/cloudflare#cloudflareRateLimiter()': limiter,
  },
};
