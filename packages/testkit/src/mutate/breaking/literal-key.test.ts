import { expect, it } from 'vitest';
import { harvest } from '../harvest.js';
import { literalKey } from './literal-key.js';

const signed = (key: string, before = ''): Readonly<Record<string, string>> => ({
  'src/token.ts': `import jwt from 'jsonwebtoken';\n${before}export const token = (sub) => jwt.sign({ sub }, ${key});\n`,
});

it('writes a key where it was looked up, the same each time', () => {
  const once = harvest(literalKey, signed('process.env.TOKEN_KEY'));
  expect(once.mutants.map(({ deserves }) => deserves)).toEqual([[{ ruleIds: ['no-hardcoded-signing-key'] }]]);
  expect(once.changed[0]?.get('src/token.ts')).toMatch(/jwt\.sign\(\{ sub \}, 'k-\w{38}'\)/);
  expect(harvest(literalKey, signed('process.env.TOKEN_KEY')).changed).toEqual(once.changed);
});

it('writes it in place of each call of a function that reads the environment', () => {
  const before = `const readKey = (name) => process.env[name];\nexport const port = readKey('PORT');\n`;
  const { mutants, changed } = harvest(literalKey, signed(`readKey('TOKEN_KEY')`, before));
  expect(mutants).toHaveLength(1);
  expect(changed[0]?.get('src/token.ts')).toContain(`readKey('PORT')`);
  expect(changed[0]?.get('src/token.ts')).toMatch(/jwt\.sign\(\{ sub \}, 'k-/);
});

it.each([
  ['process.env.PUBLIC_KEY', 'a public key is no secret'],
  [`process.env.TOKEN_KEY ?? 'of-development-and-production'`, 'a text of the key is in the repository already'],
])('leaves %s alone', (key, reason) => {
  const { mutants, leftOut } = harvest(literalKey, signed(key));
  expect(mutants).toEqual([]);
  expect(leftOut.map((item) => item.reason)).toEqual([reason]);
});
