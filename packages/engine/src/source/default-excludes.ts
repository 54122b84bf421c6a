/** Why a file is left out unless `include` asks for it. */
export type ExcludeReason =
  | 'git-ignored'
  | 'hidden'
  | 'installed package'
  | 'build output'
  | 'third-party code'
  | 'declaration file'
  | 'generated'
  | 'test'
  | 'story'
  | 'tool configuration'
  | 'browser script'
  | 'minified';

/**
 * Where a folder's name means what it seems to mean. Deeper down `vendor`, `build`, `coverage` or `fixtures` may be words of the
 * domain (a market's vendors, an insurer's coverage), so only these parents count:
 * `package` is the root or a folder with a `package.json`; `source` also its `src`.
 */
export type ExcludeParent = 'any' | 'package' | 'source';

export interface ExcludedFolders {
  readonly reason: ExcludeReason;
  readonly parent: ExcludeParent;
  readonly names: ReadonlySet<string>;
}

export interface ExcludedFiles {
  readonly reason: ExcludeReason;
  readonly parent: ExcludeParent;
  /** Tested against the name without its folder. */
  readonly name: RegExp;
}

export const excludedFolders: readonly ExcludedFolders[] = [
  { reason: 'installed package', parent: 'any', names: new Set(['node_modules', 'bower_components', 'jspm_packages']) },
  { reason: 'build output', parent: 'any', names: new Set(['dist']) },
  { reason: 'build output', parent: 'package', names: new Set(['build', 'out', 'coverage']) },
  { reason: 'third-party code', parent: 'package', names: new Set(['vendor', 'third_party', 'third-party']) },
  { reason: 'generated', parent: 'any', names: new Set(['generated', '__generated__']) },
  {
    reason: 'test',
    parent: 'any',
    names: new Set(['__tests__', '__test__', '__mocks__', '__fixtures__', '__snapshots__']),
  },
  {
    reason: 'test',
    parent: 'source',
    names: new Set(['test', 'tests', 'spec', 'e2e', 'e2e-tests', 'integration-tests', 'cypress', 'fixtures', 'mocks']),
  },
];

/** Folders that count as tests at any depth as soon as a test file lies directly in them. */
export const testFolderNames: ReadonlySet<string> = new Set(['test', 'tests', 'spec', 'e2e']);

/** `user.test.ts`, `user.e2e-spec.ts`, `user.clienttest.ts`, `user.test-d.ts`, `user.cy.ts`. */
export const testFileName =
  /\.(?:\w+-|api|client|e2e|func|int|integration|server|unit)?(?:tests?|spec|test-d|cy)\.[cm]?[jt]sx?$/;

/**
 * Tools whose configuration is code. Named one by one, because an unknown `*.config.ts` may be the application's own
 * (`auth.config.ts`, `db.config.js`).
 */
const toolConfiguration = new RegExp(
  `^(?:${[
    'astro',
    'babel',
    'blastradius',
    'capacitor',
    'codegen',
    'commitlint',
    'craco',
    'cypress',
    'docusaurus',
    'drizzle',
    'esbuild',
    'eslint',
    'graphql',
    'i18next',
    'jest(?:[.-][\\w-]+)?',
    'karma',
    'knip',
    'lint-staged',
    'metro',
    'next',
    'playwright',
    'postcss',
    'prettier',
    'prisma',
    'quasar',
    'release',
    'remix',
    'rollup',
    'rsbuild',
    'rspack',
    'size-limit',
    'stylelint',
    'svelte',
    'tailwind',
    'tsdown',
    'tsup',
    'typedoc',
    'uno',
    'vite',
    'vitest',
    'vue',
    'webpack(?:[.-][\\w-]+)?',
    'windi',
  ].join('|')})\\.config\\.[cm]?[jt]s$`,
);

export const excludedFiles: readonly ExcludedFiles[] = [
  { reason: 'declaration file', parent: 'any', name: /\.d\.(?:\w+\.)?[cm]?ts$/ },
  { reason: 'generated', parent: 'any', name: /\.(?:gen|generated)\.[cm]?[jt]sx?$/ },
  { reason: 'test', parent: 'any', name: testFileName },
  { reason: 'story', parent: 'any', name: /\.(?:stories|story)\.[cm]?[jt]sx?$/ },
  { reason: 'minified', parent: 'any', name: /[.-]min\.[cm]?js$/ },
  { reason: 'tool configuration', parent: 'package', name: toolConfiguration },
  { reason: 'tool configuration', parent: 'package', name: /^(?:gulpfile|gruntfile|jakefile)\.[cm]?[jt]s$/i },
  { reason: 'tool configuration', parent: 'package', name: /^(?:karma|protractor|wdio)\.conf\.[cm]?[jt]s$/ },
  { reason: 'test', parent: 'package', name: /^(?:jest|vitest)[.-](?:global-?)?setup\.[cm]?[jt]s$/i },
];

/** Folders that are served to browsers as they are; scripts in them are left out by what they contain (see `text-excludes.ts`). */
export const browserFolderNames: ReadonlySet<string> = new Set(['public', 'static', 'assets']);
