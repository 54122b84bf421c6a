import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SessionError } from '../session-error.js';
import type { KnownRule } from './check-config.js';
import type { Config } from './config.js';
import { readConfig } from './read-config.js';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'blastradius-config-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function read(text: string, name = 'blastradius.config.ts', rules?: readonly KnownRule[]): Config {
  writeFileSync(join(root, name), text);
  return readConfig({ root }, undefined, rules);
}

function failure(text: string, name?: string, rules?: readonly KnownRule[]): string {
  try {
    read(text, name, rules);
  } catch (error) {
    if (error instanceof SessionError) return error.message;
    throw error;
  }
  return 'no error';
}

const everything = {
  include: ['apps/**'],
  exclude: ['legacy'],
  rules: { 'no-open-token-mint': 'error', 'require-route-guard': 'off' },
  guards: [
    { name: '@acme/auth#requireUser', proves: 'token' },
    { name: 'src/auth.ts#check', subject: 0 },
  ],
  authorizers: [{ name: 'src/roles.ts#can', proves: 'role' }],
  mints: [{ name: 'src/token.ts#issue', subject: 'userId', key: 1 }],
  verifiers: [{ name: 'src/token.ts#verify', key: 'secret' }],
  credentialChecks: [{ name: 'src/login.ts#login' }],
  keys: [{ name: 'src/keys.ts#signingKey' }],
  ids: [{ name: 'Order.number', kind: 'sequential' }],
  limiters: [{ name: 'src/limit.ts#limit' }],
  audit: [{ name: 'src/audit.ts#record' }],
  publicMetadata: [{ name: 'isPublic' }],
  internalPaths: ['/internal/*'],
  publicRoutes: [{ route: 'GET /health', reason: 'asked by the load balancer' }],
  personalColumns: ['Address.street'],
  encryptedColumns: ['PaymentMethod.iban'],
};

describe('a configuration', () => {
  it('is not needed', () => {
    const config = readConfig({ root }, undefined);
    expect(config).toMatchObject({
      file: undefined,
      include: undefined,
      exclude: [],
      rules: {},
      guards: [],
      publicRoutes: [],
    });
  });

  it.each([
    ['blastradius.config.ts', (json: string) => `export default ${json};`],
    [
      'blastradius.config.ts',
      (json: string) => `import { defineConfig } from 'blastradius';\nexport default defineConfig(${json});`,
    ],
    [
      'blastradius.config.mts',
      (json: string) => `const config = ${json} as const satisfies Config;\nexport default config;`,
    ],
    ['blastradius.config.mjs', (json: string) => `const config = ${json};\nexport { config as default };`],
    ['blastradius.config.js', (json: string) => `'use strict';\nmodule.exports = ${json};`],
    ['blastradius.config.cjs', (json: string) => `const config = ${json};\nmodule.exports = defineConfig(config);`],
    ['blastradius.config.json', (json: string) => `\uFEFF// why\n${json.replace(/\}$/, ',}')}`],
  ])('in %s gives the same data', (name, write) => {
    expect(read(write(JSON.stringify(everything, null, 2)), name)).toEqual({
      ...everything,
      ruleOptions: {},
      file: name,
    });
  });

  it('may be put together of constants of its file', () => {
    const config = read(`
      const api = { path: 'src/auth.ts' };
      const internal = ['/internal/*', \`/admin/*\`];
      const shared = { exclude: ['old'], internalPaths: internal };
      const key = 'ids';
      export default {
        ...shared,
        guards: ['@acme/auth#requireUser'],
        internalPaths: [...internal, '/ops/*'],
        [key]: ['Order.number', api.path],
        include: undefined,
      };`);
    expect(config).toMatchObject({
      include: undefined,
      exclude: ['old'],
      guards: [{ name: '@acme/auth#requireUser' }],
      internalPaths: ['/internal/*', '/admin/*', '/ops/*'],
      ids: [{ name: 'Order.number' }, { name: 'src/auth.ts' }],
    });
  });

  it('may have another name, absolute or relative to the root', () => {
    writeFileSync(join(root, 'strict.json'), '{ "exclude": ["a"] }');
    expect(readConfig({ root }, 'strict.json')).toMatchObject({ file: 'strict.json', exclude: ['a'] });
    expect(readConfig({ root }, join(root, 'strict.json')).file).toBe('strict.json');
  });
});

