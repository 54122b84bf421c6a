import type { Library } from '../library.js';

const enforcers = [
  'casbin#newEnforcer()',
  'casbin#newCachedEnforcer()',
  'casbin#newSyncedEnforcer()',
  'casbin#newEnforcerWithClass()',
  'casbin#Enforcer()',
  'casbin#CachedEnforcer()',
  'casbin#SyncedEnforcer()',
];

/** https://casbin.org/docs/api-overview: `enforce` gives a promise, and a promise is truthy whatever it comes to. */
export const casbin: Library = {
  packages: ['casbin', 'nest-authz'],
  calls: {
    ...Object.fromEntries(
      enforcers.flatMap((enforcer) => [
        [`${enforcer}.enforce()`, { authorizes: 'truthy', promises: true }] as const,
        [`${enforcer}.enforceSync()`, { authorizes: 'truthy' }] as const,
      ]),
    ),
    // dist/src/authz.guard.js: without permissions on the handler it lets everybody through.
    'nest-authz#AuthZGuard': {
      guard: { proves: 'attached', permits: 'permissions', asksBy: 'nest-authz#UsePermissions()' },
    },
  },
};
