/** What a configuration file says. Everything is optional there; lists are empty here where it says nothing. */
export interface Config extends Readonly<Record<WordKey, readonly ConfigWord[]>> {
  /** As shown to a person, `undefined` where there is no configuration file. */
  readonly file: string | undefined;
  /** Globs relative to the root; `undefined` where everything is taken that is not left out by default. */
  readonly include: readonly string[] | undefined;
  readonly exclude: readonly string[];
  readonly rules: Readonly<Record<string, RuleSetting>>;
  /** By rule, where any are given: those that are, without defaults. */
  readonly ruleOptions: Readonly<Record<string, object>>;
  /** Paths of routes that are meant for the inside, `/internal/*`. */
  readonly internalPaths: readonly string[];
  readonly publicRoutes: readonly PublicRoute[];
  /** Columns that hold personal data beyond those that are known by their names: `Address.street`, `phone`. */
  readonly personalColumns: readonly string[];
  /** Columns that the database, or something else outside the program, encrypts. */
  readonly encryptedColumns: readonly string[];
}

export type RuleSetting = 'off' | 'warn' | 'error';

/** The keys whose entries extend the catalog, in its words. */
export type WordKey =
  | 'guards'
  | 'authorizers'
  | 'mints'
  | 'verifiers'
  | 'credentialChecks'
  | 'keys'
  | 'ids'
  | 'limiters'
  | 'audit'
  | 'publicMetadata';

/** A name of the analysed project or of a library, and what it means there. A plain string is short for `{ name }`. */
export interface ConfigWord {
  /** An access path: `@acme/auth#requireUser`, `src/auth.ts#requireUser`, `src/auth.ts#AuthService.check`. */
  readonly name: string;
  /** What it proves about the caller. */
  readonly proves?: string;
  /** Index of the argument, or name of the option, that holds the subject. */
  readonly subject?: number | string;
  /** Index of the argument, or name of the option, that holds the key. */
  readonly key?: number | string;
  /** What a limiter counts by: `address`, `caller`, `identifier`, `everything`. */
  readonly by?: string;
  /** How identifiers come about: `random`, `sequential`, `assigned`. */
  readonly kind?: string;
  /** Routes that it stands in front of, where no code shows it: `POST /login`, `/auth/**`. The name is any text then. */
  readonly routes?: readonly string[];
}

/** A route that is open on purpose. */
export interface PublicRoute {
  /** `GET /health`, or `/health` for every method. */
  readonly route: string;
  readonly reason: string;
}
