import type { WrittenKey } from './written-key.js';

/** A file that is left out, and why, in words for a person: `larger than 5 MB`, `cannot be read: EACCES`. */
export interface SkippedFile {
  readonly file: string;
  readonly reason: string;
}

export interface SourceFile {
  /** POSIX, relative to the root. */
  readonly path: string;
  /** Without a byte order mark. Line ends are as on disk. */
  readonly text: string;
}

/** What kind of file it is for the stages behind: code becomes facts; the others are read by `schema`, `deployment` and `application`. */
export type DocumentKind =
  | 'prisma'
  | 'sql'
  | 'environment'
  | 'private-key'
  | 'package'
  | 'compose'
  | 'nginx'
  /** YAML of Kubernetes, of the Serverless Framework or of SAM. */
  | 'manifest'
  /** Settings of other kinds, which may hold keys. */
  | 'settings';

/** A file that is not code: `schema.prisma`, `migration.sql`, `.env`, a PEM private key, `package.json`, `docker-compose.yml`. */
export interface ProjectDocument extends SourceFile {
  readonly kind: DocumentKind;
  /** Private keys and signing secrets in it, without their text. */
  readonly keys?: readonly WrittenKey[];
}

export interface WorkspacePackage {
  /** As in `package.json`; '' where there is none. */
  readonly name: string;
  /** POSIX, relative to the root, '' for the root itself. */
  readonly directory: string;
  /** Of `dependencies`, `devDependencies`, `peerDependencies`, `optionalDependencies`, each with the versions that it may have, as written. */
  readonly dependencies: ReadonlyMap<string, string>;
}

/** What a look at the disk gives: one consistent picture of the project, with unsaved text laid over it. */
export interface Project {
  /** Absolute; appears in no output. */
  readonly root: string;
  /** Code, by path, sorted. */
  readonly files: ReadonlyMap<string, SourceFile>;
  readonly documents: readonly ProjectDocument[];
  readonly packages: readonly WorkspacePackage[];
  readonly skipped: readonly SkippedFile[];
  /** Broken `tsconfig.json`, unreadable folder …: the rest is analysed all the same. */
  readonly problems: readonly SkippedFile[];
  /**
   * The project file that a specifier means, or `undefined` for a package outside the project, a built-in module,
   * or nothing. Understands relative paths with and without extension, `.js` that means `.ts`, folders, `paths` and
   * `baseUrl` of the nearest tsconfig, `imports` and `exports` maps, workspace packages by name (their sources,
   * where `exports` names build output that is not there).
   */
  resolve(from: string, specifier: string): string | undefined;
  /** Code that any answer about the project can follow from: `files`, and what would be one of them if the rest imported it. */
  readonly code: Iterable<SourceFile>;
  /** All else that any answer can follow from, in a fixed order: paths, documents, settings of the compiler, links, names. */
  surroundings(): Iterable<string>;
  /**
   * Lays text over the disk, or with `null` that the file is not there; `undefined` takes it off again. Returns the new
   * picture and leaves this one as it was.
   */
  withText(path: string, text: string | null | undefined): Project;
}

export interface ProjectOptions {
  /**
   * Globs relative to the root; without any, everything that is not left out by default. What is left out by default is taken where a
   * glob names it: `test/**` and `src/*.spec.ts` take tests, `src/**` does not.
   */
  readonly include?: readonly string[];
  /** Globs relative to the root, in addition to the defaults (see `default-excludes.ts`). */
  readonly exclude?: readonly string[];
}
