const engine = '^packages/engine/src/';
/** What it is, and what opens it. */
const session = ['session', 'open-session'];
const tests = '\\.test\\.ts$';

/** Files of the engine's rooms, tests aside. @param {string[]} rooms */
const from = (...rooms) => ({ path: `${engine}(${rooms.join('|')})/`, pathNot: tests });

/** @param {string[]} rooms */
const to = (...rooms) => ({ path: `${engine}(${rooms.join('|')})(/|\\.ts$)` });

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'source-comes-first',
      comment:
        'Which files there are does not depend on what stands in them, so the source stage imports no later stage.',
      severity: 'error',
      from: from('source'),
      to: to('config', 'facts', 'program', 'catalog', 'schema', 'deployment', 'application', ...session),
    },
    {
      name: 'facts-know-one-file',
      comment:
        'Facts are a pure function of one text, cached by its hash: whatever they knew of other files, libraries or rules would make the cache wrong.',
      severity: 'error',
      from: from('facts'),
      to: to('config', 'program', 'catalog', 'schema', 'deployment', 'application', 'cache', ...session),
    },
    {
      name: 'program-knows-no-library',
      comment: 'Linking follows values whatever they mean; what a library means is data that comes after it.',
      severity: 'error',
      from: from('program'),
      to: to('config', 'catalog', 'schema', 'deployment', 'application', 'cache', ...session),
    },
    {
      name: 'catalog-is-data',
      comment:
        'The catalog says what libraries mean in words that a configuration can use too, so it knows no stage that acts on them.',
      severity: 'error',
      from: from('catalog'),
      to: to('source', 'facts', 'schema', 'deployment', 'application', 'cache', ...session),
    },
    {
      name: 'catalog-takes-types-only',
      comment:
        'The catalog borrows words from the program and the configuration and calls nothing of them: data runs no analysis.',
      severity: 'error',
      from: from('catalog'),
      to: { ...to('config', 'program'), dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'schema-knows-no-application',
      comment: 'A schema is read the same whatever routes there are, so it comes before the application.',
      severity: 'error',
      from: from('schema', 'deployment'),
      to: to('config', 'catalog', 'application', 'cache', ...session),
    },
    {
      name: 'application-starts-from-the-program',
      comment:
        'The application asks the linked program; reading a disk, a cache or a session again would give a second answer.',
      severity: 'error',
      from: from('application'),
      to: to('cache', ...session),
    },
    {
      name: 'application-takes-types-of-facts-and-source',
      comment: 'The application names the forms of facts and files and makes none: each text is lowered once.',
      severity: 'error',
      from: from('application'),
      to: { ...to('facts', 'source'), dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'findings-are-words',
      comment: 'A finding is what every report reads, so its words depend on no stage that could change under them.',
      severity: 'error',
      from: from('finding'),
      to: to('config', 'source', 'program', 'catalog', 'schema', 'deployment', 'cache', ...session),
    },
    {
      name: 'findings-take-types-only',
      comment: 'A finding names what was read and never reads it again.',
      severity: 'error',
      from: from('finding'),
      to: { ...to('facts', 'application'), dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'configuration-is-read-as-data',
      comment:
        'A configuration says the same whatever the project is, so it is read from one file and its facts alone.',
      severity: 'error',
      from: from('config'),
      to: to('program', 'schema', 'deployment', 'application', 'cache', ...session),
    },
    {
      name: 'session-is-for-shells',
      comment: 'The session runs the stages in order; a stage that called it would run inside itself.',
      severity: 'error',
      from: { path: engine, pathNot: [tests, `${engine}(index|session|open-session)\\.ts$`] },
      to: to(...session),
    },
    {
      name: 'key-material-stands-alone',
      comment:
        'Whoever recognises keys in a commit hook installs two small parsers and no compiler, so neither the recognition nor the rule of secretlint imports the analysis.',
      severity: 'error',
      from: { path: '^packages/(key-material|secretlint-rule)/', pathNot: tests },
      to: { path: ['^packages/', '^rules/'], pathNot: ['^packages/$1/', '^packages/key-material/src/index\\.ts$'] },
    },
    {
      name: 'rules-know-only-the-application',
      comment: 'A rule speaks of routes, keys and findings; where it needs more, a word of the model is missing.',
      severity: 'error',
      from: { path: '^rules/', pathNot: tests },
      to: { pathNot: ['^rules/', `${engine}index\\.ts$`] },
    },
    {
      name: 'syntax-stays-in-facts',
      comment:
        'Every stage behind the facts works on our own small tree, so that the compiler can be replaced in one room. What changes programs to test the stages needs a view of its own.',
      severity: 'error',
      from: {
        pathNot: [tests, `${engine}(source|facts)/`, '^packages/bench/', '^packages/testkit/src/mutate/', '^\\.ci/'],
      },
      to: { path: '(^|/)node_modules/(ts-morph|@ts-morph/[^/]+|typescript)/' },
    },
    {
      name: 'disk-stays-in-source',
      comment:
        'One consistent picture of the project, unsaved text included, exists only where one stage alone reads the disk.',
      severity: 'error',
      from: {
        path: ['^packages/(engine|report|key-material)/src/', '^rules/'],
        pathNot: [tests, `${engine}(source|cache)/`],
      },
      to: { path: '^(node:)?fs(/promises)?$' },
    },
    {
      name: 'nothing-is-executed',
      comment:
        'The analysed project is untrusted: no stage can start a process or run text as code. The command asks git what is staged, of a repository in which somebody commits.',
      severity: 'error',
      from: {
        path: ['^packages/(engine|report|key-material|secretlint-rule|eslint-plugin|cli)/src/', '^rules/'],
        pathNot: `${tests}|^packages/cli/src/git\\.ts$`,
      },
      to: { path: '^(node:)?(child_process|cluster|vm|repl)$' },
    },
    {
      name: 'command-and-plugin-are-strangers',
      comment:
        'Both are thin shells on the session; what one needs of the other belongs into the engine or the report. A test may hold one against the other.',
      severity: 'error',
      from: { path: '^packages/(cli|eslint-plugin)/', pathNot: tests },
      to: { path: '^packages/(cli|eslint-plugin)/', pathNot: '^packages/$1/' },
    },
    {
      name: 'reports-print',
      comment:
        'A format turns findings into text and decides nothing, so it knows the words of the engine and no rule.',
      severity: 'error',
      from: { path: '^packages/report/', pathNot: tests },
      to: { path: ['^packages/', '^rules/'], pathNot: ['^packages/report/', `${engine}index\\.ts$`] },
    },
    {
      name: 'packages-meet-at-their-index',
      comment: "What is not in a package's index may change without notice, and is not there for those who install it.",
      severity: 'error',
      from: { path: '^(packages/[^/]+|rules)/' },
      to: {
        path: '^(packages/[^/]+|rules)/',
        pathNot: ['^$1/', '^packages/[^/]+/src/index\\.ts$', '^rules/index\\.ts$'],
      },
    },
    {
      name: 'published-code-stands-alone',
      comment:
        'The test kit and the measurements are not published, so published code that imported them would not load.',
      severity: 'error',
      from: { path: ['^packages/', '^rules/'], pathNot: [tests, '^packages/(testkit|bench)/'] },
      to: { path: ['^packages/(testkit|bench)/', tests] },
    },
    {
      name: 'no-development-dependency',
      comment: 'A development dependency is absent where the package is installed.',
      severity: 'error',
      from: { path: ['^packages/[^/]+/src/', '^rules/'], pathNot: [tests, '^packages/(testkit|bench)/'] },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-unresolvable',
      comment: 'An import that does not resolve here does not resolve elsewhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-cycle',
      comment:
        'Files that need each other load in an order that nobody chose. Types that speak of each other load nothing, and may.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphan',
      comment: 'A file that nobody imports and that imports nobody is dead, or is missing where it should be used.',
      severity: 'error',
      from: {
        orphan: true,
        path: ['^packages/[^/]+/src/', '^rules/'],
        pathNot: [tests, '/src/index\\.ts$', '\\.d\\.ts$'],
      },
      to: {},
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['(^|/)dist/', '^fixtures/'] },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] },
  },
};
