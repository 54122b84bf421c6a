import type { CallEntry, Library } from '../library.js';

const openWhen = { argument: 2, property: 'allowUnauthenticated', equals: true } as const;
const authenticate: CallEntry = { guard: { proves: 'token', openWhen } };

/** Packages of Medusa 2 that an application imports from. */
export const medusaPackages: readonly string[] = [
  '@medusajs/framework',
  '@medusajs/framework/http',
  '@medusajs/medusa',
];

/** https://docs.medusajs.com/learn/fundamentals/api-routes/protected-routes */
export const medusa: Library = {
  packages: medusaPackages,
  calls: Object.fromEntries(medusaPackages.map((name) => [`${name}#authenticate()`, authenticate])),
};
