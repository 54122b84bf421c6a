import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { listOptions, openSession } from '@blastradius/engine';
import type { Rule, Session } from '@blastradius/engine';
import { rules } from '@blastradius/rules';
import { describe, expect, it } from 'vitest';
import { collectExamples } from './collect-examples.js';
import { runExample } from './run-example.js';

const fixtures = fileURLToPath(new URL('../../../fixtures/', import.meta.url));
const pages = fileURLToPath(new URL('../../../rules/', import.meta.url));

/** What one set of options changes in one fixture: entities of findings that go and that come. */
interface Case {
  readonly ruleId: string;
  readonly scenario: string;
  readonly options: object;
  readonly gone: readonly string[];
  readonly come: readonly string[];
}

const cases: readonly Case[] = [
  {
    ruleId: 'no-exposed-sequential-id',
    scenario: 'express-prisma',
    options: { ignore: ['User'] },
    gone: ['User.id GET /users/:id'],
    come: [],
  },
  {
    ruleId: 'no-exposed-sequential-id',
    scenario: 'express-prisma',
    options: { ignore: ['Order.id', 'User.email'] },
    gone: ['Order.id GET /orders/:orderId'],
    come: [],
  },
  {
    ruleId: 'require-ownership-check',
    scenario: 'koa-orders',
    options: { ignore: ['Order'] },
    gone: ['GET /orders/:id/lines', 'GET /orders/:id/total', 'PATCH /orders/:id'],
    come: [],
  },
  {
    ruleId: 'require-role-check',
    scenario: 'nest-admin-area',
    options: { ignore: ['Order'] },
    gone: ['GET /orders/open'],
    come: [],
  },
  {
    ruleId: 'require-role-check',
    scenario: 'express-odd-one-out',
    options: { minimumSiblings: 10 },
    gone: ['DELETE /area/:id', 'DELETE /forgotten/:id'],
    come: [],
  },
  {
    ruleId: 'no-caller-chosen-role',
    scenario: 'hono-drizzle',
    options: { ignore: ['role'] },
    gone: ['PATCH /me', 'POST /sign-up', 'PUT /me/role'],
    come: [],
  },
  {
    ruleId: 'no-caller-chosen-role',
    scenario: 'hono-drizzle',
    options: { columns: ['name'] },
    gone: [],
    come: ['PATCH /me/profile', 'PUT /me/name'],
  },
  {
    ruleId: 'no-plaintext-personal-data',
    scenario: 'fastify-sql',
    options: { kinds: ['password'] },
    gone: ['clients.card_number'],
    come: [],
  },
  {
    ruleId: 'no-plaintext-personal-data',
    scenario: 'koa-logs',
    options: { logs: false },
    gone: ['password', 'travellers.passport_number', 'travellers.passport_number', 'travellers.ssn'],
    come: [],
  },
  {
    ruleId: 'require-key-rotation',
    scenario: 'koa-keys',
    options: { allowedLifetime: 86_400 },
    gone: ['FAST_KEY'],
    come: [],
  },
  {
    ruleId: 'require-issued-token-check',
    scenario: 'express-lookups',
    options: { allowedLifetime: 30 * 86_400 },
    gone: ['jwt.sign'],
    come: [],
  },
  {
    ruleId: 'require-issued-token-check',
    scenario: 'express-lookups',
    options: { allowedLifetime: 0 },
    gone: [],
    come: ['jwt.sign'],
  },
  {
    ruleId: 'no-public-internal-route',
    scenario: 'hono-gateway',
    options: { onlyConfigured: true },
    gone: ['GET /internal/prices'],
    come: [],
  },
  {
    ruleId: 'no-attack-path',
    scenario: 'nest-leaked-key',
    options: { minimumRoutes: 2 },
    gone: ['tokenKey'],
    come: [],
  },
  {
    ruleId: 'require-mint-audit',
    scenario: 'express-staff',
    options: { staffRoles: ['tier2'] },
    gone: [],
    come: ['GET /tier2/members/:id'],
  },
  {
    ruleId: 'require-rate-limit',
    scenario: 'koa-login',
    options: { attempts: ['check', 'mint'] },
    gone: ['GET /open/users/:id'],
    come: [],
  },
  {
    ruleId: 'require-rate-limit',
    scenario: 'koa-login',
    options: { attempts: ['lookup'] },
    gone: ['POST /open/login'],
    come: [],
  },
  {
    ruleId: 'require-rate-limit',
    scenario: 'koa-login',
    options: { addressIsEnough: true },
    gone: ['GET /open/users/:id'],
    come: [],
  },
  {
    ruleId: 'require-token-claims',
    scenario: 'fastify-registered',
    options: { claims: ['aud', 'iss'] },
    gone: [],
    come: ['fastify.jwt.sign'],
  },
  {
    ruleId: 'require-token-claims',
    scenario: 'nest-module-options',
    options: { maximumLifetime: 600 },
    gone: [],
    come: ['JwtService.signAsync'],
  },
];

