import type { AttackPath, PathLink } from '@blastradius/engine';
import { expect, it } from 'vitest';
import { formatPaths, pathsFormats } from './format-paths.js';

const line = (file: string, at: number) => ({ file, line: at, column: 1, endLine: at, endColumn: 20 });

const counted: PathLink = {
  stage: 'name',
  message: '`User.id` counts up',
  ruleId: 'no-exposed-sequential-id',
  place: line('src/users.ts', 9),
  steps: [{ place: line('prisma/schema.prisma', 3), message: '`User.id` counts up' }],
  repair: 'use a random public id',
  cuts: false,
};
const obtain: PathLink = {
  stage: 'obtain',
  message: '`jwt.sign` makes a token for any `user_id`',
  ruleId: 'no-open-token-mint',
  place: line('src/token.ts', 14),
  steps: [],
  repair: 'put a guard in front of `POST /token`',
  cuts: true,
};
const read: PathLink = {
  stage: 'read',
  message: 'behind it: `User`',
  ruleId: undefined,
  place: line('src/users.ts', 20),
  steps: [],
  cuts: false,
};

function path(overrides: Partial<AttackPath> = {}): AttackPath {
  return {
    title: 'POST /token → User',
    entity: 'POST /token',
    sink: 'jwt.sign user_id',
    links: [counted, obtain, read],
    cut: obtain,
    radius: {
      routes: [{ title: 'GET /account', place: line('src/users.ts', 20) }],
      entities: [{ name: 'User', fields: ['email', 'phone'] }],
    },
    ...overrides,
  };
}

const key: PathLink = { ...obtain, message: 'whoever reads the repository has `KEY`', place: line('src/keys.ts', 2) };
const leaked = path({ title: 'KEY → User', entity: 'KEY', links: [key, read], cut: key });

it('tells a person the links, what stays behind them and what to do, the cut first', async () => {
  expect(await formatPaths('stylish', [path()], { color: false })).toBe(`1  POST /token → User
  name    \`User.id\` counts up  src/users.ts:9  no-exposed-sequential-id
  obtain  \`jwt.sign\` makes a token for any \`user_id\`  src/token.ts:14  no-open-token-mint
  read    behind it: \`User\`  src/users.ts:20
  radius  1 route: User (email, phone)
  cut     put a guard in front of \`POST /token\`
  slower  use a random public id

1 path from the outside to everybody’s data
`);
});

it('says so where there is none', async () => {
  expect(await formatPaths('stylish', [], { color: false })).toBe('No path from the outside to everybody’s data\n');
  expect(JSON.parse(await formatPaths('json', [], { color: false }))).toEqual({ schemaVersion: 1, paths: [] });
});

it('gives machines the index of the cut, and no rule where none is broken', async () => {
  const { paths } = JSON.parse(await formatPaths('json', [path()], { color: false })) as {
    paths: { cut: number; links: { ruleId?: string }[]; radius: unknown }[];
  };
  expect(paths[0]).toMatchObject({
    cut: 1,
    radius: { routes: [{ title: 'GET /account', file: 'src/users.ts', line: 20 }] },
  });
  expect(paths[0]?.links.map(({ ruleId }) => ruleId)).toEqual([
    'no-exposed-sequential-id',
    'no-open-token-mint',
    undefined,
  ]);
});

it('draws paths that begin alike as one way until they part, and data once', async () => {
  const longer = path({ title: 'POST /token → Order', links: [counted, key, read], cut: key });
  const chart = await formatPaths('mermaid', [path(), longer], { color: false });
  expect(chart.match(/User\.id counts up/g)).toHaveLength(1);
  expect(chart.match(/:::data/g)).toHaveLength(1);
  expect(chart.match(/:::flaw/g)).toHaveLength(3);
});

it('lets no text of the project out of its place in a picture', async () => {
  const hostile = '"]\n  n0 --> n1["<script>alert(1)</script> & #';
  const paths = [path({ links: [{ ...obtain, message: hostile }], cut: obtain })];
  const chart = await formatPaths('mermaid', paths, { color: false });
  expect(chart).not.toContain('<script>');
  expect(chart.match(/-->/g)).toHaveLength(2);
  expect(await formatPaths('svg', paths, { color: false })).not.toContain('<script');
});

it('draws an SVG that stands alone', async () => {
  const svg = await formatPaths('svg', [path(), leaked], { color: false });
  expect(svg).toMatch(/<svg [^]*<\/svg>\s*$/);
  expect(svg).toContain('no&#45;open&#45;token&#45;mint');
  expect(svg).not.toMatch(/graphviz version/i);
});

it.each(pathsFormats)(
  'prints the same bytes as %s in whatever order paths come, with a line feed at the end',
  async (format) => {
    const there = await formatPaths(format, [path(), leaked], { color: false });
    expect(await formatPaths(format, [leaked, path()], { color: false })).toBe(there);
    expect(there.endsWith('\n')).toBe(true);
  },
);
