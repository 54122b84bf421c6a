import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openSession } from '@blastradius/engine';
import { rules } from '@blastradius/rules';
import { describe, expect, it } from 'vitest';
import { collectFixtures } from './collect-fixtures.js';
import { runApp } from './run-app.js';

const root = fileURLToPath(new URL('../../../fixtures/', import.meta.url));
const apps = collectFixtures(root, ['apps']);

it('finds the applications', () => {
  expect(apps.map((app) => app.scenario)).toEqual(expect.arrayContaining(['marketplace-breach', 'marketplace-sound']));
});

it.each(apps)('$scenario is reported as marked by all rules', ({ directory }) => {
  expect(runApp(directory, rules)).toEqual([]);
});

describe('marketplace-sound', () => {
  const session = openSession(join(root, 'apps/marketplace-sound'), { rules, preview: true });

  it('is read in whole', () => {
    expect(session.summary().skipped).toEqual([]);
    expect(session.application().limits).toEqual([]);
    expect(session.summary().routes).toBeGreaterThan(0);
  });

  it('has no finding, a suppressed one neither', () => {
    expect(session.findings(undefined, { suppressed: true })).toEqual([]);
  });
});

describe('marketplace-breach', () => {
  const findings = openSession(join(root, 'apps/marketplace-breach'), { rules, preview: true }).findings();
  const links = [
    {
      link: 'accounts count up',
      ruleId: 'no-exposed-sequential-id',
      entity: 'users.id GET /users/:id',
      file: 'packages/gateway/src/handlers/users.ts',
    },
    {
      link: 'nobody asks who reads them',
      ruleId: 'require-route-guard',
      entity: 'GET /users/:id',
      file: 'packages/gateway/src/routes/users.ts',
    },
    {
      link: 'anybody gets a token for any account',
      ruleId: 'no-open-token-mint',
      entity: 'POST /internal/token',
      file: 'packages/auth/src/auth/auth.service.ts',
    },
    {
      link: 'the key lies in the code',
      ruleId: 'no-hardcoded-signing-key',
      entity: 'SIGNING_KEY',
      file: 'packages/shared/src/keys.ts',
    },
    {
      link: 'a token for oneself buys one for anybody',
      ruleId: 'no-caller-chosen-subject',
      entity: 'POST /auth/impersonations',
      file: 'packages/auth/src/auth/auth.service.ts',
    },
    {
      link: 'the second factor has a side door for internal roles',
      ruleId: 'no-mfa-bypass',
      entity: 'POST /auth/staff/login',
      file: 'packages/auth/src/auth/auth.service.ts',
    },
    {
      link: 'whoever writes a profile writes a role',
      ruleId: 'no-caller-chosen-role',
      entity: 'PATCH /account',
      file: 'packages/gateway/src/routes/account.ts',
    },
    {
      link: 'whoever is logged in reads all customers',
      ruleId: 'require-role-check',
      entity: 'GET /admin/customers',
      file: 'packages/gateway/src/routes/admin.ts',
    },
    {
      link: 'and sends the parcels of others elsewhere',
      ruleId: 'require-ownership-check',
      entity: 'PUT /orders/:orderId/address',
      file: 'packages/customers/src/routes/orders.ts',
    },
    {
      link: 'door codes need no key at all',
      ruleId: 'no-unverified-token',
      entity: 'jwt.decode',
      file: 'packages/customers/src/middleware/identify.ts',
    },
    {
      link: 'a header is taken for the inside',
      ruleId: 'no-forgeable-identity',
      entity: 'POST /jobs/orders/expire',
      file: 'packages/gateway/src/middleware/require-job.ts',
    },
  ];

  it.each(links)('$link: $ruleId', ({ ruleId, entity, file }) => {
    expect(findings).toContainEqual(
      expect.objectContaining({ ruleId, entity, place: expect.objectContaining({ file }) as unknown }),
    );
  });

  it('is reported by every rule', () => {
    expect(new Set(findings.map((finding) => finding.ruleId))).toEqual(new Set(rules.map((rule) => rule.id)));
  });

  it('follows the key from where it is written into every service', () => {
    const key = findings.find(
      ({ ruleId, place }) => ruleId === 'no-hardcoded-signing-key' && place.file.startsWith('packages/shared/'),
    );
    const files = new Set(key?.steps.map((step) => step.place.file.split('/').slice(0, 2).join('/')));
    expect(files).toEqual(new Set(['packages/auth', 'packages/customers', 'packages/gateway', 'packages/shared']));
  });
});
