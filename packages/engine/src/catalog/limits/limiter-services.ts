import type { Library } from '../library.js';

const asked = { limits: { key: { argument: 0 }, answers: true }, promises: true } as const;

/** Limiters that a handler asks: https://upstash.com/docs/redis/sdks/ratelimit-ts/methods, https://vercel.com/docs/vercel-firewall/vercel-waf/rate-limiting-sdk */
export const limiterServices: Library = {
  packages: ['@upstash/ratelimit', '@unkey/ratelimit', '@vercel/firewall'],
  calls: {
    '@upstash/ratelimit#Ratelimit().limit()': asked,
    '@upstash/ratelimit#Ratelimit().blockUntilReady()': asked,
    '@upstash/ratelimit#MultiRegionRatelimit().limit()': asked,
    '@unkey/ratelimit#Ratelimit().limit()': asked,
    '@vercel/firewall#checkRateLimit()': { limits: { answers: true }, promises: true },
  },
};

/** Commands of a store by which limits are counted by hand: what is incremented for each request is compared with a bound. */
export const counters: Library = {
  packages: ['ioredis', 'redis'],
  calls: Object.fromEntries(
    ['ioredis#()', 'ioredis#Redis()', 'redis#createClient()', '@upstash/redis#Redis()'].flatMap((client) =>
      ['incr', 'incrby', 'incrBy', 'hincrby', 'hIncrBy'].map((command) => [
        `${client}.${command}()`,
        { limits: { key: { argument: 0 }, answers: true }, promises: true },
      ]),
    ),
  ),
};