const sessions = new Map<string, Session>();

function entitiesOf({ ruleId, scenario }: Case, options: object): readonly string[] {
  const directory = `${fixtures}${ruleId}/${scenario}`;
  const session = sessions.get(directory) ?? openSession(directory, { rules, preview: true });
  sessions.set(directory, session);
  return session.findings(undefined, { rule: { id: ruleId, options } }).map(({ entity }) => entity);
}

function readPage(ruleId: string): string {
  return readFileSync(`${pages}${ruleId}/README.md`, 'utf8');
}

function without(all: readonly string[], some: readonly string[]): readonly string[] {
  const left = [...some];
  return all
    .filter((item) => {
      const index = left.indexOf(item);
      if (index >= 0) left.splice(index, 1);
      return index < 0;
    })
    .sort();
}

it.each(cases)('$options of $ruleId change what is found in $scenario', (item) => {
  const before = entitiesOf(item, {});
  const after = entitiesOf(item, item.options);
  expect({ gone: without(before, after), come: without(after, before) }).toEqual({ gone: item.gone, come: item.come });
});

it('asks a token for each claim that is named', () => {
  const findings = openSession(`${fixtures}require-token-claims/express-claims`, { rules, preview: true }).findings(
    undefined,
    { rule: { id: 'require-token-claims', options: { claims: ['exp', 'jti'] } } },
  );
  const messages = findings.map(({ message }) => message);
  expect(messages).toContainEqual(expect.stringContaining('makes a token with no `exp` and no `jti`'));
  // An id in place of an expiry is not enough where both are asked for, nor an expiry without an id.
  expect(messages).toContainEqual(expect.stringMatching(/makes a token with no `exp`,/));
  expect(messages).toContainEqual(expect.stringMatching(/makes a token with no `jti`,/));
  expect(messages.filter((message) => message.includes('neither whom it is for'))).toEqual([]);
});

const examples = rules.flatMap(({ id }) => {
  const [, section = ''] = readPage(id).split('\n## Options\n');
  return collectExamples(section).map((example) => ({ id, example }));
});

it.each(examples)('the page of $id shows $example.verdict code for an option that is not without it', (shown) => {
  const { id, example } = shown;
  const files = new Map(
    [...example.files].map(([file, text]) => [file, text.replace(/\['(error|warn)', \{.*\}\]/, "'$1'")]),
  );
  expect(files).not.toEqual(example.files);
  expect(runExample({ ...example, files }, id, rules)).not.toEqual([]);
});

describe.each(rules.filter(({ meta }) => meta.options !== undefined))('the options of $id', ({ id, meta }: Rule) => {
  const options = meta.options ?? { schema: {}, defaults: {} };

  it('have a default each', () => {
    expect(Object.keys(options.defaults).sort()).toEqual(Object.keys(options.schema).sort());
  });

  it('are on its page', () => {
    expect(readPage(id)).toContain(`\n## Options\n\n${listOptions(options)}\n`);
  });

  it('are listed where the configuration is described', () => {
    const page = readFileSync(fileURLToPath(new URL('../../../docs/configuration.md', import.meta.url)), 'utf8');
    const names = Object.keys(options.schema).map((name) => `\`${name}\``);
    expect(page).toContain(`\n- [\`${id}\`](../rules/${id}/README.md#options): ${names.join(', ')}\n`);
  });

  it('are each shown to change something', () => {
    const shown = cases.filter((item) => item.ruleId === id).flatMap((item) => Object.keys(item.options));
    expect([...new Set(shown)].sort()).toEqual(Object.keys(options.schema).sort());
  });
});
