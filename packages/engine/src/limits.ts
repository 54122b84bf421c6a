/**
 * Every bound of the analysis, with the reason for its size. Every stage reads it, so it imports none. What lies beyond
 * a bound is said in docs/known-blind-spots.md, which lists them all.
 */
export const limits = {
  // Files.

  /** Larger files are data or bundles. */
  codeMegabytes: 5,
  /** Enough for any migration that people write; dumps of whole databases tell nothing more about the schema. */
  documentMegabytes: 1,
  /** A file of YAML that may be anything: what says how a project is deployed is short, interface descriptions and locales are not. */
  manifestKilobytes: 256,
  /** Bytes of a file without an extension: the first line of a key file says what it is. */
  keyHeadBytes: 1_024,
  /** Characters of a file that may be minified: one long line does not make a bundle. */
  minifiedCharacters: 8_192,
  /** Characters of its lines on average: hand-written code stays under 100. */
  minifiedLineCharacters: 400,
  /** Characters before a generator's mark: generators write it into their first comment. */
  generatedMarkCharacters: 2_000,

  // Syntax.

  /**
   * Syntax within syntax. People write less than 50; the compiler's own parser gives up before 1,000 on Node's default
   * stack, but reads chains such as `a.b().c()` of any length, and every later stage recurses over the result.
   */
  syntaxDepth: 400,
  /** Operands of one chain of operators: generated code adds up thousands, and later stages recurse. */
  chainedOperands: 200,

  // Schemas.

  /** Columns, and keys, of a table: MySQL's limit, the highest of the databases read here. */
  tableColumns: 4_096,
  /** Names that lead from a model declaration to what it means: longer chains are cycles. */
  declarationSteps: 32,
  /** Characters of a clause of SQL that is shown: longer evidence helps nobody. */
  shownClauseCharacters: 120,
  /** Characters of an expression that is shown: it stands in the middle of a sentence. */
  shownExpressionCharacters: 80,
  /** Expressions within one that is shown: more of them do not fit into its characters. */
  shownExpressionDepth: 4,

  // Deployment.

  /** Files that say how the project is deployed: a project has dozens, a collection of examples has thousands. */
  deploymentFiles: 200,
  /** Maps that are merged into one by `<<` within one another: one that merges itself has no end of them. */
  yamlMerges: 8,
  /** Blocks within blocks of nginx. */
  nginxDepth: 12,

  // Values.

  /** Calls within calls: real handlers reach their queries within a dozen. */
  callDepth: 32,
  /** The same function within itself, handed the same functions, while modules run: trees of routes are nested no deeper than that. */
  recursion: 2,
  /** The same while a request is followed: what an inner round gives, the other branches of the first one give as well. */
  handlerRecursion: 1,
  /** Expressions evaluated for one module or one entry point. */
  steps: 60_000,
  /** Expressions evaluated for one handler or guard. */
  handlerSteps: 12_000,
  /** Expressions that any call may use, however little is left around it. */
  smallestShare: 60,
  /** Items of a list, and spreads of an object: tables of routes are shorter. */
  items: 1_000,
  /** Values that one expression may have: more of them tell nothing that a reader could use. */
  options: 24,
  /** Functions that one call may be of: strategies and drivers to choose from are fewer. */
  calledOptions: 6,
  /** Rounds of a loop over a list that is known. */
  loopRounds: 400,
  /** Parts of a text that is put together, some of them unknown: statements of SQL have fewer. */
  textParts: 500,
  /** Characters of a text that is put together from known ones: a loop may double it each time. */
  textLength: 200_000,
  /** Spellings of one text: paths and lists of them are shorter. */
  spellings: 8,
  /** Characters and holes of one spelling: paths are shorter. */
  spellingLength: 300,
  /** Alternatives of a regular expression: `(get|post)-(one|two)` has four. */
  regexAlternatives: 48,
  /** Groups within groups of a regular expression. */
  regexGroups: 8,
  /** Types within types: a configuration object has two or three levels. */
  typeDepth: 3,

  // Routes.

  /** Routers within routers: deeper than real applications nest. */
  routerDepth: 12,
  /** Layers of one stack, a router counted anew wherever it is mounted: routers that all mount each other have no end of them. */
  stackLayers: 5_000,
  /** Lists of paths within lists of paths: Express takes one, a constant may be another. */
  pathListDepth: 2,
  /** Paths that one computed path may be: a prefix that a setting chooses has two. */
  computedPaths: 4,
  /** Paths that are tried on a handler of a plain server: more are a table that nobody writes by hand. */
  dispatchPaths: 80,
  /** Files in which such paths are looked for. */
  dispatchFiles: 40,
  /** Optional parts of one path: real ones have one or two. */
  optionalPathParts: 3,
  /** Modules that a function makes: one that imports what it makes itself has no end of them. */
  dynamicModules: 1_000,
  /** Routes within routes that `RouterModule` is given: deeper than real applications nest. */
  modulePathDepth: 12,
  /** Names for names of a provider: two may be names for each other. */
  providerAliases: 4,
  /** Steps of one match of a path with a matcher of Next.js: patterns of real projects need some hundreds. */
  matcherSteps: 20_000,
  /** Groups within groups of such a matcher. */
  matcherGroups: 30,
  /** Procedure builders of tRPC that were made of one another. */
  builderSteps: 60,
  /** Guards of Hono that are combined within combined ones. */
  combinedGuards: 8,
  /** Lists of hooks within lists of hooks: Fastify takes them flat, @fastify/auth one within the other. */
  hookListDepth: 4,
  /** Plugins within plugins of Fastify: deeper than real applications nest. */
  pluginDepth: 24,
  /** Macros of Elysia within macros. */
  macroDepth: 4,
  /** Members of members of a request that are written to: `req.args.where.id = …`. */
  requestWriteDepth: 4,
  /** Members of members of a record that is written to. */
  recordWriteDepth: 4,
  /** Values within what is written to a request, where two ways to a layer are told apart. */
  stateDepth: 4,

  // Queries.

  /** Ways in which one query may choose its records: more of them are written by no person. */
  filterAlternatives: 24,
  /** Conditions within conditions: `AND` in `OR` in a relation is three. */
  filterDepth: 5,
  /** Ways on which one answer may hold a record. */
  waysIntoAnswer: 24,
  /** Filters of a policy library within filters. */
  policyFilterDepth: 4,
  /** Records that lead from one to the next: an item of a basket of an account is two. */
  linkedRecords: 4,
  /** Records within the one that is written: nested writes of an ORM go two deep. */
  writtenRecordDepth: 3,
  /** Conversions, texts and alternatives around a value that is written. */
  storedFormDepth: 8,
  /** Lists, spreads and conversions around a record that is saved. */
  savedRecordDepth: 4,
  /** Parts of a statement within parts, each in a tagged template. */
  statementParts: 4,
  /** What stands between a query and the model that names its entity: `repository.manager.connection…`. */
  entityReceivers: 8,

  // The caller and the request.

  /** Conversions and texts around what comes from the request; an object counts twice. */
  inputDepth: 8,
  /** Objects and conversions around what says who the caller is. */
  callerDepth: 6,
  /** Values around a credential that a function of an unknown package is handed. */
  credentialDepth: 4,
  /** Objects within a query's arguments, where the caller is looked for. */
  callerArgumentDepth: 6,
  /** Values within the one that a test asks for. */
  questionDepth: 5,
  /** Payloads within payloads, conversions within conversions; a record counts twice. */
  subjectDepth: 6,
  /** Texts within the key of a store. */
  storeKeyDepth: 3,
  /** Objects within what a schema lets through of a request. */
  checkedInputDepth: 4,
  /** Tests on the way to a point that are gone through for one question. */
  testsOnTheWay: 40,
  /** Values that are looked through for one question: more of them belong to no argument of a real call. */
  valuesWithin: 400,

  // Keys and tokens.

  /** Conversions between a key and where it is written. */
  keyConversions: 12,
  /** Joins and variables within the path of a key file. */
  keyPathDepth: 8,
  /** Values that are looked through for what chooses a key. */
  keyChoiceValues: 200,
  /** Objects spread into the claims of a token, and alternatives among them. */
  claimDepth: 6,
  /** Functions on the way to a token whose names may say what it is for: those further out name a task of which it is a part. */
  tokenMakers: 4,
  /** Conversions between a token and its parts: `JSON.parse(Buffer.from(part, 'base64').toString())` is three. */
  tokenConversions: 12,

  // The cache.

  /** Answers that are kept for one project: of its branches, and of what was asked. */
  keptAnswers: 24,
  /** Answers that are kept with what they have read: for what is asked for by turns, by the command, by ESLint and for a commit. */
  keptReadings: 4,
  /** Files with facts that are kept in one folder: of its projects, and of two versions of Blastradius. */
  keptFacts: 4,
  /** Characters that are gone through to find where the words of one file stand in it: a file that takes more is lowered in each run. */
  wordSearch: 20_000_000,
  /** Files that may have been edited since an answer was made and are compared with what it has read: more of them are another branch. */
  editedFiles: 200,
  /** How long one process waits for another that makes the same answer, in milliseconds. */
  lockMilliseconds: 120_000,
  /** How often it looks, in milliseconds. */
  lockPollMilliseconds: 40,
} as const;
