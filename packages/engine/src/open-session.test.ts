import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openSession } from './open-session.js';
import type { Rule } from './finding/rule.js';
import type { Session, SessionOptions } from './session.js';
import { SessionError } from './session-error.js';

const meta: Rule['meta'] = {
  description: 'A rule of these tests',
  severity: 'error',
  precision: 'high',
  recommended: true,
  cwe: [306],
  owasp: ['API2'],
  asvs: ['6.3.4'],
  ismsP: ['2.5.3'],
  securitySeverity: 9,
};

/** Reports what is open, and what it is open to. */
const openRoutes: Rule = {
  id: 'no-open-route',
  meta,
  check(application, report) {
    for (const route of application.routes) {
      if (!route.isOpen()) continue;
      const steps = route.effects.map((effect) => ({ place: effect.place, message: effect.name }));
      report({ message: `${route.title} is open`, place: route.place, entity: route.title, sink: 'route', steps });
    }
  },
};

/** Says all that the model says of a key. */
const writtenKeys: Rule = {
  id: 'no-written-key',
  meta: { ...meta, severity: 'warning', recommended: false },
  check(application, report) {
    for (const key of application.keys) {
      const message = `${key.name} (${key.source}) is used by ${key.use} to ${key.purpose}`;
      report({ message, place: key.origin, entity: key.name, sink: key.use, steps: key.steps });
    }
  },
};

const rules = [openRoutes, writtenKeys];
const both: SessionOptions = { rules, preview: true };

const project = {
  'package.json': '{ "name": "shop", "dependencies": { "express": "5.0.0", "jsonwebtoken": "9.0.0" } }',
  'src/keys.ts': `export const signingKey = 'an-octopus-has-three-hearts';\n`,
  'src/guard.ts': `import jwt from 'jsonwebtoken';
import { signingKey } from './keys.js';

export function requireUser(req, res, next) {
  jwt.verify(req.headers.authorization, signingKey);
  next();
}
`,
  'src/orders.ts': `import { Router } from 'express';
import { requireUser } from './guard.js';

export const orders = Router();
orders.get('/', requireUser, (req, res) => res.json([]));
`,
  'src/app.ts': `import express from 'express';
import { orders } from './orders.js';

const app = express();
app.use('/orders', orders);
app.listen(3000);
`,
};

const openOrders = project['src/orders.ts'].replace('requireUser, ', '');
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function write(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'blastradius-session-'));
  folders.push(root);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return root;
}

const messages = (session: Session): readonly string[] => session.findings().map((finding) => finding.message);
const json = (session: Session): string => JSON.stringify(session.findings(undefined, { suppressed: true }));

