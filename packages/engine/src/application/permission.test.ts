import { describe, expect, it } from 'vitest';
import { Catalog } from '../catalog/catalog.js';
import { libraries } from '../catalog/libraries.js';
import { extractFacts } from '../facts/extract-facts.js';
import { Interpreter } from '../program/interpreter.js';
import { permits } from '../program/proof.js';
import { externalValue } from '../program/value.js';
import { CatalogSemantics } from './catalog-semantics.js';
import { titleOfPermission } from './chain.js';

/** What the caller may do where a test of the request holds, and where it does not. */
function sidesOf(test: string, before = ''): { readonly yes: readonly string[]; readonly no: readonly string[] } {
  const facts = extractFacts(
    'app.ts',
    `import { PrismaClient } from '@prisma/client';
import { createMongoAbility } from '@casl/ability';
import { Role } from './role.js';
import { mayRead } from '@acme/policy';
const prisma = new PrismaClient();
export async function handle(req) {
  const { user } = req;
  ${before}
  if (${test}) prisma.yes.deleteMany(); else prisma.no.deleteMany();
}`,
  );
  const semantics = new CatalogSemantics(new Catalog(libraries), [], []);
  const interpreter = new Interpreter(new Map([[facts.path, facts]]), () => undefined, semantics);
  semantics.interpreter = interpreter;
  const record = interpreter.module(facts.path);
  const handle = record && interpreter.exported(record, 'handle');
  if (handle?.kind !== 'function') throw new Error('there is no handler');
  const origin = { file: facts, span: handle.facts };
  const request = externalValue('express#Request', origin);
  const { events } = interpreter.follow(handle, { kind: 'undefined' }, [request], origin, []);
  const at = (model: string): readonly string[] => {
    const reached = events.filter(({ call }) => call.path.endsWith(`.${model}.deleteMany()`));
    if (reached.length === 0) return ['never'];
    const titles = reached.flatMap(({ proofs }) => proofs.filter(permits).map(titleOfPermission));
    return [...new Set(titles)];
  };
  return { yes: at('yes'), no: at('no') };
}

const kindsOf = (titles: readonly string[]): string =>
  [...new Set(titles.map((title) => title.split(':')[0]))].join(' ');

describe('what a test asks of the caller', () => {
  it.each([
    ['user.isAdmin', 'role', ''],
    ['!user.isAdmin', '', 'role'],
    ['user.role', 'role', ''],
    ['user.name', '', ''],
    ['user.lockedUntil === undefined', '', ''],
    ['user.lockedUntil === null', '', ''],
    ['user.role === "admin"', 'role', ''],
    ['user.role !== "admin"', '', 'role'],
    ['user.role === Role.Admin', 'role', ''],
    ['user.kind === "admin"', 'role', ''],
    ['user.kind === "cat"', '', ''],
    ['req.body.role === "admin"', '', ''],
    ['(req.body.role ?? user.role) === "admin"', '', ''],
    ['["admin", "clerk"].includes(user.role)', 'role', ''],
    ['user.roles.includes("admin")', 'role', ''],
    // Nobody is in an empty list.
    ['[].includes(user.role)', 'never', ''],
    ['["admin"].includes(req.body.role)', '', ''],
    ['user.roles.includes(req.body.role)', 'owner', ''],
    ['user.orders.includes(req.params.id)', 'owner', ''],
    ['user.level >= 3', 'role', 'role'],
    ['req.params.id === user.id', 'owner', ''],
    ['req.params.id !== user.id', '', 'owner'],
    ['String(req.params.id) === String(user.id)', 'owner', ''],
    ['req.params.id === req.body.id', '', ''],
    ['mayRead(user, req.params.id)', 'policy', 'policy'],
    ['mayRead(req.params.id)', '', ''],
    ['({ admin: true, clerk: false })[user.role]', 'role', 'role'],
  ])('%s', (test, yes, no) => {
    const sides = sidesOf(test);
    expect([kindsOf(sides.yes), kindsOf(sides.no)]).toEqual([yes, no]);
  });

  it.each([
    [
      'a record of the caller for what is asked for',
      `const found = await prisma.member.findFirst({ where: { orderId: req.params.id, userId: user.id } });`,
      'found',
      'owner',
      '',
    ],
    [
      'a column of it',
      `const found = await prisma.member.findFirst({ where: { orderId: req.params.id, userId: user.id } });`,
      'found.active',
      'owner',
      '',
    ],
    [
      'how many there are',
      `const count = await prisma.member.count({ where: { orderId: req.params.id, userId: user.id } });`,
      'count === 1',
      'owner',
      '',
    ],
    [
      'a record of anybody',
      `const found = await prisma.member.findFirst({ where: { orderId: req.params.id } });`,
      'found',
      '',
      '',
    ],
    [
      "the caller's account",
      `const found = await prisma.user.findUnique({ where: { id: user.id } });`,
      'found',
      '',
      '',
    ],
    [
      "a role of the caller's account",
      `const found = await prisma.user.findUnique({ where: { id: user.id } });`,
      'found.role === "admin"',
      'role',
      '',
    ],
    [
      'the owner of a record',
      `const found = await prisma.order.findUnique({ where: { id: req.params.id } });`,
      'found.ownerId === user.id',
      'owner',
      '',
    ],
    [
      'a list of a record',
      `const found = await prisma.order.findUnique({ where: { id: req.params.id } });`,
      'found.readers.includes(user.id)',
      'owner',
      '',
    ],
    ['an ability', `const ability = createMongoAbility(user.rules);`, 'ability.can("delete", "Order")', 'policy', ''],
    [
      'the want of an ability',
      `const ability = createMongoAbility(user.rules);`,
      'ability.cannot("delete", "Order")',
      'policy',
      'policy',
    ],
  ])('%s', (_, before, test, yes, no) => {
    const sides = sidesOf(test, before);
    expect([kindsOf(sides.yes), kindsOf(sides.no)]).toEqual([yes, no]);
  });
});

describe('the name of what is asked for', () => {
  it.each([
    ['user.isAdmin', 'role:isAdmin'],
    ['user.role === "admin"', 'role:admin'],
    ['user.role === Role.Admin', 'role:Admin'],
    ['["admin", "clerk"].includes(user.role)', 'role:admin|clerk'],
    ['user.roles.includes("admin")', 'role:admin'],
    ['mayRead(user, req.params.id)', 'policy:mayRead'],
    ['req.params.id === user.id', 'owner'],
  ])('%s', (test, expected) => {
    expect(sidesOf(test).yes).toContain(expected);
  });
});
