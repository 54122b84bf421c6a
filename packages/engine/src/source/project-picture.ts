import { posix } from 'node:path';
import { limits } from '../limits.js';
import { findPathWithin, resolvePath } from './absolute-path.js';
import { isCodePath } from './code-extensions.js';
import { createDocument } from './create-document.js';
import type { Resolver } from './create-resolver.js';
import { createResolver } from './create-resolver.js';
import { findDocumentKind, isBinaryKeyName, megabytesOf } from './document-kind.js';
import { collectImportedSpecifiers } from './imported-specifiers.js';
import { folderOf } from './folder-of.js';
import { followLinks } from './known-paths.js';
import { isTakenDocument } from './list-files.js';
import type { PackageManifest } from './package-manifest.js';
import { readManifests } from './package-manifest.js';
import type { PathMatcher } from './path-matcher.js';
import type { Project, ProjectDocument, SkippedFile, SourceFile } from './project.js';
import type { TextOrReason } from './read-text.js';
import { readBytes, readText, tooLarge, withoutByteOrderMark } from './read-text.js';
import type { Selection } from './selection.js';
import { takeCode } from './take-code.js';
import type { TsconfigScopes } from './tsconfig-scopes.js';

/** All that has been read, before it is decided which of the code belongs to the project. */
export interface Picture {
  readonly root: string;
  readonly realRoot: string;
  /** Whether the user named what to take. */
  readonly hasInclude: boolean;
  readonly selection: Selection;
  readonly scopes: TsconfigScopes;
  /** What `scopes` was read from. */
  readonly compilerSettings: readonly SourceFile[];
  /** Code that is taken only if the rest imports it. */
  readonly importable: ReadonlySet<string>;
  readonly links: ReadonlyMap<string, string>;
  readonly isMember: PathMatcher;
  /** By path, sorted. */
  readonly code: ReadonlyMap<string, SourceFile>;
  /** By path, sorted. */
  readonly documents: readonly ProjectDocument[];
  readonly skipped: readonly SkippedFile[];
  /** Without those of `package.json` files. */
  readonly problems: readonly SkippedFile[];
}

/** What follows from the paths and the packages, and outlives a change of text. */
interface Derived {
  readonly packages: readonly PackageManifest[];
  readonly packageProblems: readonly SkippedFile[];
  readonly resolver: Resolver;
  /** Paths that are left out unless the rest imports them. */
  readonly excluded: ReadonlySet<string>;
}

export function createPicture(picture: Picture): Project {
  return createProject(picture, derive(picture));
}

function derive(picture: Picture): Derived {
  const packageProblems: SkippedFile[] = [];
  const packages = readManifests(picture.documents, picture.isMember, packageProblems);
  const known = { has: (path: string) => picture.code.has(path), links: picture.links };
  const resolver = createResolver({ known, packages, scopes: picture.scopes });
  return { packages, packageProblems, resolver, excluded: collectExcluded(picture) };
}

function createProject(picture: Picture, derived: Derived): Project {
  const files = selectFiles(picture, derived);
  const project: Project = {
    root: picture.root,
    files,
    documents: picture.documents,
    packages: derived.packages,
    skipped: picture.skipped,
    problems: [...picture.problems, ...derived.packageProblems],
    resolve(from, specifier) {
      const answer = derived.resolver(from, specifier);
      return answer !== undefined && files.has(answer) ? answer : undefined;
    },
    code: { [Symbol.iterator]: () => picture.code.values() },
    surroundings: () => surroundingsOf(picture, derived, files),
    withText(path, text) {
      const relative =
        findPathWithin(picture.root, resolvePath(picture.root, path)) ?? findPathWithin(picture.realRoot, path);
      if (relative === undefined) return project;
      const target = followLinks(relative, picture.links);
      const changed = isCodePath(target) ? withCode(picture, target, text) : withDocument(picture, target, text);
      if (changed === picture) return project;
      const keepsNames =
        changed.code.size === picture.code.size &&
        changed.code.has(target) === picture.code.has(target) &&
        posix.basename(target) !== 'package.json';
      return createProject(changed, keepsNames ? derived : derive(changed));
    },
  };
  return project;
}

function* surroundingsOf(
  picture: Picture,
  { packages, packageProblems }: Derived,
  files: ReadonlyMap<string, SourceFile>,
): Iterable<string> {
  const { hasInclude, links, skipped, problems } = picture;
  for (const path of picture.code.keys()) yield files.has(path) ? path : `(${path})`;
  for (const { path, text } of picture.compilerSettings) {
    yield path;
    yield text;
  }
  for (const { kind, path, text, keys } of picture.documents) {
    yield path;
    yield text;
    yield JSON.stringify([kind, keys]);
  }
  const members = packages.map(({ name, directory, isMember }) => [name, directory, isMember]);
  const importable = [...picture.importable].sort();
  yield JSON.stringify([hasInclude, importable, [...links].sort(), members, skipped, problems, packageProblems]);
}

