import { join, resolve } from 'node:path';
import { SessionError } from '@blastradius/engine';
import type { Finding, Place, Rule, RuleOptions, Session, SessionOptions, Severity } from '@blastradius/engine';
import parser from '@typescript-eslint/parser';
import { ESLint } from 'eslint';
import type { Rule as EslintRule } from 'eslint';
import { ESLint as ESLint9 } from 'eslint-9';
import { describe, expect, it } from 'vitest';
import { createPlugin } from './create-plugin.js';

const root = '/project';
const mint = 'no-open-token-mint';
const guard = 'require-route-guard';

describe('the plugin object', () => {
  it('names itself', () => {
    const { meta } = createPlugin([], openNothing);
    expect(meta).toEqual({
      name: 'eslint-plugin-blastradius',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/) as string,
      namespace: 'blastradius',
    });
  });

  it('has the precise rules in `recommended` and all in `strict`, with their severities', () => {
    const { configs } = createPlugin(fakeRules(), openNothing);
    expect(configs.recommended.rules).toEqual({ [`blastradius/${mint}`]: 'error' });
    expect(configs.strict.rules).toEqual({ [`blastradius/${mint}`]: 'error', [`blastradius/${guard}`]: 'warn' });
  });

  it('describes each rule, with the page that explains it', () => {
    expect(createPlugin(fakeRules(), openNothing).rules?.[mint]?.meta).toMatchObject({
      type: 'problem',
      docs: {
        description: 'A route mints tokens',
        url: expect.stringContaining(`/rules/${mint}/`) as string,
        recommended: true,
      },
      schema: [],
    });
  });
});

describe('the schema of options', () => {
  const schemaOf = (options: RuleOptions) =>
    createPlugin([{ ...fakeRule(mint, 'A route mints tokens', 'error'), meta: { ...fakeMeta, options } }], openNothing)
      .rules?.[mint]?.meta;

  it('is that of the rule, and holds no defaults: they would hide the options of the configuration', () => {
    const schema = {
      claims: { type: 'array', items: { enum: ['exp', 'aud'] }, description: 'the claims' },
      ignore: { type: 'array', items: { type: 'string', minLength: 1 }, description: 'the entities' },
      lifetime: { type: 'integer', minimum: 0, description: 'in seconds' },
      logs: { type: 'boolean', description: 'whether logs count' },
    } as const;
    const meta = schemaOf({ schema, defaults: { claims: [], ignore: [], lifetime: 0, logs: true } });
    expect(meta?.schema).toEqual([{ type: 'object', properties: schema, additionalProperties: false }]);
    expect(meta).not.toHaveProperty('defaultOptions');
  });
});

describe('a rule', () => {
  it('listens to nothing in a file that it has nothing to say of', () => {
    const { rules } = createPlugin(fakeRules(), (opening) =>
      fakeSession(opening, () => [finding({ place: place('a.ts', 1, 1, 1, 5) })]),
    );
    const listenersOf = (rule: string, file: string) =>
      Object.keys(rules?.[rule]?.create(contextOf(file, { text: 'mint();\n' })) ?? {});
    expect(listenersOf(mint, 'a.ts')).toEqual(['Program']);
    expect(listenersOf(guard, 'a.ts')).toEqual([]);
    expect(listenersOf(mint, 'b.ts')).toEqual([]);
  });

  it('tells files apart where a linter has one source code object for all of them', () => {
    const { rules } = createPlugin(fakeRules(), (opening) =>
      fakeSession(opening, (texts) =>
        texts.get('a.ts') === 'mint();\n' ? [finding({ place: place('a.ts', 1, 1, 1, 5) })] : [],
      ),
    );
    const sourceCode = { text: 'mint();\n' };
    const count = (file: string) => Object.keys(rules?.[mint]?.create(contextOf(file, sourceCode)) ?? {}).length;
    expect([count('a.ts'), count('b.ts'), count('a.ts')]).toEqual([1, 0, 1]);
    sourceCode.text = 'done();\n';
    expect(count('a.ts')).toBe(0);
  });

  function contextOf(file: string, sourceCode: { readonly text: string }): EslintRule.RuleContext {
    const filename = resolve(root, file);
    const context = {
      cwd: root,
      filename,
      physicalFilename: filename,
      settings: { blastradius: { root } },
      sourceCode,
    };
    return context as unknown as EslintRule.RuleContext;
  }
});

