import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SessionError } from '@blastradius/engine';
import type {
  Application,
  AttackPath,
  Finding,
  Route,
  Rule,
  Session,
  SessionOptions,
  Severity,
  Summary,
} from '@blastradius/engine';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Analysis } from './analysis.js';
import type { TextStream } from './io.js';
import { run } from './main.js';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'blastradius-cli-'));
});
afterEach(() => {
  rmSync(cwd, { recursive: true });
});

describe('exit codes', () => {
  it('is 0 where nothing is found', async () => {
    expect(await execute(['check'], {})).toMatchObject({ code: 0, stderr: '' });
  });

  it('is 1 for an error, with the report on stdout alone', async () => {
    const { code, stdout, stderr } = await execute(['check'], { findings: [finding()] });
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toContain('POST /token mints a token');
  });

  it.each([
    { found: 2, allowed: [], code: 0 },
    { found: 2, allowed: ['--max-warnings', '2'], code: 0 },
    { found: 3, allowed: ['--max-warnings', '2'], code: 1 },
    { found: 1, allowed: ['--max-warnings', '0'], code: 1 },
  ])('is $code for $found warnings with $allowed', async ({ found, allowed, code }) => {
    const findings = Array.from({ length: found }, (_, index) =>
      finding({ severity: 'warning', fingerprint: `f${index}` }),
    );
    expect((await execute(['check', ...allowed], { findings })).code).toBe(code);
  });

  it.each([
    { argv: [], says: 'Usage: blastradius' },
    { argv: ['chekc'], says: "blastradius: unknown command 'chekc'" },
    { argv: ['check', 'a', 'b'], says: 'too many arguments' },
    { argv: ['check', '--frmt', 'json'], says: "unknown option '--frmt'" },
    { argv: ['check', '--format', 'xml'], says: 'Allowed choices are stylish, json, sarif' },
    { argv: ['routes', '--preview'], says: "unknown option '--preview'" },
    { argv: ['paths', '--format', 'sarif'], says: 'Allowed choices are stylish, json, mermaid, svg' },
    { argv: ['routes', '--format', 'sarif'], says: 'Allowed choices are stylish, json' },
    { argv: ['check', '--max-warnings', '-1'], says: 'Write a whole number' },
    { argv: ['check', '--max-warnings', 'many'], says: 'Write a whole number' },
    {
      argv: ['check', '--only', 'no-such-rule'],
      says: 'There is no rule no-such-rule; the rules are no-open-token-mint, require-route-guard',
    },
    { argv: ['check', '--rule', 'no-such-rule:error'], says: 'There is no rule no-such-rule' },
    { argv: ['check', '--rule', 'require-route-guard'], says: 'Write a rule and its severity' },
    { argv: ['check', '--rule', 'require-route-guard:loud'], says: 'Write a rule and its severity' },
    { argv: ['check', '--update-baseline'], says: '--update-baseline needs --baseline' },
    {
      argv: ['check', '--staged', '--baseline', 'b.json', '--update-baseline'],
      says: '--update-baseline writes the findings of the whole project: leave out --staged',
    },
    { argv: ['routes', '--staged'], says: "unknown option '--staged'" },
    { argv: ['check', '--baseline', 'none.json'], says: 'cannot read the baseline none.json' },
    {
      argv: ['check', '--output', 'no/such/folder/x.json'],
      says: 'cannot write the report to no/such/folder/x.json: ENOENT',
    },
  ])('is 2 for the arguments $argv', async ({ argv, says }) => {
    const { code, stdout, stderr } = await execute(argv, { findings: [finding()] });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(says);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it('is 2 for what the session refuses, in its words and without a stack', async () => {
    const { code, stdout, stderr } = await execute(['check'], {
      refuses: 'blastradius.config.json:3:5: unknown key `gards`',
    });
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: '',
      stderr: 'blastradius: blastradius.config.json:3:5: unknown key `gards`\n',
    });
  });

  it.each(['check', 'routes', 'paths'])(
    'is 2 where %s has nothing to analyse, and says what to do',
    async (command) => {
      const skipped = [{ file: 'src/a.ts', reason: 'does not parse' }];
      const { code, stdout, stderr } = await execute([command, '--format', 'json'], { files: 0, skipped });
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain('nothing to analyse in .');
      expect(stderr).toContain('`include`');
      expect(stderr).toContain('src/a.ts: does not parse');
    },
  );

  it('is 2 for a back end without a route, with what was found all the same', async () => {
    const { code, stdout, stderr } = await execute(['check'], { isBackEnd: true, findings: [finding()] });
    expect(code).toBe(2);
    expect(stdout).toContain('POST /token mints a token');
    expect(stderr).toContain('no route found in .');
    expect(stderr).toContain('`include`');
  });

  it('is 2 for the routes of a back end without a route, and 0 for those of a library', async () => {
    expect((await execute(['routes'], { isBackEnd: true })).code).toBe(2);
    expect((await execute(['routes'], { isBackEnd: false })).code).toBe(0);
  });

  it('is 2 for a crash, which is called a bug; the stack shows with --debug alone', async () => {
    const quiet = await execute(['check'], { crashes: 'x is undefined' });
    expect(quiet).toMatchObject({ code: 2, stdout: '' });
    expect(quiet.stderr).toContain('this is a bug in blastradius');
    expect(quiet.stderr).toContain('x is undefined');
    expect(quiet.stderr).toContain('/issues');
    expect(quiet.stderr).not.toMatch(/^\s+at /m);
    expect((await execute(['check', '--debug'], { crashes: 'x is undefined' })).stderr).toMatch(/^\s+at /m);
  });

  it('stays what it is when the reader of the report goes away', async () => {
    const stdout = brokenStream('EPIPE');
    expect(await run(['check'], { stdout, stderr: memory(), cwd, env: {} }, analysis({ findings: [finding()] }))).toBe(
      1,
    );
  });

  it('is 2 where the report cannot be written', async () => {
    const stderr = memory();
    const io = { stdout: brokenStream('ENOSPC'), stderr, cwd, env: {} };
    expect(await run(['check'], io, analysis({ findings: [] }))).toBe(2);
    expect(stderr.text).toContain('cannot write the report to standard output');
  });
});

