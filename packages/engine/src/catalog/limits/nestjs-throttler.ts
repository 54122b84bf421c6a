import type { Library, LimiterEntry } from '../library.js';

/**
 * https://docs.nestjs.com/security/rate-limiting: `ThrottlerModule` alone limits nothing, its guard does, and it counts
 * by address unless a subclass overrides `getTracker`.
 */
const guard: LimiterEntry = {
  by: 'address',
  keyMethod: 'getTracker',
  skippedBy: '@nestjs/throttler#SkipThrottle()',
};

export const nestjsThrottler: Library = {
  packages: ['@nestjs/throttler'],
  calls: {
    '@nestjs/throttler#ThrottlerGuard': { limits: guard },
    '@nestjs/throttler#ThrottlerGuard()': { limits: guard },
  },
};
