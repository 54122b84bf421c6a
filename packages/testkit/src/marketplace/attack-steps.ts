import type { KeyObject } from 'node:crypto';
import { forgeToken, isRefused, tokenIn } from './attacker.js';
import type { Answer, Attacker } from './attacker.js';
import { password } from './collect-truth.js';
import type { Account } from './collect-truth.js';
import type { StoredRow } from './stored-rows.js';

export interface Loot {
  readonly attacker: Attacker;
  /** The attacker's own account, a customer like others. */
  readonly own: Account;
  /** All others. */
  readonly victims: readonly Account[];
  /** What their accounts and their orders may be called: the numbers from 1 on, and what they are called in truth, which is no secret. */
  readonly ids: readonly string[];
  readonly orderIds: readonly string[];
  /** Texts of the source that stand where a key does. */
  readonly writtenKeys: readonly string[];
  /** A key that a leaver took along from where it was kept. */
  readonly stolenKey?: { readonly privateKey: KeyObject; readonly kid: string };
}

export interface Step {
  readonly title: string;
  /** What the linter has to say of it: the rule, and names that its finding must give. */
  readonly shows: readonly { readonly ruleId: string; readonly names: readonly string[] }[];
  /** What the sound application answers: the status, and which control it is. */
  readonly refused: readonly { readonly status: number; readonly says: string }[];
}

interface AttackStep extends Step {
  /** How many of the others it harmed: all of them or none. */
  readonly run: (loot: Loot) => Promise<number>;
}

interface LaterStep extends Step {
  readonly harmed: (rows: readonly StoredRow[], victims: readonly Account[]) => number;
}

/** How many of the others' data these answers hold. */
function countRevealed(answers: readonly Pick<Answer, 'text'>[], victims: readonly Account[]): number {
  const text = answers.map((answer) => answer.text).join('\n');
  return victims.filter(({ email, street, doorCode }) =>
    [email, street, doorCode].some((item) => text.includes(JSON.stringify(item))),
  ).length;
}

async function askEach<Item>(items: readonly Item[], ask: (item: Item) => Promise<Answer>): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  for (const item of items) answers.push(await ask(item));
  return answers;
}

/** A number is sent as one. */
const asValue = (id: string): string | number => (/^\d+$/.test(id) ? Number(id) : id);

const countDone = (answers: readonly Answer[]): number => answers.filter((answer) => !isRefused(answer)).length;

/** What the accounts show to those who have these tokens. */
async function readAccounts({ attacker, victims }: Loot, tokens: readonly (string | undefined)[]): Promise<number> {
  const answers: Answer[] = [];
  for (const token of tokens)
    if (token !== undefined) answers.push(await attacker.ask('gateway', 'GET /account', { token }));
  return countRevealed(answers, victims);
}

const notIssued = { status: 401, says: 'the token was not issued, or its session has ended' };
const noToken = { status: 401, says: 'a bearer token is required' };
const notSupport = { status: 403, says: 'for customer support' };
const noService = { status: 401, says: 'the credential of a service is required' };
/** Where the inside may be served: on a listener that is published, and on one that no deployment file publishes. */
const everyListener = ['gateway', 'auth', 'internal'] as const;
const internal = 'POST /internal/token';
const guesses = 20;