describe('what the session is asked', () => {
  it('opens the folder given, with its configuration relative to it', async () => {
    const asked: Asked[] = [];
    await execute(['check', 'apps/shop', '--config', 'conf/b.json'], { asked });
    expect(asked).toMatchObject([
      { root: join(cwd, 'apps/shop'), options: { config: join('..', '..', 'conf', 'b.json') } },
    ]);
  });

  it('hands over the severities of --rule', async () => {
    const asked: Asked[] = [];
    await execute(['check', '--rule', 'require-route-guard:off', '--rule', 'no-open-token-mint:warning'], { asked });
    const severities = asked[0]?.options.severities;
    expect([...(severities ?? [])]).toEqual([
      ['require-route-guard', 'off'],
      ['no-open-token-mint', 'warning'],
    ]);
  });

  it('runs the rules of --only and no others, even those that are preview or turned off', async () => {
    const asked: Asked[] = [];
    await execute(['check', '--only', 'require-route-guard'], { asked });
    expect([...(asked[0]?.options.severities ?? [])]).toEqual([
      ['no-open-token-mint', 'off'],
      ['require-route-guard', 'warning'],
    ]);
  });

  it.each([
    { argv: ['check'], preview: undefined },
    { argv: ['check', '--preview'], preview: true },
    { argv: ['check', '--preview', '--rule', 'require-route-guard:off'], preview: true },
  ])('asks for the rules that are not recommended yet: $preview with $argv', async ({ argv, preview }) => {
    const asked: Asked[] = [];
    await execute(argv, { asked });
    expect(asked.map(({ options }) => options.preview)).toEqual([preview]);
  });

  it.each([['check', '--only', 'require-route-guard'], ['routes']])(
    'knows all rules that a configuration may name in %s %s',
    async (...argv) => {
      const asked: Asked[] = [];
      await execute(argv, { asked });
      expect(asked[0]?.options.rules.map(({ id }) => id)).toEqual(['no-open-token-mint', 'require-route-guard']);
    },
  );

  it('names to SARIF the rules that ran', async () => {
    const { stdout } = await execute(['check', '--format', 'sarif', '--only', 'require-route-guard'], {});
    expect(stdout).toContain('"require-route-guard"');
    expect(stdout).not.toContain('"no-open-token-mint"');
  });
});

