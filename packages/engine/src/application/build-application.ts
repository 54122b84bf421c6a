import { Catalog } from '../catalog/catalog.js';
import { libraries } from '../catalog/libraries.js';
import { librariesOf, toLimitedBy } from '../catalog/configured-libraries.js';
import type { Config, ConfigWord } from '../config/config.js';
import type { Deployment } from '../deployment/deployment.js';
import type { FileFacts } from '../facts/file-facts.js';
import { comparePlaces } from '../finding/place.js';
import { forgetPaths } from '../program/access-path.js';
import { Interpreter } from '../program/interpreter.js';
import { unknownValue, type ExternalValue, type FunctionValue, type Value } from '../program/value.js';
import type { Entity } from '../schema/entity.js';
import { entityFinder } from '../schema/find-entity.js';
import type { Project } from '../source/project.js';
import type { Ownership } from './access.js';
import type { Application } from './application.js';
import { CatalogSemantics, type OddShape } from './catalog-semantics.js';
import { KeyCollector } from './collect-keys.js';
import { collectCommittedKeys } from './committed-key.js';
import { collectOwnerships } from './collect-ownerships.js';
import { TokenCollector } from './collect-tokens.js';
import { IssuanceCollector } from './collect-issuance.js';
import { collectKeyUses } from './key-uses.js';
import { parentFinder } from './parent-finder.js';
import { collectVerifiers } from './collect-verifiers.js';
import type { FollowedProgram, FollowedRoute, Framework } from './frameworks/framework.js';
import { createFrameworks } from './frameworks/frameworks.js';
import { findInternalPath } from './internal-path.js';
import { readKeyReach } from './key-reach.js';
import { locateRoutes, Servers } from './located-routes.js';
import { collectStrategyTokens } from './passport-strategies.js';
import { personalFieldsOf } from './personal-data.js';
import { collectPlainText, ColumnWords } from './plain-text.js';
import { collectProductionKeyReaches } from './production-key-reach.js';
import type { Rerun } from './production-run.js';
import { namesRoute } from './names-route.js';
import { readReach } from './reach.js';
import type { EntityFinder } from './read-data.js';
import type { Route } from './route.js';
import { createRoute } from './route-model.js';
import { SwitchedRegistrations } from './switched-registrations.js';
import { abilityShape } from './shapes/ability-shape.js';
import { builderShape } from './shapes/builder-shape.js';
import { clerkShape } from './shapes/clerk-shape.js';
import { containerShape } from './shapes/container-shape.js';
import { drizzleShape } from './shapes/drizzle-shape.js';
import { fedDigestShape } from './shapes/fed-digest-shape.js';
import { dynamodbShape } from './shapes/dynamodb-shape.js';
import { fetchRequestShape } from './shapes/fetch-request-shape.js';
import { lodashShape } from './shapes/lodash-shape.js';
import { requestSchemas } from './shapes/request-schemas.js';
import { mongooseShape } from './shapes/mongoose-shape.js';
import { PassportShape } from './shapes/passport-shape.js';
import { SealShape } from './shapes/seal-shape.js';
import { RequestStoreShape } from './shapes/request-store-shape.js';
import { resultShape } from './shapes/result-shape.js';
import { sequelizeShape } from './shapes/sequelize-shape.js';
import { SettingsShape } from './shapes/settings-shape.js';
import { streamShape } from './shapes/stream-shape.js';
import { supabaseShape } from './shapes/supabase-shape.js';
import { textBodyShape } from './shapes/text-body-shape.js';
import { tokenShape } from './shapes/token-parts.js';
import { typeormShape } from './shapes/typeorm-shape.js';

/** Builds the model from the facts of all files. */
export function buildApplication(
  project: Project,
  files: ReadonlyMap<string, FileFacts>,
  entities: readonly Entity[],
  config: Config,
  deployment: Deployment,
): Application {
  forgetPaths();
  const application = new ApplicationBuilder(project, files, entities, config, deployment).build();
  // What was worked out for a path leads to the interpreter, and that to every module.
  forgetPaths();
  return application;
}

class ApplicationBuilder {
  readonly #frameworks = createFrameworks();
  readonly #frameworkPackages = new Set(this.#frameworks.flatMap(({ packages }) => packages));
  readonly #semantics: CatalogSemantics;
  readonly #interpreter: Interpreter;
  readonly #keys: KeyCollector;
  readonly #issuances: IssuanceCollector;
  readonly #routes: Route[] = [];
  readonly #servers = new Servers();
  #switched = new SwitchedRegistrations([]);
  readonly #findEntity: EntityFinder;
  readonly #columns: ColumnWords;