describe('what only a run could tell', () => {
  it.each([
    [
      'export default { exclude: readFolders() };',
      /^blastradius\.config\.ts:1:27: A call cannot stand here\. .*allowed are literals/,
    ],
    [
      'export default {\n  exclude: [process.env.OLD],\n};',
      /^blastradius\.config\.ts:2:13: `process`, which is no constant/,
    ],
    ['export default { ...shared };', /:1:21: `shared`, which is no constant of this file, cannot stand here/],
    ["import { shared } from './shared';\nexport default { exclude: [...shared] };", /:2:31: `shared`/],
    ['let list = [];\nexport default { exclude: list };', /:2:27: `list`/],
    ["const a = 'x';\nexport default { exclude: [`${a}/b`] };", /:2:28: A template string with holes cannot/],
    ['export default { exclude() {} };', /A function cannot stand here/],
    ['export default { get exclude() { return []; } };', /A function cannot stand here/],
    ['export default { exclude: [/x/] };', /A regular expression cannot/],
    ['export default { exclude: true ? [] : [] };', /This expression cannot/],
    ['export default wrap({ exclude: [] });', /:1:16: A call cannot/],
    ['export default defineConfig({}, {});', /A call cannot/],
    ['const a = b;\nconst b = a;\nexport default { exclude: a };', /:2:11: `a` leads back to itself/],
    ['const a = { b: 1 };\nexport default { exclude: a.c };', /there is no `c` in the constant/],
    ["const a = 'x';\nexport default { exclude: [...a] };", /only an array can be spread into an array/],
    ['const a = [];\nexport default { ...a };', /only an object can be spread into an object/],
    ['const config = {};', /:1:1: nothing is exported/],
    ['export default { exclude: [ };', /^blastradius\.config\.ts:1:29: this cannot be parsed: /],
    ['', /nothing is exported/],
  ])('%j is an error', (text, expected) => {
    expect(failure(text)).toMatch(expected);
  });

  it('is never printed', () => {
    expect(failure("export default { keys: [sign('hunter2-secret')] };")).not.toContain('hunter2');
  });
});

describe('an unknown key or a wrong type', () => {
  it.each([
    ['{ "guard": [] }', '1:3: `guard` is unknown in the configuration: did you mean `guards`?'],
    ['{\n  "publicroutes": []\n}', '2:3: `publicroutes` is unknown in the configuration: did you mean `publicRoutes`?'],
    [
      '{ "guards": [{ "name": "a#b", "prove": "token" }] }',
      '1:31: `prove` is unknown in an entry of `guards`: did you mean `proves`?',
    ],
    [
      '{ "publicMetadata": [{ "name": "a", "zzzzzz": 1 }] }',
      '1:37: `zzzzzz` is unknown in an entry of `publicMetadata`: known are name',
    ],
    [
      '{ "ids": ["number"] }',
      '1:11: "number" is neither a column nor a function; write `Order.number` or `src/ids.ts#decodeId`.',
    ],
    [
      '{ "ids": [{ "name": "a.b", "kind": "big" }] }',
      '1:36: `kind` must be one of "random", "sequential", "assigned", not "big".',
    ],
    ['{ "guards": {} }', '1:13: `guards` must be an array, not an object.'],
    ['{ "guards": [1] }', '1:14: a name under `guards` must be a string, not a number.'],
    ['{ "guards": [["a"]] }', '1:14: an entry of `guards` must be an object, not an array.'],
    ['{ "guards": [{ "proves": "token" }] }', '1:14: an entry of `guards` needs `name`.'],
    [
      '{ "guards": ["requireUser"] }',
      '1:14: "requireUser" is no access path; write `package#export` or `src/file.ts#export`, as in "@acme/auth#requireUser".',
    ],
    ['{ "mints": [{ "name": "a#b", "key": -1 }] }', '1:37: `key` counts arguments from 0.'],
    [
      '{ "mints": [{ "name": "a#b", "key": true }] }',
      '1:37: `key` must be the index of an argument or the name of an option, not a boolean.',
    ],
    ['{ "exclude": "old" }', '1:14: `exclude` must be an array, not a string.'],
    ['{ "exclude": [null] }', '1:15: an entry of `exclude` must be a string, not null.'],
    ['{ "exclude": [" "] }', '1:15: an entry of `exclude` must not be empty.'],
    ['{ "rules": { "x": "fatal" } }', '1:19: the severity of `x` must be "off", "warn" or "error".'],
    ['{ "publicRoutes": [{ "route": "GET /" }] }', '1:20: an entry of `publicRoutes` needs `reason`.'],
    ['{ "publicRoutes": [{ "route": "GET /", "reason": "" }] }', '1:50: `reason` must not be empty.'],
    ['[]', '1:1: the configuration must be an object, not an array.'],
    ['{ "exclude": [ }', '1:16: this is not valid JSON: value expected.'],
    ['', '1:1: this is not valid JSON: value expected.'],
  ])('%s is an error', (text, expected) => {
    expect(failure(text, 'blastradius.config.json')).toBe(`blastradius.config.json:${expected}`);
  });

  it('of code names the place as well', () => {
    expect(failure("export default {\r\n  rules: { 'no-open-token-mint': 2 },\r\n};")).toBe(
      'blastradius.config.ts:2:34: the severity of `no-open-token-mint` must be "off", "warn" or "error".',
    );
  });

  it('among the rules is found where the rules are known', () => {
    const text = "export default { rules: { 'no-open-token-mints': 'off' } };";
    expect(failure(text, undefined, [{ id: 'no-open-token-mint', meta: {} }])).toMatch(
      /:1:27: `no-open-token-mints` is unknown in `rules`: did you mean `no-open-token-mint`\?/,
    );
    expect(read(text).rules).toEqual({ 'no-open-token-mints': 'off' });
  });
});