describe('output', () => {
  it('tells machines on stderr what was not analysed, and people in the report', async () => {
    const skipped = [{ file: 'src/a.ts', reason: 'does not parse: line 3' }];
    const json = await execute(['check', '--format', 'json'], { skipped });
    expect(json.stderr).toBe('blastradius: src/a.ts: does not parse: line 3\n');
    expect(JSON.parse(json.stdout)).toMatchObject({ summary: { skipped } });
    const stylish = await execute(['check'], { skipped });
    expect(stylish.stderr).toBe('');
    expect(stylish.stdout).toContain('does not parse: line 3');
  });

  it('prints what could not be followed with --debug alone', async () => {
    const limits = ['src/a.ts:3 middleware `x` is computed'];
    expect((await execute(['check'], { limits })).stderr).toBe('');
    expect((await execute(['check', '--debug'], { limits })).stderr).toContain('src/a.ts:3 middleware `x` is computed');
  });

  it('writes to a file instead of stdout', async () => {
    const { code, stdout } = await execute(['check', '--format', 'json', '--output', 'report.json'], {
      findings: [finding()],
    });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8'))).toMatchObject({ summary: { findings: 1 } });
  });

  it.each([
    { argv: [], isTTY: true, env: {}, colors: true },
    { argv: [], isTTY: false, env: {}, colors: false },
    { argv: [], isTTY: true, env: { NO_COLOR: '1' }, colors: false },
    { argv: [], isTTY: true, env: { TERM: 'dumb' }, colors: false },
    { argv: [], isTTY: false, env: { FORCE_COLOR: '1' }, colors: true },
    { argv: ['--color'], isTTY: false, env: { NO_COLOR: '1' }, colors: true },
    { argv: ['--no-color'], isTTY: true, env: { FORCE_COLOR: '1' }, colors: false },
  ])('colours: $colors with $argv, terminal $isTTY, $env', async ({ argv, isTTY, env, colors }) => {
    const stdout = memory(isTTY);
    await run(['check', ...argv], { stdout, stderr: memory(), cwd, env }, analysis({ findings: [finding()] }));
    expect(stdout.text.includes('\u001b[')).toBe(colors);
  });

  it('shows progress on a terminal only, and clears it before anything else is printed', async () => {
    const terminal = memory(true);
    await run(['check'], { stdout: memory(), stderr: terminal, cwd, env: {} }, analysis({}));
    expect(terminal.text).toContain('Reading files 1/2');
    expect(terminal.text.endsWith('\r\u001b[2K')).toBe(true);
    const crashing = memory(true);
    await run(['check'], { stdout: memory(), stderr: crashing, cwd, env: {} }, analysis({ crashes: 'x' }));
    expect(crashing.text).toContain('Reading files 1/2\r\u001b[2Kblastradius: this is a bug');
    expect((await execute(['check'], {})).stderr).toBe('');
  });

  it.each([
    { format: 'stylish', says: 'POST /internal/token → User' },
    { format: 'json', says: '"title": "POST /internal/token → User"' },
    { format: 'mermaid', says: 'flowchart LR' },
    { format: 'svg', says: '<svg ' },
  ])('shows attack paths as $format', async ({ format, says }) => {
    const { code, stdout } = await execute(['paths', '--format', format], {
      paths: [attackPath()],
      routes: [route()],
      isBackEnd: true,
    });
    expect(code).toBe(0);
    expect(stdout).toContain(says);
  });

  it('lists routes as text and as JSON', async () => {
    const routes = [route()];
    expect((await execute(['routes'], { routes, isBackEnd: true })).stdout).toContain('/internal/token');
    const json = await execute(['routes', '--format', 'json'], { routes, isBackEnd: true });
    expect(JSON.parse(json.stdout)).toMatchObject({ routes: [{ method: 'POST', path: '/internal/token' }] });
  });

  it('lists the rules with what they find and their sets', async () => {
    const { code, stdout } = await execute(['rules'], {});
    expect(code).toBe(0);
    expect(stdout).toContain('no-open-token-mint\n  A route mints tokens\n  error; sets: recommended, strict\n');
    expect(stdout).toContain('require-route-guard\n  A route has no guard\n  warning; sets: strict\n');
  });

  it('prints its version and its help on stdout', async () => {
    expect(await execute(['--version'], {})).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string,
    });
    const help = await execute(['check', '--help'], {});
    expect(help).toMatchObject({ code: 0, stderr: '' });
    expect(help.stdout).toContain('--update-baseline');
  });
});

