import type { CallEntry, Library } from '../library.js';

const stores = [
  ...['Memory', 'Redis', 'Valkey', 'ValkeyGlide', 'Mongo', 'MySQL', 'Postgres', 'SQLite', 'Prisma', 'Drizzle'],
  ...['Memcache', 'Cluster', 'ClusterMaster', 'ClusterMasterPM2', 'Etcd', 'Dynamo', 'DynamoDB', 'Union'],
];

/** `consume` rejects where the points are used up: https://github.com/animir/node-rate-limiter-flexible/wiki/API-methods */
const consume = { limits: { key: { argument: 0 } }, promises: true } as const;

export const rateLimiterFlexible: Library = {
  packages: ['rate-limiter-flexible'],
  calls: Object.fromEntries<CallEntry>([
    ...stores.flatMap((store) =>
      ['consume', 'penalty', 'block'].map(
        (method) => [`rate-limiter-flexible#RateLimiter${store}().${method}()`, consume] as const,
      ),
    ),
    ...['BurstyRateLimiter', 'RLWrapperBlackAndWhite', 'RateLimiterQueue', 'RateLimiterAbstract'].map(
      (name) => [`rate-limiter-flexible#${name}().consume()`, consume] as const,
    ),
  ]),
};