describe('update', () => {
  it('lays unsaved text over a file, and goes back to the disk', () => {
    const session = openSession(write(project), { rules: [openRoutes] });
    expect(messages(session)).toEqual([]);
    session.update('src/orders.ts', openOrders);
    expect(messages(session)).toEqual(['GET /orders is open']);
    expect(session.textOf('src/orders.ts')).toBe(openOrders);
    session.update('src/orders.ts', undefined);
    expect(messages(session)).toEqual([]);
    expect(session.textOf('src/orders.ts')).toBe(project['src/orders.ts']);
    expect(session.textOf('src/missing.ts')).toBeUndefined();
  });

  it('leaves the answer the same array as long as nothing changes', () => {
    const session = openSession(write(project), { rules: [openRoutes] });
    const all = () => session.findings(undefined, { suppressed: true });
    const before = all();
    session.update('src/orders.ts', project['src/orders.ts']);
    expect(all()).toBe(before);
    session.update('src/orders.ts', openOrders);
    expect(all()).not.toBe(before);
  });

  it('changes what is found in another file', () => {
    const session = openSession(write(project), { rules: [openRoutes] });
    session.update('src/guard.ts', 'export function requireUser(req, res, next) { next(); }');
    expect(session.findings().map((finding) => finding.place.file)).toEqual(['src/orders.ts']);
    session.update('src/guard.ts', undefined);
    expect(session.findings()).toEqual([]);
  });

  it('takes absolute paths as well', () => {
    const root = write(project);
    const session = openSession(root, { rules: [openRoutes] });
    session.update(join(root, 'src/orders.ts'), openOrders);
    expect(session.findings(join(root, 'src/orders.ts'))).toEqual(session.findings('src/orders.ts'));
    expect(session.findings('src/orders.ts')).toHaveLength(1);
    expect(session.findings('src/app.ts')).toEqual([]);
  });

  it('takes files that are not on the disk, and forgets them', () => {
    const session = openSession(write(project), { rules: [openRoutes] });
    session.update(
      'src/more.ts',
      `import express from 'express'; const app = express(); app.get('/more', (req, res) => res.json(1)); app.listen(1);`,
    );
    expect(messages(session)).toEqual(['GET /more is open']);
    expect(session.summary().files).toBe(5);
    session.update('src/more.ts', undefined);
    expect(messages(session)).toEqual([]);
    expect(session.summary().files).toBe(4);
  });

  it('gives the same text the same findings, with a byte order mark or without', () => {
    const session = openSession(write(project), both);
    const before = session.findings();
    session.update('src/orders.ts', `\uFEFF${project['src/orders.ts']}`);
    expect(session.findings()).toEqual(before);
  });

  it('ends with what a session finds that opens the changed project', () => {
    const edited = openSession(write(project), both);
    edited.update('src/orders.ts', 'import {');
    edited.findings();
    edited.update('src/orders.ts', openOrders);
    expect(json(edited)).toBe(json(openSession(write({ ...project, 'src/orders.ts': openOrders }), both)));
  });
});

describe('updateIfKnown', () => {
  const withCache = (root: string): SessionOptions => ({
    rules: [openRoutes],
    cache: { folder: join(root, '.cache'), makers: [] },
  });
  const edit = new Map([['src/orders.ts', openOrders]]);

  it('leaves all as it is where an analysis would be needed', () => {
    const root = write(project);
    const session = openSession(root, withCache(root));
    const all = () => session.findings(undefined, { suppressed: true });
    const before = all();
    expect(session.updateIfKnown(edit)).toBe(false);
    expect(session.textOf('src/orders.ts')).toBe(project['src/orders.ts']);
    expect(all()).toBe(before);
  });

  it('takes what another session has found for the same texts', () => {
    const root = write(project);
    const session = openSession(root, withCache(root));
    expect(messages(session)).toEqual([]);
    const other = openSession(root, withCache(root));
    other.update('src/orders.ts', openOrders);
    expect(messages(other)).toEqual(['GET /orders is open']);
    expect(session.updateIfKnown(edit)).toBe(true);
    expect(json(session)).toBe(json(other));
    expect(session.textOf('src/orders.ts')).toBe(openOrders);
  });

  it('takes several texts together, and none of them where only one of them is known', () => {
    const root = write(project);
    const session = openSession(root, withCache(root));
    session.summary();
    const other = openSession(root, withCache(root));
    other.update('src/orders.ts', openOrders);
    other.summary();
    const edits = new Map([...edit, ['src/guard.ts', 'export const requireUser = 1;']]);
    expect(session.updateIfKnown(edits)).toBe(false);
    expect(session.textOf('src/orders.ts')).toBe(project['src/orders.ts']);
    other.update('src/guard.ts', 'export const requireUser = 1;');
    other.summary();
    expect(session.updateIfKnown(edits)).toBe(true);
    expect(json(session)).toBe(json(other));
  });

  it('knows that a comment changes nothing, with a cache and without', () => {
    const root = write({ ...project, 'src/orders.ts': openOrders });
    for (const options of [withCache(root), { rules: [openRoutes] }]) {
      const session = openSession(root, options);
      session.summary();
      expect(session.updateIfKnown(new Map([['src/orders.ts', `// One line more.\n${openOrders}`]]))).toBe(true);
      expect(session.findings().map(({ place }) => place.line)).toEqual([6]);
    }
  });

  it('answers whether anything is known where no text is given', () => {
    const root = write(project);
    expect(openSession(root, withCache(root)).updateIfKnown(new Map())).toBe(false);
    openSession(root, withCache(root)).summary();
    expect(openSession(root, withCache(root)).updateIfKnown(new Map())).toBe(true);
  });
});