describe.each([
  { version: 9, Linter: ESLint9 },
  { version: 10, Linter: ESLint },
])('under ESLint $version', ({ version, Linter }) => {
  it('is the version that it says', () => {
    expect(Linter.version).toMatch(new RegExp(`^${version}\\.`));
  });

  it.each(['a.ts', 'a.tsx', 'a.mts', 'a.cts', 'a.js', 'a.jsx', 'a.mjs', 'a.cjs'])(
    'reports where the session says, in %s',
    async (file) => {
      const messages = await lint(file, 'mint();\nmint();\n', () => [finding({ place: place(file, 2, 1, 2, 5) })]);
      expect(messages).toEqual([
        {
          ruleId: `blastradius/${mint}`,
          severity: 2,
          message: 'mints {{for}} anybody',
          line: 2,
          column: 1,
          endLine: 2,
          endColumn: 5,
        },
      ]);
    },
  );

  it('tells each rule its own findings, and none of other files', async () => {
    const messages = await lint('a.ts', 'mint();\n', () => [
      finding({ place: place('a.ts', 1, 1, 1, 5) }),
      finding({ ruleId: guard, place: place('a.ts', 1, 5, 1, 7) }),
      finding({ place: place('b.ts', 1, 1, 1, 5) }),
    ]);
    expect(messages.map(({ ruleId, column }) => ({ ruleId, column }))).toEqual([
      { ruleId: `blastradius/${mint}`, column: 1 },
      { ruleId: `blastradius/${guard}`, column: 5 },
    ]);
  });

  it('shows a finding in a file that is not code at its first evidence in code', async () => {
    const elsewhere = finding({
      place: place('.env', 3, 1, 3, 9),
      steps: [place('schema.prisma', 1, 1, 1, 2), place('a.ts', 2, 3, 2, 4), place('a.ts', 1, 1, 1, 2)],
    });
    expect(await lint('a.ts', 'mint();\nmint();\n', () => [elsewhere])).toMatchObject([{ line: 2, column: 3 }]);
  });

  it('lints the text that it is given, saved or not', async () => {
    const { eslint } = setUp((texts) =>
      texts.get('a.ts')?.includes('mint') ? [finding({ place: place('a.ts', 1, 1, 1, 5) })] : [],
    );
    expect(await messagesOf(eslint, 'a.ts', 'mint();\n')).toHaveLength(1);
    expect(await messagesOf(eslint, 'a.ts', 'done();\n')).toHaveLength(0);
    expect(await messagesOf(eslint, 'a.ts', 'mint();\n')).toHaveLength(1);
  });

  it('leaves suppression to ESLint, so that a used directive is not called unused', async () => {
    const text = `// eslint-disable-next-line blastradius/${mint} -- test double\nmint();\n`;
    const findings = [finding({ place: place('a.ts', 2, 1, 2, 5) })];
    expect(await lint('a.ts', text, () => findings)).toEqual([]);
    expect(await lint('a.ts', text, () => [])).toMatchObject([{ ruleId: null, line: 1 }]);
  });

  it('opens one session for a project, whatever number of files and rules', async () => {
    const { eslint, opened } = setUp(() => []);
    for (const file of ['a.ts', 'b.ts', 'deep/c.ts', 'a.ts']) await messagesOf(eslint, file, 'x();\n');
    expect(opened.map((project) => project.root)).toEqual([resolve(root)]);
    expect(opened[0]?.options).toMatchObject({ preview: true });
  });

  it('looks through the findings once, whatever number of files, until they change', async () => {
    let looked = 0;
    const counted = (...findings: readonly Finding[]): readonly Finding[] => {
      const array = [...findings];
      return Object.assign(array, {
        [Symbol.iterator]() {
          looked += 1;
          return array.values();
        },
      });
    };
    const before = counted(finding({ place: place('b.ts', 1, 1, 1, 5) }));
    const after = counted(finding({ place: place('a.ts', 1, 1, 1, 5) }));
    const { eslint } = setUp((texts) => (texts.get('a.ts') === 'changed();\n' ? after : before));
    const columns = async (file: string, text: string) =>
      (await messagesOf(eslint, file, text)).map(({ column }) => column);
    expect(await columns('a.ts', 'x();\n')).toEqual([]);
    expect(await columns('b.ts', 'x();\n')).toEqual([1]);
    expect(await columns('c.ts', 'x();\n')).toEqual([]);
    expect(looked).toBe(1);
    expect(await columns('a.ts', 'changed();\n')).toEqual([1]);
    expect(await columns('b.ts', 'x();\n')).toEqual([]);
    expect(looked).toBe(2);
  });

  it('hands the configuration over, relative to the root', async () => {
    const { eslint, opened } = setUp(() => [], { config: resolve(root, 'conf/blastradius.json') });
    await messagesOf(eslint, 'a.ts', 'x();\n');
    expect(opened[0]?.options.config).toBe(join('conf', 'blastradius.json'));
  });

  it('ignores text that is no file, and files outside the root', async () => {
    const { eslint, opened } = setUp(() => []);
    await eslint.lintText('x();\n');
    await eslint.lintText('x();\n', { filePath: resolve('/elsewhere/a.ts') });
    await eslint.lintText('x();\n', { filePath: resolve(root, 'page.md') });
    expect(opened).toEqual([]);
  });

  describe('where the project cannot be analysed', () => {
    const refuse = () => {
      throw new SessionError('blastradius.config.json:3:5: unknown key `gards`');
    };

    it('says so once, at the head of the first file', async () => {
      const { eslint } = setUp(refuse);
      expect(await messagesOf(eslint, 'a.ts', '\nmint();\n')).toEqual([
        {
          ruleId: `blastradius/${mint}`,
          severity: 2,
          message: 'Blastradius could not analyse this project: blastradius.config.json:3:5: unknown key `gards`',
          line: 1,
          column: 1,
        },
      ]);
      expect(await messagesOf(eslint, 'b.ts', 'mint();\n')).toEqual([]);
    });

    it('says so again when the same file is linted again, and no more once it is mended', async () => {
      let isBroken = true;
      const { eslint } = setUp(() => (isBroken ? refuse() : [finding({ place: place('b.ts', 1, 1, 1, 5) })]));
      expect(await messagesOf(eslint, 'a.ts', 'mint();\n')).toHaveLength(1);
      expect(await messagesOf(eslint, 'b.ts', 'mint();\n')).toHaveLength(0);
      expect(await messagesOf(eslint, 'a.ts', 'mint();\n')).toHaveLength(1);
      isBroken = false;
      expect(await messagesOf(eslint, 'a.ts', 'mint();\n')).toHaveLength(0);
      expect(await messagesOf(eslint, 'b.ts', 'mint();\n')).toHaveLength(1);
    });

    it('calls a crash a bug, in one line and without a stack', async () => {
      const [problem, ...more] = await lint('a.ts', 'mint();\n', () => {
        throw new TypeError('x is undefined\n    at analyse (engine.js:1:1)');
      });
      expect(more).toEqual([]);
      expect(problem?.message).toContain('a bug in itself: x is undefined. Please report it at https://');
      expect(problem?.message).not.toContain('engine.js');
    });

    it.each([
      { settings: { rot: '.' }, says: 'settings.blastradius.rot of the ESLint configuration is not known' },
      { settings: { root: 3 }, says: 'settings.blastradius.root of the ESLint configuration is not a string' },
      { settings: 'here', says: 'settings.blastradius of the ESLint configuration is not an object' },
    ])('says what is wrong with the settings $settings', async ({ settings, says }) => {
      const { eslint } = setUp(() => [], settings);
      const messages = await messagesOf(eslint, 'a.ts', 'mint();\n');
      expect(messages).toHaveLength(1);
      expect(messages[0]?.message).toContain(says);
    });
  });

  type Find = (texts: ReadonlyMap<string, string>) => readonly Finding[];

  async function lint(file: string, text: string, find: Find) {
    return messagesOf(setUp(find).eslint, file, text);
  }

  /** An ESLint with all rules on, over a session that finds what `find` says of the texts laid over the project. */
  function setUp(find: Find, settings: unknown = {}) {
    const opened: { root: string; options: SessionOptions }[] = [];
    const plugin = createPlugin(fakeRules(), (opening, options) => {
      opened.push({ root: opening, options });
      return fakeSession(opening, find);
    });
    const blastradius = typeof settings === 'object' ? { root, ...settings } : settings;
    const eslint = new Linter({
      cwd: resolve('/'),
      overrideConfigFile: true,
      overrideConfig: [
        { files: ['**/*.{js,cjs,mjs,jsx}'], languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } } },
        { files: ['**/*.{ts,tsx,mts,cts}'], languageOptions: { parser } },
        plugin.configs.strict,
        { settings: { blastradius }, linterOptions: { reportUnusedDisableDirectives: 'error' } },
      ],
    });
    return { eslint, opened };
  }

  async function messagesOf(eslint: Pick<ESLint, 'lintText'>, file: string, text: string) {
    const results = await eslint.lintText(text, { filePath: resolve(root, file) });
    return results.flatMap(({ messages }) =>
      messages.map(({ ruleId, severity, message, line, column, endLine, endColumn }) => ({
        ruleId,
        severity,
        message,
        line,
        column,
        ...(endLine === undefined ? {} : { endLine, endColumn }),
      })),
    );
  }
});