/** In the order in which the attacker goes. What changes something comes last. */
export const attackSteps: readonly AttackStep[] = [
  {
    title: 'counts the accounts up and reads each, without a token',
    shows: [
      { ruleId: 'no-exposed-sequential-id', names: ['GET /users/:id', 'users.id'] },
      { ruleId: 'require-route-guard', names: ['GET /users/:id'] },
    ],
    run: async ({ attacker, ids, victims }) =>
      countRevealed(await askEach(ids, (id) => attacker.ask('gateway', `GET /users/${id}`)), victims),
    refused: [noToken],
  },
  {
    title: 'counts the orders up and reads who ordered what',
    shows: [
      { ruleId: 'no-exposed-sequential-id', names: ['GET /orders/:orderId', 'orders.id'] },
      { ruleId: 'require-route-guard', names: ['GET /orders/:orderId'] },
    ],
    run: async ({ attacker, orderIds, victims }) =>
      countRevealed(await askEach(orderIds, (id) => attacker.ask('gateway', `GET /orders/${id}`)), victims),
    refused: [noToken],
  },
  {
    title: 'has a token made for each account by the endpoint for the inside',
    shows: [
      { ruleId: 'no-open-token-mint', names: [internal] },
      { ruleId: 'require-route-guard', names: [internal] },
      { ruleId: 'no-public-internal-route', names: [internal] },
      { ruleId: 'require-rate-limit', names: [internal] },
    ],
    run: async (loot) => {
      const answers: Answer[] = [];
      for (const listener of everyListener)
        answers.push(
          ...(await askEach(loot.ids, (id) =>
            loot.attacker.ask(listener, internal, { body: { user_id: asValue(id) } }),
          )),
        );
      return readAccounts(loot, answers.map(tokenIn));
    },
    refused: [{ status: 404, says: `Cannot ${internal}` }, noService],
  },
  {
    title: 'asks the endpoint for the inside whose account is whose',
    shows: [
      { ruleId: 'no-exposed-sequential-id', names: ['GET /internal/users/:id', 'users.id'] },
      { ruleId: 'require-route-guard', names: ['GET /internal/users/:id'] },
      { ruleId: 'no-public-internal-route', names: ['GET /internal/users/:id'] },
    ],
    run: async ({ attacker, ids, victims }) => {
      const answers: Answer[] = [];
      for (const listener of everyListener)
        answers.push(...(await askEach(ids, (id) => attacker.ask(listener, `GET /internal/users/${id}`))));
      return countRevealed(answers, victims);
    },
    refused: [{ status: 404, says: 'Cannot GET /internal/users/' }, noService],
  },
  {
    title: 'trades its own token for those of others',
    shows: [{ ruleId: 'no-caller-chosen-subject', names: ['POST /auth/impersonations'] }],
    run: async (loot) => {
      const { token } = loot.own;
      const answers = await askEach(loot.ids, (id) =>
        loot.attacker.ask('auth', 'POST /auth/impersonations', { token, body: { user_id: asValue(id) } }),
      );
      return readAccounts(loot, answers.map(tokenIn));
    },
    refused: [notSupport],
  },
  {
    title: 'signs tokens itself, with the key that stands in the source',
    shows: [
      { ruleId: 'no-hardcoded-signing-key', names: ['SIGNING_KEY'] },
      { ruleId: 'no-master-signing-key', names: ['SIGNING_KEY', 'packages/auth', 'packages/gateway'] },
    ],
    run: (loot) =>
      readAccounts(
        loot,
        loot.victims.flatMap(({ id }) =>
          // Where no key stands in the source, one of its own.
          [...loot.writtenKeys, 'a key that the attacker made up'].map((key) => forgeToken({ sub: id }, key)),
        ),
      ),
    refused: [notIssued],
  },
  {
    title: 'signs tokens itself, with a key that a leaver took along; none of them was issued',
    shows: [
      { ruleId: 'require-issued-token-check', names: ['JwtService.signAsync'] },
      { ruleId: 'require-token-claims', names: ['JwtService.signAsync', 'SIGNING_KEY'] },
      { ruleId: 'require-key-rotation', names: ['SIGNING_KEY'] },
      { ruleId: 'no-production-key-in-development', names: ['SIGNING_KEY'] },
    ],
    run: (loot) => {
      const claims = { iss: 'https://auth.marketplace.example', aud: 'marketplace', jti: crypto.randomUUID() };
      const keys = loot.stolenKey ? [loot.stolenKey] : loot.writtenKeys;
      return readAccounts(
        loot,
        loot.victims.flatMap(({ id }) => keys.map((key) => forgeToken({ ...claims, sub: id }, key))),
      );
    },
    refused: [notIssued],
  },
  {
    title: 'reads every address with tokens that nobody signed',
    shows: [
      { ruleId: 'no-unverified-token', names: ['jwt.decode'] },
      { ruleId: 'no-exposed-sequential-id', names: ['GET /addresses', 'users.id'] },
      { ruleId: 'require-route-guard', names: ['GET /addresses', 'addresses'] },
    ],
    run: async ({ attacker, ids, victims }) =>
      countRevealed(
        await askEach(ids, (id) => attacker.ask('gateway', 'GET /addresses', { token: forgeToken({ sub: id }) })),
        victims,
      ),
    refused: [notIssued],
  },
  {
    title: 'walks past the second factor with the password of a tool',
    shows: [{ ruleId: 'no-mfa-bypass', names: ['POST /auth/staff/login', '`role`'] }],
    run: async ({ attacker, victims }) => {
      const token = await attacker.signIn('POST /sessions/staff', { email: 'reports@example.com', password, code: '' });
      if (token === undefined) return 0;
      return countRevealed([await attacker.ask('gateway', 'GET /admin/customers', { token })], victims);
    },
    refused: [{ status: 401, says: 'wrong code' }],
  },
  {
    title: 'asks as a customer for what only the staff may see',
    shows: [{ ruleId: 'require-role-check', names: ['GET /admin/customers'] }],
    run: async ({ attacker, own, victims }) =>
      countRevealed([await attacker.ask('gateway', 'GET /admin/customers', { token: own.token })], victims),
    refused: [notSupport],
  },
  {
    title: 'does all of it from one place, at any rate: guesses at passwords',
    shows: [{ ruleId: 'require-rate-limit', names: ['POST /auth/login'] }],
    run: async ({ attacker, victims }) => {
      const { email = '' } = victims[0] ?? {};
      for (let guess = 1; guess <= guesses; guess += 1) {
        const body = { email, password: `guess ${guess}` };
        if ((await attacker.ask('gateway', 'POST /sessions', { body })).status === 429) return 0;
      }
      return victims.length;
    },
    refused: [
      { status: 401, says: 'wrong email address or password' },
      { status: 429, says: 'too many attempts for this account' },
    ],
  },
  {
    title: 'writes itself a role that needs no second factor',
    shows: [{ ruleId: 'no-caller-chosen-role', names: ['PATCH /account', '`role` of `users`'] }],
    run: async ({ attacker, own, victims }) => {
      await attacker.ask('gateway', 'PATCH /account', { token: own.token, body: { name: 'Me', role: 'internal' } });
      const token = await attacker.signIn('POST /sessions/staff', { email: own.email, password, code: '' });
      if (token === undefined) return 0;
      return countRevealed([await attacker.ask('gateway', 'GET /admin/customers', { token })], victims);
    },
    refused: [{ status: 401, says: 'wrong code' }],
  },
  {
    title: 'sends the parcels of others elsewhere',
    shows: [
      { ruleId: 'require-ownership-check', names: ['PUT /orders/:orderId/address'] },
      { ruleId: 'no-exposed-sequential-id', names: ['PUT /orders/:orderId/address', 'orders.id'] },
    ],
    run: async ({ attacker, own: { token }, orderIds }) =>
      countDone(
        await askEach(orderIds, (id) =>
          attacker.ask('gateway', `PUT /orders/${id}/address`, { token, body: { shipTo: '1 Harbour Street' } }),
        ),
      ),
    refused: [{ status: 404, says: 'no such order' }],
  },
  {
    title: 'renames the accounts of others',
    shows: [
      { ruleId: 'require-ownership-check', names: ['PATCH /users/:id'] },
      { ruleId: 'no-exposed-sequential-id', names: ['PATCH /users/:id', 'users.id'] },
    ],
    run: async ({ attacker, own: { token }, ids }) =>
      countDone(
        await askEach(ids, (id) => attacker.ask('gateway', `PATCH /users/${id}`, { token, body: { name: 'Mine' } })),
      ),
    refused: [{ status: 404, says: 'no such user' }],
  },
  {
    title: 'plays the scheduler of the platform with a header',
    shows: [
      { ruleId: 'no-forgeable-identity', names: ['POST /jobs/orders/expire', 'x-internal-job'] },
      { ruleId: 'require-route-guard', names: ['POST /jobs/orders/expire'] },
    ],
    run: async ({ attacker, victims }) => {
      const answer = await attacker.ask('gateway', 'POST /jobs/orders/expire', { headers: { 'x-internal-job': '1' } });
      return isRefused(answer) ? 0 : victims.length;
    },
    refused: [{ status: 401, says: 'the credential of the scheduler is required' }],
  },
];

const business: ReadonlySet<string> = new Set(['users', 'addresses', 'orders', 'order_lines']);

/** When all is over: what a copy of the database tells. */
export const laterSteps: readonly LaterStep[] = [
  {
    title: 'reads a copy of the database',
    shows: [{ ruleId: 'no-plaintext-personal-data', names: ['doorCode'] }],
    harmed: (rows, victims) =>
      countRevealed(
        rows.map(({ values }) => ({ text: JSON.stringify(values) })),
        victims,
      ),
    refused: [],
  },
  {
    title: 'has tokens made leaves no trace of it',
    shows: [{ ruleId: 'require-mint-audit', names: ['JwtService.signAsync'] }],
    harmed: (rows, victims) => {
      const records = rows.filter(({ table }) => !business.has(table)).map(({ values }) => Object.values(values));
      return victims.filter(({ id }) => !records.some((values) => values.includes(id))).length;
    },
    refused: [],
  },
];

export const everyStep: readonly Step[] = [...attackSteps, ...laterSteps];