describe('baseline', () => {
  const file = 'baseline.json';
  const update = ['check', '--baseline', file, '--update-baseline'];

  it('accepts what was found when it was written, whatever line it moves to', async () => {
    const written = await execute(update, { findings: [finding()] });
    expect(written).toMatchObject({ code: 0, stderr: 'blastradius: baseline.json accepts 1 finding.\n' });
    expect(await execute(['check', '--baseline', file], { findings: [finding({ line: 99 })] })).toMatchObject({
      code: 0,
      stderr: '',
    });
  });

  it('does not accept what is new, a second finding of the same fingerprint included', async () => {
    await execute(update, { findings: [finding()] });
    const other = await execute(['check', '--baseline', file, '--format', 'json'], {
      findings: [finding(), finding({ line: 20 }), finding({ fingerprint: 'f2', line: 30 })],
    });
    expect(other.code).toBe(1);
    expect(JSON.parse(other.stdout)).toMatchObject({
      summary: { findings: 2 },
      findings: [{ line: 20 }, { line: 30 }],
    });
  });

  it('says how many accepted findings are gone', async () => {
    await execute(update, { findings: [finding(), finding({ fingerprint: 'f2' })] });
    const { code, stderr } = await execute(['check', '--baseline', file], { findings: [finding()] });
    expect(code).toBe(0);
    expect(stderr).toContain('accepts 1 finding that is no longer there');
  });

  it('is the same bytes in whatever order the findings come', async () => {
    const [a, b] = [finding(), finding({ fingerprint: 'f2', ruleId: 'require-route-guard' })];
    await execute(update, { findings: [a, b] });
    const first = readFileSync(join(cwd, file), 'utf8');
    await execute(update, { findings: [b, a] });
    expect(readFileSync(join(cwd, file), 'utf8')).toBe(first);
  });

  it.each(['', '[]', '{"schemaVersion":2,"findings":[]}', '{"schemaVersion":1,"findings":[{}]}'])(
    'is refused where it is not one: %j',
    async (text) => {
      writeFileSync(join(cwd, file), text);
      const { code, stderr } = await execute(['check', '--baseline', file], {});
      expect(code).toBe(2);
      expect(stderr).toContain('baseline.json is not a baseline of version 1');
    },
  );

  it('is not written where the run could not see the project, or not all rules ran', async () => {
    for (const [argv, project] of [
      [update, { files: 0 }],
      [update, { isBackEnd: true }],
      [[...update, '--only', 'require-route-guard'], {}],
    ] as const) {
      expect((await execute(argv, project)).code).toBe(2);
      expect(existsSync(join(cwd, file))).toBe(false);
    }
  });
});

interface Asked {
  readonly root: string;
  readonly options: SessionOptions;
}

/** What the session of a test finds. */
interface FakeProject {
  readonly findings?: readonly Finding[];
  readonly routes?: readonly Route[];
  readonly paths?: readonly AttackPath[];
  readonly isBackEnd?: boolean;
  readonly limits?: readonly string[];
  readonly files?: number;
  readonly skipped?: Summary['skipped'];
  readonly refuses?: string;
  readonly crashes?: string;
  readonly asked?: Asked[];
}

async function execute(argv: readonly string[], project: FakeProject) {
  const stdout = memory();
  const stderr = memory();
  const code = await run(argv, { stdout, stderr, cwd, env: {} }, analysis(project));
  return { code, stdout: stdout.text, stderr: stderr.text };
}

function analysis(project: FakeProject): Analysis {
  return {
    rules: [
      rule('no-open-token-mint', 'A route mints tokens', 'error'),
      rule('require-route-guard', 'A route has no guard', 'warning'),
    ],
    makers: [],
    collectAttackPaths: () => project.paths ?? [],
    openSession(root, options) {
      project.asked?.push({ root, options });
      if (project.refuses !== undefined) throw new SessionError(project.refuses);
      return session(root, options, project);
    },
  };
}