function openNothing(): Session {
  throw new Error('no session is needed');
}

function fakeSession(sessionRoot: string, find: (texts: ReadonlyMap<string, string>) => readonly Finding[]): Session {
  const texts = new Map<string, string>();
  return {
    root: sessionRoot,
    update(path, text) {
      if (typeof text !== 'string') texts.delete(path);
      else texts.set(path, text);
    },
    updateIfKnown: () => false,
    textOf: (path) => texts.get(path),
    application: () => ({
      routes: [],
      keys: [],
      committedKeys: [],
      tokenMints: [],
      tokenVerifiers: [],
      keyUses: [],
      verifiers: [],
      entities: [],
      isBackEnd: false,
      unverified: [],
      productionKeyReaches: [],
      ownershipOf: () => undefined,
      keyReach: { isSame: () => false, keyOf: () => undefined, opensBy: () => [], opensWith: () => [] },
      personalFieldsOf: () => [],
      parentsOf: () => [],
      limits: [],
    }),
    findings: (_path, options) => (options?.suppressed ? find(texts) : []),
    summary: () => ({ files: 1, skipped: [], routes: 0, isBackEnd: false, limits: [], findings: 0 }),
  };
}

function fakeRules(): readonly Rule[] {
  return [fakeRule(mint, 'A route mints tokens', 'error'), fakeRule(guard, 'A route has no guard', 'warning')];
}

const fakeMeta: Rule['meta'] = {
  ...{ description: 'A route mints tokens', severity: 'error', precision: 'high', recommended: true },
  ...{ cwe: [306], owasp: ['API2'], asvs: ['8.2.1'], ismsP: ['2.5.3'], securitySeverity: 9 },
};

function fakeRule(id: string, description: string, severity: Severity): Rule {
  const recommended = severity === 'error';
  return { id, meta: { ...fakeMeta, description, severity, recommended }, check: () => undefined };
}

function place(file: string, line: number, column: number, endLine: number, endColumn: number): Place {
  return { file, line, column, endLine, endColumn };
}

function finding(given: { ruleId?: string; place: Place; steps?: readonly Place[] }): Finding {
  return {
    ruleId: given.ruleId ?? mint,
    severity: 'error',
    precision: 'high',
    message: 'mints {{for}} anybody',
    place: given.place,
    entity: 'POST /token',
    fingerprint: 'f1',
    steps: (given.steps ?? []).map((step) => ({ place: step, message: 'here' })),
  };
}
