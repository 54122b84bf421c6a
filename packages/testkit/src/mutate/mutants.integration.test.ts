import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rules } from '@blastradius/rules';
import { describe, expect, it } from 'vitest';
import { breakingKinds } from './mutant.js';
import { countOutcomes, isFailure } from './print-outcomes.js';
import { runMutants } from './run-mutants.js';

const root = fileURLToPath(new URL('../../../../fixtures/', import.meta.url));

/** Projects that are sound for the most part; what is flawed in them must stay as it is reported. */
const projects = [
  'apps/marketplace-sound',
  'no-exposed-sequential-id/mongoose-counters',
  'no-exposed-sequential-id/nest-prisma',
  'no-hardcoded-signing-key/passport-strategies',
  'no-open-token-mint/express-login',
  'no-open-token-mint/far-mint',
  'no-open-token-mint/nest-jwt-service',
  'no-unverified-token/express-optional-token',
  'require-ownership-check/express-scoped-queries',
  'require-ownership-check/nest-load-then-compare',
  'require-role-check/nest-roles-guard',
  'require-route-guard/commonjs-exports',
  'require-route-guard/express-guard-factory',
  'require-route-guard/express-mounts',
  'require-route-guard/express-wrappers',
  'require-route-guard/nest-use-guards',
];

/** Mutants that break less than they seem to. */
const harmless: ReadonlySet<string> = new Set([
  // The session is looked up by the token's random id: whoever does not hold the token cannot name it, signed or not.
  'packages/access/src/find-subject.ts decode-for-verify',
]);

describe('every mutant is answered as it must be', () => {
  it.each(projects)('%s', (project) => {
    const kinds = runMutants(join(root, project), rules, { limit: 25 });
    const failures = kinds
      .flatMap(({ outcomes }) => outcomes.filter(isFailure))
      .filter(({ mutant }) => !harmless.has(`${mutant.place.file} ${mutant.kind}`))
      .map(({ mutant }) => `${mutant.place.file} ${mutant.kind}: ${mutant.description}`);
    expect(failures).toEqual([]);
  });
});

it('there are mutants of every kind that breaks something', () => {
  const kinds = runMutants(join(root, 'apps/marketplace-sound'), rules, { kinds: breakingKinds });
  expect(kinds.filter((kind) => countOutcomes(kind).made === 0).map(({ kind }) => kind)).toEqual([]);
});