  constructor(
    readonly project: Project,
    readonly files: ReadonlyMap<string, FileFacts>,
    readonly entities: readonly Entity[],
    readonly config: Config,
    readonly deployment: Deployment,
  ) {
    const catalog = new Catalog(libraries, librariesOf(config), new Set(config.publicMetadata.map(({ name }) => name)));
    const seals = new SealShape(catalog);
    this.#semantics = new CatalogSemantics(catalog, this.#frameworks, [
      ...shapesOf(this.#frameworks),
      requestSchemas,
      new SettingsShape(),
      seals,
      abilityShape,
      builderShape,
      clerkShape,
      containerShape,
      drizzleShape,
      fedDigestShape,
      dynamodbShape,
      fetchRequestShape,
      lodashShape,
      mongooseShape,
      new PassportShape(),
      new RequestStoreShape(),
      resultShape,
      sequelizeShape,
      streamShape,
      supabaseShape,
      textBodyShape,
      typeormShape,
      tokenShape,
    ]);
    this.#interpreter = new Interpreter(files, (from, specifier) => project.resolve(from, specifier), this.#semantics);
    this.#semantics.interpreter = this.#interpreter;
    this.#issuances = new IssuanceCollector(this.#semantics);
    this.#keys = new KeyCollector(
      catalog,
      this.#interpreter,
      project.documents,
      (call) => seals.isSeal(call),
      () => this.#rerun(catalog),
    );
    this.#findEntity = entityFinder(entities);
    this.#columns = new ColumnWords(config);
  }

  #rerun(catalog: Catalog): Rerun {
    const frameworks = createFrameworks();
    const semantics = new CatalogSemantics(catalog, frameworks, [
      ...shapesOf(frameworks),
      requestSchemas,
      new SettingsShape(),
      mongooseShape,
      sequelizeShape,
      typeormShape,
      tokenShape,
    ]);
    const interpreter = new Interpreter(
      this.files,
      (from, specifier) => this.project.resolve(from, specifier),
      semantics,
    );
    semantics.interpreter = interpreter;
    return { interpreter, keyed: semantics.keyed };
  }

  build(): Application {
    const startup = this.#start();
    this.#followRoutes(startup);
    this.#collectKeys();
    const isBackEnd = [...this.files.values()].some((facts) => this.#importsFramework(facts));
    const known = unique(this.#routes).sort(
      (a, b) => comparePlaces(a.place, b.place) || (a.title < b.title ? -1 : a.title > b.title ? 1 : 0),
    );
    const { packages } = this.project;
    const routes = locateRoutes(known, this.#servers, this.deployment, packages, (file) => this.#packageOf(file));
    const keys = [...this.#keys.keys].sort(
      (a, b) => comparePlaces(a.origin, b.origin) || comparePlaces(a.usePlace, b.usePlace),
    );
    const ownerships = collectOwnerships(routes, this.entities);
    const tokens = new TokenCollector(this.#semantics, this.#interpreter, this.#keys.texts, this.#issuances, (file) =>
      this.#packageOf(file),
    );
    const tokenMints = [...tokens.mints].sort((a, b) => comparePlaces(a.place, b.place));
    const tokenVerifiers = [...tokens.verifiers].sort((a, b) => comparePlaces(a.place, b.place));
    return Object.freeze({
      routes,
      tokenMints,
      tokenVerifiers,
      keyUses: collectKeyUses(keys, tokenMints, tokenVerifiers),
      verifiers: [...collectVerifiers(this.#semantics.keyed, this.#semantics)].sort((a, b) =>
        comparePlaces(a.place, b.place),
      ),
      unverified: collectStrategyTokens(this.#interpreter, this.#semantics),
      ownershipOf: ownershipIn(ownerships),
      parentsOf: parentFinder(this.entities, this.#findEntity, ownerships),
      keys,
      keyReach: readKeyReach(keys, routes),
      personalFieldsOf: personalFieldsIn(this.entities),
      committedKeys: [...collectCommittedKeys(this.project.documents, keys)].sort((a, b) =>
        comparePlaces(a.place, b.place),
      ),
      productionKeyReaches: collectProductionKeyReaches(this.project.documents, this.files.values(), keys),
      entities: this.entities,
      isBackEnd,
      limits: [...this.#interpreter.stopped]
        .sort()
        .map((file) => `${file}: too much to follow; values from there on are unknown`),
    });
  }

  /** Runs every module, imported ones first, and gives all that they called outside the project. */
  #start(): readonly ExternalValue[] {
    const calls: ExternalValue[] = [];
    const seen = new Set<ExternalValue>();
    for (const path of importedFirst(this.files, (from, specifier) => this.project.resolve(from, specifier))) {
      const record = this.#interpreter.module(path);
      for (const call of record?.calls ?? []) {
        if (!seen.has(call)) {
          seen.add(call);
          calls.push(call);
        }
      }
    }
    calls.push(...this.#startFunctions());
    return calls;
  }

  /** Functions that make an application and that nobody in the project calls: `createServer()`, `Server.start()`. */
  #startFunctions(): readonly ExternalValue[] {
    const calls: ExternalValue[] = [];
    for (const facts of this.files.values()) {
      if (!this.#importsFramework(facts)) continue;
      const record = this.#interpreter.module(facts.path);
      for (const statement of record ? facts.body : []) {
        const name =
          statement.kind === 'function' || statement.kind === 'class'
            ? statement.name
            : statement.kind === 'let' && statement.pattern.kind === 'name'
              ? statement.pattern.name
              : undefined;
        const value = name === undefined || !record ? undefined : this.#interpreter.lookup(name, record.scope);
        for (const start of value ? this.#startsOf(value) : []) {
          if (
            this.#interpreter.followed.has(start.facts) ||
            start.facts.parameters.some((parameter) => isRequestName(parameter.pattern))
          )
            continue;
          const before = record?.calls.length ?? 0;
          if (record)
            this.#interpreter.runIn(
              record,
              start,
              start.facts.parameters.map(() => unknownValue),
            );
          calls.push(...(record?.calls.slice(before) ?? []));
        }
      }
    }
    return calls;
  }

  /** A function itself, or the static methods of a class. */
  #startsOf(value: Value): readonly FunctionValue[] {
    if (value.kind === 'function') return [value];
    if (value.kind !== 'class') return [];
    return value.facts.members.flatMap((member) => {
      if (!member.static || member.kind !== 'method' || member.function === undefined) return [];
      const method = this.#interpreter.member(value, member.name, { file: value.file, span: member });
      return method.kind === 'function' ? [method] : [];
    });
  }

  #followRoutes(startup: readonly ExternalValue[]): void {
    this.#switched = new SwitchedRegistrations(startup);
    const program: FollowedProgram = {
      startup,
      interpreter: this.#interpreter,
      semantics: this.#semantics,
      packages: this.project.packages,
      functions: this.deployment.functions,
    };
    for (const framework of this.#frameworks) for (const found of framework.routes(program)) this.#add(found, startup);
  }

  #add(found: FollowedRoute, startup: readonly ExternalValue[]): void {
    const { method, path, place, handler, router, framework, state, outcome, answersByReturn, server } = found;
    const reach = readReach(outcome, state, path, this.#semantics, this.#findEntity, answersByReturn);
    const title = `${method} ${path}`;
    const onPurpose = this.config.publicRoutes.some(({ route }) => route === title || route === path);
    const application = this.#packageOf(place.file);
    const internalPath = findInternalPath(path, this.config.internalPaths);
    const isSwitched = internalPath !== undefined && this.#switched.covers(path, internalPath.name);
    const plainText = collectPlainText(reach, this.#columns, this.#semantics, this.#findEntity);
    const inFront = (words: readonly ConfigWord[]): readonly ConfigWord[] =>
      words.filter(({ routes }) => routes?.some((pattern) => namesRoute(pattern, method, path)));
    const limiters = inFront(this.config.limiters).map(({ name, by }) => ({ name, place, by: toLimitedBy(by) }));
    const recorded = inFront(this.config.audit).length > 0;
    const route = createRoute(
      {
        method,
        path,
        place,
        handler,
        router,
        framework,
        application,
        state,
        reach,
        plainText,
        onPurpose,
        markedPublic: found.markedPublic === true,
        internalPath,
        isSwitched,
        limiters,
        recorded,
      },
      this.#semantics,
    );
    this.#routes.push(route);
    this.#issuances.add(title, application, state, reach.provesItself, outcome);
    if (server) this.#servers.add(route, server, startup);
  }

  #importsFramework(facts: FileFacts): boolean {
    return (
      facts.imports.some((item) => this.#frameworkPackages.has(item.source) && !item.typeOnly) ||
      facts.required.some((source) => this.#frameworkPackages.has(source))
    );
  }

  readonly #packageFolders = new Map<string, string>();

  /** Asked for each route, and again for each token and each application. */
  #packageOf(file: string): string {
    let folder = this.#packageFolders.get(file);
    if (folder === undefined) this.#packageFolders.set(file, (folder = this.#findPackage(file)));
    return folder;
  }

  #findPackage(file: string): string {
    let best = '';
    for (const { directory } of this.project.packages) {
      if (directory.length > best.length && file.startsWith(`${directory}/`)) best = directory;
    }
    return best;
  }

  /** Follows the functions that no route reached as well, so that no use of a key is overlooked. */
  #collectKeys(): void {
    const files = [...this.files.values()];
    this.#sweep(files.filter(usesKeys));
    // A function may be handed its key, and who calls it may write it down there.
    const users = new Set([...this.#semantics.keyed].map((call) => call.origin.file.path));
    for (let grown = true; grown;) {
      // A barrel hands them on.
      const barrels = files.filter((facts) => !users.has(facts.path) && this.#reexportsAny(facts, users));
      for (const { path } of barrels) users.add(path);
      grown = barrels.length > 0;
    }
    if (users.size > 0) this.#sweep(files.filter((facts) => this.#importsAny(facts, users)));
    for (const call of this.#semantics.keyed) this.#keys.add(call);
  }

  #sweep(files: readonly FileFacts[]): void {
    for (const facts of files) {
      const record = this.#interpreter.module(facts.path);
      if (!record) continue;
      for (const value of this.#interpreter.functionsOf(record)) {
        if (this.#interpreter.followed.has(value.facts)) continue;
        this.#interpreter.follow(
          value,
          value.thisValue ?? unknownValue,
          value.facts.parameters.map(() => unknownValue),
          { file: facts, span: value.facts },
          [],
        );
      }
    }
  }

  #reexportsAny(facts: FileFacts, targets: ReadonlySet<string>): boolean {
    return facts.exports.some(
      (item) => 'source' in item && targets.has(this.project.resolve(facts.path, item.source) ?? ''),
    );
  }

  #importsAny(facts: FileFacts, targets: ReadonlySet<string>): boolean {
    return sourcesOf(facts).some((source) => targets.has(this.project.resolve(facts.path, source) ?? ''));
  }
}

/** Apart from the builder, so that the model does not keep alive all that it was made of. */
function ownershipIn(
  ownerships: ReadonlyMap<string, Ownership>,
): (entity: string | undefined) => Ownership | undefined {
  return (entity) => (entity === undefined ? undefined : ownerships.get(entity));
}

function personalFieldsIn(entities: readonly Entity[]): (entity: string | undefined) => readonly string[] {
  const fields = new Map(entities.map((entity) => [entity.name, personalFieldsOf(entity.fields)]));
  return (entity) => (entity === undefined ? undefined : fields.get(entity)) ?? [];
}

function shapesOf(frameworks: readonly Framework[]): readonly OddShape[] {
  return frameworks.flatMap(({ shape }) => shape ?? []);
}

/** Packages that take keys: only files that import one of them, by whatever way, are swept. */
const keyPackages = new Set(
  libraries
    .filter((library) => Object.values(library.calls).some((entry) => entry.keys))
    .flatMap((library) => library.packages),
);

function usesKeys(facts: FileFacts): boolean {
  const isKeyPackage = (source: string): boolean =>
    keyPackages.has(source.startsWith('node:') ? source.slice('node:'.length) : source);
  return facts.imports.some((item) => !item.typeOnly && isKeyPackage(item.source)) || facts.required.some(isKeyPackage);
}

/** What a file imports and requires. */
function sourcesOf(facts: FileFacts): readonly string[] {
  return [...facts.imports.filter((item) => !item.typeOnly).map((item) => item.source), ...facts.required];
}

function isRequestName(pattern: { kind: string; name?: string }): boolean {
  return pattern.kind === 'name' && /^_?(req|request|res|response|ctx|context)$/.test(pattern.name ?? '');
}

/** The same method and path at the same place once: modules and routers may be mounted twice. */
function unique(routes: readonly Route[]): Route[] {
  const seen = new Map<string, Route>();
  for (const route of routes) {
    const key = `${route.title} ${route.place.file}:${String(route.place.line)}:${String(route.place.column)}`;
    const known = seen.get(key);
    // Reached over two ways, the weaker one counts.
    if (!known || (known.authentication === 'guarded' && route.authentication === 'open')) seen.set(key, route);
  }
  return [...seen.values()];
}

/** Paths in an order in which what is imported comes before what imports it. */
function importedFirst(
  files: ReadonlyMap<string, FileFacts>,
  resolve: (from: string, specifier: string) => string | undefined,
): readonly string[] {
  const order: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  for (const start of files.keys()) {
    const stack: { path: string; next: number; targets: readonly string[] }[] = [];
    const push = (path: string): void => {
      if (state.has(path)) return;
      state.set(path, 'open');
      const facts = files.get(path);
      const sources = new Set<string>(facts?.required);
      for (const item of facts?.imports ?? []) if (!item.typeOnly) sources.add(item.source);
      for (const item of facts?.exports ?? []) if ('source' in item) sources.add(item.source);
      const targets: string[] = [];
      for (const source of sources) {
        const target = resolve(path, source);
        if (target !== undefined) targets.push(target);
      }
      stack.push({ path, next: 0, targets });
    };
    push(start);
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const target = top.targets[top.next++];
      if (target !== undefined) push(target);
      else {
        state.set(top.path, 'done');
        order.push(top.path);
        stack.pop();
      }
    }
  }
  return order;
}