describe('findings', () => {
  it('are the same in a second session and in another folder, and name no folder of the machine', () => {
    const root = write({ ...project, 'src/orders.ts': openOrders });
    const first = json(openSession(root, both));
    expect(JSON.parse(first)).toHaveLength(2);
    expect(json(openSession(root, both))).toBe(first);
    expect(json(openSession(write({ ...project, 'src/orders.ts': openOrders }), both))).toBe(first);
    expect(first).not.toContain(root);
  });

  it('are the same whatever the order in which files come', () => {
    const files = { ...project, 'src/orders.ts': openOrders };
    const expected = json(openSession(write(files), both));
    const reversed = Object.fromEntries(Object.entries(files).reverse());
    expect(json(openSession(write(reversed), both))).toBe(expected);

    const { 'package.json': manifest, ...code } = files;
    for (const order of [Object.entries(code), Object.entries(code).reverse()]) {
      const session = openSession(write({ 'package.json': manifest }), both);
      for (const [file, text] of order) session.update(file, text);
      expect(json(session)).toBe(expected);
    }
  });

  it('are the same whatever the order of rules', () => {
    const root = write({ ...project, 'src/orders.ts': openOrders });
    expect(json(openSession(root, { ...both, rules: [...rules].reverse() }))).toBe(json(openSession(root, both)));
  });

  it('stand in the order of places', () => {
    const text = `import express from 'express';
const app = express();
app.get('/b', (req, res) => res.json(1));
app.get('/a', (req, res) => res.json(1)); app.post('/a', (req, res) => res.json(1));
app.listen(1);
`;
    const session = openSession(write({ 'package.json': '{}', 'b.ts': text, 'a.ts': text }), { rules: [openRoutes] });
    expect(session.findings().map(({ place, entity }) => `${place.file}:${String(place.line)} ${entity}`)).toEqual([
      'a.ts:3 GET /b',
      'a.ts:4 GET /a',
      'a.ts:4 POST /a',
      'b.ts:3 GET /b',
      'b.ts:4 GET /a',
      'b.ts:4 POST /a',
    ]);
  });

  it('cannot be changed', () => {
    const [finding] = openSession(write(project), both).findings();
    expect(Object.isFrozen(finding)).toBe(true);
  });

  it('say a key by its name, never by its text', () => {
    const session = openSession(write(project), both);
    expect(messages(session)).toEqual(['signingKey (literal) is used by jwt.verify to verify']);
    expect(json(session)).not.toContain('octopus');
    expect(JSON.stringify(session.application())).not.toContain('octopus');
    expect(JSON.stringify(session.summary())).not.toContain('octopus');
  });
});