describe('the options of a rule', () => {
  const rules: readonly KnownRule[] = [
    {
      id: 'a-rule',
      meta: {
        options: {
          schema: {
            claims: { type: 'array', items: { enum: ['exp', 'aud'] }, description: 'd' },
            ignore: { type: 'array', items: { type: 'string', minLength: 1 }, description: 'd' },
            lifetime: { type: 'integer', minimum: 1, description: 'd' },
            logs: { type: 'boolean', description: 'd' },
          },
        },
      },
    },
    { id: 'b-rule', meta: {} },
  ];
  const name = 'blastradius.config.json';

  it('stand behind its severity, as in ESLint', () => {
    const options = { claims: ['aud'], ignore: ['Article'], lifetime: 60, logs: false };
    const config = read(JSON.stringify({ rules: { 'a-rule': ['warn', options], 'b-rule': ['off'] } }), name, rules);
    expect(config.rules).toEqual({ 'a-rule': 'warn', 'b-rule': 'off' });
    expect(config.ruleOptions).toEqual({ 'a-rule': options });
  });

  it('may be constants of the file', () => {
    const text = "const claims = ['exp'] as const;\nexport default { rules: { 'a-rule': ['error', { claims }] } };";
    expect(read(text, undefined, rules).ruleOptions).toEqual({ 'a-rule': { claims: ['exp'] } });
  });

  it.each([
    ['["error", { "claim": [] }]', '1:35: `claim` is unknown in the options of `a-rule`: did you mean `claims`?'],
    ['["error", { "claims": "exp" }]', '1:45: `claims` must be an array, not a string.'],
    ['["error", { "claims": ["jti"] }]', '1:46: an entry of `claims` must be one of "exp", "aud", not "jti".'],
    ['["error", { "ignore": [""] }]', '1:46: an entry of `ignore` must not be empty.'],
    ['["error", { "ignore": [1] }]', '1:46: an entry of `ignore` must be a string, not a number.'],
    ['["error", { "lifetime": "1h" }]', '1:47: `lifetime` must be a number, not a string.'],
    ['["error", { "lifetime": 0 }]', '1:47: `lifetime` must be a whole number from 1 up, not 0.'],
    ['["error", { "lifetime": 1.5 }]', '1:47: `lifetime` must be a whole number from 1 up, not 1.5.'],
    ['["error", { "logs": 1 }]', '1:43: `logs` must be true or false, not a number.'],
    ['["error", "exp"]', '1:33: the options of `a-rule` must be an object, not a string.'],
    ['["error", {}, {}]', '1:37: the setting of `a-rule` must be a severity, or [severity, options].'],
    ['[]', '1:23: the setting of `a-rule` must be a severity, or [severity, options].'],
    ['["loud"]', '1:24: the severity of `a-rule` must be "off", "warn" or "error".'],
    ['{}', '1:23: the severity of `a-rule` must be "off", "warn" or "error".'],
  ])('%s are an error', (setting, expected) => {
    expect(failure(`{ "rules": {"a-rule": ${setting} } }`, name, rules)).toBe(`${name}:${expected}`);
  });

  it('are an error where it takes none', () => {
    expect(failure('{ "rules": {"b-rule": ["error", {}] } }', name, rules)).toBe(
      `${name}:1:33: \`b-rule\` takes no options.`,
    );
  });
});

describe('a configuration file', () => {
  it('that is named and not there is an error', () => {
    expect(() => readConfig({ root }, 'missing.ts')).toThrow(
      'The configuration missing.ts does not exist: correct its path',
    );
  });

  it('of an unknown kind is an error', () => {
    writeFileSync(join(root, 'config.yaml'), 'exclude: []');
    expect(() => readConfig({ root }, 'config.yaml')).toThrow('config.yaml is of no kind that can be read');
  });

  it('stands alone', () => {
    writeFileSync(join(root, 'blastradius.config.json'), '{}');
    expect(failure('export default {};')).toBe(
      'There are two configurations, blastradius.config.ts and blastradius.config.json: keep one of them.',
    );
  });
});