function session(root: string, options: SessionOptions, project: FakeProject): Session {
  const { findings = [], routes = [], isBackEnd = false, limits = [], files = 1, skipped = [] } = project;
  const application: Application = {
    routes,
    keys: [],
    committedKeys: [],
    tokenMints: [],
    tokenVerifiers: [],
    keyUses: [],
    verifiers: [],
    entities: [],
    isBackEnd,
    unverified: [],
    productionKeyReaches: [],
    ownershipOf: () => undefined,
    keyReach: { isSame: () => false, keyOf: () => undefined, opensBy: () => [], opensWith: () => [] },
    personalFieldsOf: () => [],
    parentsOf: () => [],
    limits,
  };
  return {
    root,
    update: () => undefined,
    updateIfKnown: () => false,
    textOf: () => undefined,
    application: () => application,
    findings: () => {
      options.progress?.('facts', 1, 2);
      if (project.crashes !== undefined) throw new TypeError(project.crashes);
      return findings;
    },
    summary: () => ({ files, skipped, routes: routes.length, isBackEnd, limits, findings: findings.length }),
  };
}

function rule(id: string, description: string, severity: Severity): Rule {
  const recommended = severity === 'error';
  return {
    id,
    meta: {
      ...{ description, severity, precision: 'high', recommended },
      ...{ cwe: [306], owasp: ['API2'], asvs: ['8.2.1'], ismsP: ['2.5.3'], securitySeverity: 9 },
    },
    check: () => undefined,
  };
}

function finding({
  ruleId = 'no-open-token-mint',
  severity = 'error',
  fingerprint = 'f1',
  line = 14,
}: { ruleId?: string; severity?: Severity; fingerprint?: string; line?: number } = {}): Finding {
  const place = { file: 'src/token.ts', line, column: 1, endLine: line, endColumn: 9 };
  return {
    ruleId,
    severity,
    precision: 'high',
    message: 'POST /token mints a token',
    place,
    entity: 'POST /token',
    fingerprint,
    steps: [],
  };
}

function route(): Route {
  const place = { file: 'src/token.ts', line: 14, column: 1, endLine: 14, endColumn: 9 };
  return {
    method: 'POST',
    path: '/internal/token',
    title: 'POST /internal/token',
    place,
    handler: place,
    router: place,
    framework: 'express',
    application: '',
    authentication: 'open',
    authorization: [],
    guards: [],
    listener: 'unknown',
    listenerSteps: [],
    servedBeside: undefined,
    internalPath: undefined,
    isKeptInside: false,
    effects: [],
    optional: false,
    onPurpose: false,
    authenticates: false,
    signsUp: false,
    mints: [],
    links: [],
    lookups: [],
    accesses: [],
    credentialChecks: [],
    limiters: [],
    recorded: false,
    proved: [],
    exposed: undefined,
    trusted: [],
    unverified: [],
    factorBypasses: [],
    plainText: [],
    followed: true,
    isGuarded: () => false,
    isOpen: () => true,
    isForServices: () => false,
  };
}

interface MemoryStream extends TextStream {
  readonly text: string;
}

function attackPath(): AttackPath {
  const place = { file: 'src/token.ts', line: 14, column: 1, endLine: 14, endColumn: 9 };
  const cut = {
    stage: 'obtain',
    message: '`jwt.sign` makes a token for whichever `user_id` the request names',
    ruleId: 'no-open-token-mint',
    place,
    steps: [],
    repair: 'put a guard in front of `POST /internal/token`',
    cuts: true,
  } as const;
  return {
    title: 'POST /internal/token → User',
    entity: 'POST /internal/token',
    sink: 'jwt.sign user_id',
    links: [cut],
    cut,
    radius: { routes: [{ title: 'GET /account', place }], entities: [{ name: 'User', fields: ['email'] }] },
  };
}

function memory(isTTY = false): MemoryStream {
  const chunks: string[] = [];
  return {
    isTTY,
    get text() {
      return chunks.join('');
    },
    write(text, done) {
      chunks.push(text);
      done?.();
      return true;
    },
  };
}

function brokenStream(code: string): TextStream {
  return {
    write(_text, done) {
      done?.(Object.assign(new Error(code), { code }));
      return false;
    },
  };
}