describe('fingerprints', () => {
  const fingerprints = (session: Session): readonly string[] =>
    session.findings().map((finding) => finding.fingerprint);

  it('stay while lines move', () => {
    const session = openSession(write({ ...project, 'src/orders.ts': openOrders }), both);
    const before = fingerprints(session);
    const lines = session.findings().map((finding) => finding.place.line);
    session.update('src/orders.ts', `// a comment\n\n${openOrders}`);
    session.update('src/keys.ts', `\n\n\n  ${project['src/keys.ts']}`);
    expect(fingerprints(session)).toEqual(before);
    expect(session.findings().map((finding) => finding.place.line)).not.toEqual(lines);
  });

  it('tell rules, entities and files apart', () => {
    const more = openOrders
      .replace(`'/'`, `'/more'`)
      .replace('orders = Router', 'more = Router')
      .replace('orders.get', 'more.get');
    const session = openSession(
      write({
        ...project,
        'src/orders.ts': `${openOrders}orders.post('/', (req, res) => res.json([]));\n`,
        'src/more.ts': more,
        'src/app.ts': project['src/app.ts']
          .replace('app.listen', `app.use(more);\napp.listen`)
          .replace('const', `import { more } from './more.js';\nconst`),
      }),
      both,
    );
    expect(session.findings()).toHaveLength(4);
    expect(new Set(fingerprints(session)).size).toBe(4);
    for (const fingerprint of fingerprints(session)) expect(fingerprint).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe('comments', () => {
  const route = `orders.get('/', (req, res) => res.json([]));`;
  const suppressed = (text: string): boolean => {
    const session = openSession(write({ ...project, 'src/orders.ts': text }), { rules: [openRoutes] });
    expect(session.findings(undefined, { suppressed: true })).toHaveLength(1);
    expect(session.summary().findings).toBe(session.findings().length);
    return session.findings().length === 0;
  };

  it.each([
    ['the next line', `// eslint-disable-next-line blastradius/no-open-route -- it is a demonstration\n${route}`, true],
    ['this line', `${route} // eslint-disable-line blastradius/no-open-route`, true],
    ['every rule', `// eslint-disable-next-line\n${route}`, true],
    ['a block', `/* eslint-disable blastradius/no-open-route */\n${route}`, true],
    [
      'a block that has ended',
      `/* eslint-disable blastradius/no-open-route */\n/* eslint-enable blastradius/no-open-route */\n${route}`,
      false,
    ],
    ['one rule of several', `// eslint-disable-next-line no-console, blastradius/no-open-route\n${route}`, true],
    ['another rule', `// eslint-disable-next-line blastradius/no-written-key\n${route}`, false],
    ['a rule of another plugin', `// eslint-disable-next-line other/no-open-route\n${route}`, false],
    ['another line', `// eslint-disable-next-line blastradius/no-open-route\n\n${route}`, false],
    [
      'a text that is no comment',
      `const text = '// eslint-disable-next-line blastradius/no-open-route';\n${route}`,
      false,
    ],
  ])('for %s', (_, text, expected) => {
    expect(suppressed(openOrders.replace(route, text))).toBe(expected);
  });
});

describe('a file that is said not to be there', () => {
  const found = (session: Session) => session.findings().map(({ ruleId, place }) => `${ruleId} ${place.file}`);

  it('is missed by the others, and is there again once that is taken back', () => {
    const session = openSession(write({ ...project, '.env': 'KEY=1\n', 'src/orders.ts': openOrders }), both);
    expect(found(session)).toEqual(['no-written-key src/keys.ts', 'no-open-route src/orders.ts']);
    session.update('src/orders.ts', null);
    expect(found(session)).toEqual(['no-written-key src/keys.ts']);
    expect(session.summary()).toMatchObject({ files: 3, skipped: [] });
    session.update('src/orders.ts', undefined);
    session.update('src/keys.ts', null);
    expect(found(session)).toEqual(['no-open-route src/orders.ts']);
  });

  it('may be one that has never been there, or is no code', () => {
    const session = openSession(
      write({ ...project, 'prisma/schema.prisma': 'model Order {\n  id Int @id\n}\n' }),
      both,
    );
    const before = session.application();
    session.update('src/no-such-file.ts', null);
    session.update('no-such-folder/', null);
    expect(session.application()).toBe(before);
    expect(before.entities).toHaveLength(1);
    session.update('prisma/schema.prisma', null);
    expect(session.application().entities).toEqual([]);
  });
});

describe('the options of a rule', () => {
  let runs = 0;
  const named: Rule<{ readonly methods: readonly string[]; readonly word: boolean }> = {
    id: 'no-named-route',
    meta: {
      ...meta,
      options: {
        schema: {
          methods: { type: 'array', items: { enum: ['GET', 'POST'] }, description: 'the methods that count' },
          word: { type: 'boolean', description: 'whether to say a word' },
        },
        defaults: { methods: ['GET'], word: true },
      },
    },
    check(application, report, { methods, word }) {
      runs++;
      for (const { method, title, place } of application.routes) {
        if (!methods.includes(method)) continue;
        report({ message: word ? title : '', place, entity: title, sink: 'route', steps: [] });
      }
    },
  };
  const open = (config: string): Session =>
    openSession(write({ ...project, 'blastradius.config.json': config }), { rules: [openRoutes, named] });
  const messages = (session: Session, options?: object) =>
    session
      .findings(undefined, options && { rule: { id: named.id, options } })
      .filter(({ ruleId }) => ruleId === named.id)
      .map(({ message }) => message);

  it('are its defaults, those of the configuration, or those that are asked for, in this order', () => {
    expect(messages(open('{}'))).toEqual(['GET /orders']);
    const session = open('{ "rules": { "no-named-route": ["error", { "word": false }] } }');
    expect(messages(session)).toEqual(['']);
    // What is left out has its default: whoever names options names all of them.
    expect(messages(session, { methods: ['GET', 'POST'] })).toEqual(['GET /orders']);
    expect(messages(session, { methods: [] })).toEqual([]);
    expect(messages(session)).toEqual(['']);
  });

  it('cost one more run for each set of them, and none where none are asked for', () => {
    const session = open('{}');
    runs = 0;
    messages(session);
    messages(session);
    expect(runs).toBe(1);
    for (let time = 0; time < 3; time++) for (const word of [true, false]) messages(session, { word });
    expect(runs).toBe(3);
    session.update('src/new.ts', 'export {};');
    messages(session, { word: true });
    expect(runs).toBe(4);
  });

  it('find nothing of a rule that is turned off, or that there is not', () => {
    const session = open('{ "rules": { "no-named-route": ["off", { "word": false }] } }');
    expect(messages(session, { word: true })).toEqual([]);
    expect(session.findings(undefined, { rule: { id: 'no-such-rule', options: {} } })).toEqual([]);
  });
});

describe('severities', () => {
  const severities = (options: Partial<SessionOptions>, config?: string): readonly string[] => {
    const files = {
      ...project,
      'src/orders.ts': openOrders,
      ...(config === undefined ? {} : { 'blastradius.config.json': config }),
    };
    const session = openSession(write(files), { rules, ...options });
    return session
      .findings()
      .map((finding) => `${finding.ruleId} ${finding.severity}`)
      .sort();
  };

  it('are those of the rules, of which only the recommended ones run', () => {
    expect(severities({})).toEqual(['no-open-route error']);
    expect(severities({ preview: true })).toEqual(['no-open-route error', 'no-written-key warning']);
  });

  it('are set by the configuration, and by the options over it', () => {
    const config = '{ "rules": { "no-open-route": "off", "no-written-key": "error" } }';
    expect(severities({}, config)).toEqual(['no-written-key error']);
    expect(severities({ severities: new Map([['no-open-route', 'warning']]) }, config)).toEqual([
      'no-open-route warning',
      'no-written-key error',
    ]);
    expect(severities({ severities: new Map([['no-written-key', 'off']]) }, config)).toEqual([]);
  });
});

describe('what cannot be read', () => {
  it('lists a file that does not parse, and analyses it and the others as far as it goes', () => {
    const session = openSession(
      write({ ...project, 'src/orders.ts': openOrders, 'src/broken.ts': 'export const a = 1;\nconst = ;\n' }),
      both,
    );
    expect(session.summary().skipped).toEqual([
      {
        file: 'src/broken.ts',
        reason: 'does not parse: Variable declaration expected. (line 2); what could be read is analysed',
      },
    ]);
    expect(session.summary().findings).toBe(2);
    session.update('src/broken.ts', 'export const a = 1;');
    expect(session.summary().skipped).toEqual([]);
  });

  it('lists a file that is nested too deeply to be read', () => {
    const session = openSession(
      write({ ...project, 'src/deep.ts': `export const a = ${'['.repeat(20_000)}${']'.repeat(20_000)};` }),
      both,
    );
    expect(session.summary().skipped.map((file) => file.file)).toEqual(['src/deep.ts']);
    expect(session.summary().findings).toBe(1);
  });

  it('lists a schema that cannot be read', () => {
    const session = openSession(write({ ...project, 'schema.prisma': 'model User {\n  id Int @id\n' }), both);
    expect(session.summary().skipped.map((file) => file.file)).toEqual(['schema.prisma']);
  });

  it('leaves a package for the browser alone out, unless the back end imports it', () => {
    const workspace = {
      ...project,
      'client/package.json': '{ "name": "client", "dependencies": { "react-dom": "19.0.0" } }',
      'client/src/app.tsx': "import { price } from './price.js';\nexport const App = () => <p>{price(1)}</p>;\n",
      'client/src/price.ts': 'export const price = (cents: number) => cents / 100;\n',
    };
    const files = Object.keys(project).filter((file) => file.endsWith('.ts')).length;
    expect(openSession(write(workspace), both).summary().files).toBe(files);
    const imports = { 'src/prices.ts': "export { price } from '../client/src/price.js';\n" };
    expect(openSession(write({ ...workspace, ...imports }), both).summary().files).toBe(files + 3);
  });

  it('gives an empty project no findings', () => {
    for (const files of [{}, { 'package.json': '{ "name": "empty" }' }, { 'README.md': '# Nothing' }]) {
      const session = openSession(write(files), both);
      expect(session.findings()).toEqual([]);
      expect(session.summary()).toEqual({
        files: 0,
        skipped: [],
        routes: 0,
        isBackEnd: false,
        limits: [],
        findings: 0,
      });
      expect(session.application().isBackEnd).toBe(false);
    }
  });
});

describe('errors', () => {
  const errorOf = (root: string, options: SessionOptions = both): SessionError => {
    try {
      openSession(root, options).findings();
    } catch (error) {
      expect(error).toBeInstanceOf(SessionError);
      return error as SessionError;
    }
    throw new Error('nothing was thrown');
  };

  it('say what is wrong with a root', () => {
    const root = write(project);
    expect(errorOf(join(root, 'nowhere')).message).toContain('nowhere');
    expect(errorOf(join(root, 'package.json')).message).toContain('package.json is a file, not a folder');
  });

  it('say what is wrong with the path of the configuration', () => {
    expect(errorOf(write(project), { ...both, config: 'other.json' }).message).toContain('other.json does not exist');
  });

  it.each([
    ['a text that does not parse', 'blastradius.config.json:1:', { 'blastradius.config.json': '{ "rules": ' }],
    ['an unknown key', 'blastradius.config.json:1:3', { 'blastradius.config.json': '{ "rulez": {} }' }],
    ['an unknown rule', 'no-such-rule', { 'blastradius.config.json': '{ "rules": { "no-such-rule": "off" } }' }],
    [
      'a wrong severity',
      'blastradius.config.json:1:31',
      { 'blastradius.config.json': '{ "rules": { "no-open-route": 3 } }' },
    ],
    [
      'two configurations',
      'keep one of them',
      { 'blastradius.config.json': '{}', 'blastradius.config.ts': 'export default {};' },
    ],
  ])('say what is wrong with a configuration: %s', (_, expected, files) => {
    expect(errorOf(write({ ...project, ...files })).message).toContain(expected);
  });
});