/** Where the user named what to take, no tsconfig takes anything out. */
function collectExcluded(picture: Picture): ReadonlySet<string> {
  const isExcluded = (path: string): boolean =>
    picture.importable.has(path) ||
    (!picture.hasInclude && picture.scopes.findScope(folderOf(path))?.excludes(path) === true);
  return new Set([...picture.code.keys()].filter(isExcluded));
}

/** Leaves out what is excluded, except what the rest imports: that is how the compiler understands `exclude` of a tsconfig. */
function selectFiles({ code }: Picture, { excluded, resolver }: Derived): ReadonlyMap<string, SourceFile> {
  if (excluded.size === 0) return code;
  const held = new Set(excluded);
  const pending = [...code.values()].filter((file) => !held.has(file.path));
  for (let file = pending.pop(); file !== undefined && held.size > 0; file = pending.pop()) {
    for (const specifier of collectImportedSpecifiers(file)) {
      const imported = resolver(file.path, specifier);
      const released = imported === undefined || !held.delete(imported) ? undefined : code.get(imported);
      if (released !== undefined) pending.push(released);
    }
  }
  return new Map([...code].filter(([path]) => !held.has(path)));
}

function withCode(picture: Picture, path: string, text: string | null | undefined): Picture {
  const reading = read(picture, path, text, limits.codeMegabytes);
  if (reading.text !== undefined && picture.code.get(path)?.text === reading.text) return picture;
  const isTaken =
    picture.importable.has(path) || picture.selection.takesFile(path, picture.selection.allReasonsOf(path));
  const { file, skip } = isTaken ? takeCode(path, reading, picture.selection, picture.scopes) : {};
  const skipped = replaceSkipped(picture.skipped, path, skip);
  if (file === undefined && !picture.code.has(path)) {
    return skipped === picture.skipped ? picture : { ...picture, skipped };
  }

  const code = new Map(picture.code);
  if (file === undefined) code.delete(path);
  else code.set(path, file);
  const isNew = file !== undefined && !picture.code.has(path);
  return { ...picture, skipped, code: isNew ? new Map([...code].sort(byPath)) : code };
}

function withDocument(picture: Picture, path: string, text: string | null | undefined): Picture {
  const kind = findDocumentKind(posix.basename(path));
  if (kind === undefined) return picture;
  const folder = folderOf(path);
  const above = folder === '' ? new Set<never>() : picture.selection.allReasonsOf(folder, true);
  if (!isTakenDocument(path, above, picture.selection)) return picture;
  const megabytes = megabytesOf(kind);
  const reading = read(picture, path, text, megabytes);
  const name = posix.basename(path);
  const bytes =
    text === undefined && reading.text === undefined && isBinaryKeyName(name)
      ? readBytes(posix.join(picture.root, path), megabytes)
      : undefined;
  const document = reading.text === undefined && !bytes ? undefined : createDocument(path, reading.text ?? '', bytes);
  const current = picture.documents.find((candidate) => candidate.path === path);
  // Of a key file nothing but its header is kept, so it may have changed all the same.
  if (current?.text === document?.text && (document ?? current)?.kind !== 'private-key') return picture;
  const others = picture.documents.filter((candidate) => candidate.path !== path);
  const documents = document ? [...others, document].sort((a, b) => (a.path < b.path ? -1 : 1)) : others;
  return { ...picture, documents };
}

/** Text that is taken off gives way to what the disk holds by now, as it may have been saved. */
function read(picture: Picture, path: string, text: string | null | undefined, limitInMegabytes: number): TextOrReason {
  if (text === null) return { reason: 'cannot be read: ENOENT' };
  if (text === undefined) return readText(posix.join(picture.root, path), limitInMegabytes);
  if (Buffer.byteLength(text) > limitInMegabytes * 1024 * 1024) return { reason: tooLarge(limitInMegabytes) };
  return { text: withoutByteOrderMark(text) };
}

function replaceSkipped(
  skipped: readonly SkippedFile[],
  path: string,
  skip: SkippedFile | undefined,
): readonly SkippedFile[] {
  // A file that is gone was not skipped.
  const added = skip === undefined || skip.reason.endsWith('ENOENT') ? [] : [skip];
  if (added.length === 0 && skipped.every(({ file }) => file !== path)) return skipped;
  return [...skipped.filter(({ file }) => file !== path), ...added].sort((a, b) => (a.file < b.file ? -1 : 1));
}

function byPath([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
