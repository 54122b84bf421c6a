import type { CallEntry, Library } from '../library.js';

const abilities = [
  '@casl/ability#createMongoAbility()',
  '@casl/ability#PureAbility()',
  '@casl/ability#Ability()',
  '@casl/ability#MongoAbility()',
  '@casl/ability#defineAbility()',
  '@casl/ability#AbilityBuilder().build()',
];

/** https://casl.js.org: abilities answer by themselves; which record they are asked about is in the arguments. */
export const casl: Library = {
  packages: ['@casl/ability', '@casl/prisma', 'nest-casl'],
  calls: {
    ...Object.fromEntries<CallEntry>(
      abilities.flatMap((ability) => [
        [`${ability}.can()`, { authorizes: 'truthy' }] as const,
        [`${ability}.cannot()`, { authorizes: 'falsy' }] as const,
      ]),
    ),
    '@casl/ability#ForbiddenError.from().throwUnlessCan()': { authorizes: 'returns' },
    '@casl/ability#ForbiddenError.from().setMessage().throwUnlessCan()': { authorizes: 'returns' },
    '@casl/ability#defineAbility()': { defers: true },
    '@casl/ability#subject()': { converts: 1 },
    // Denies a request without a user, and one whose handler has no `@UseAbility()`: dist/access.service.js of nest-casl.
    'nest-casl#AccessGuard': { guard: { proves: 'attached', permits: 'ability' } },
    'nest-casl#AccessService().hasAbility()': { authorizes: 'truthy' },
    'nest-casl#AccessService().assertAbility()': { authorizes: 'returns' },
  },
};
