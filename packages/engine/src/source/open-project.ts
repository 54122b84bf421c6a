import { readdirSync, realpathSync, statSync } from 'node:fs';
import { posix } from 'node:path';
import { findPrivateKeyHeader } from '@blastradius/key-material';
import { limits } from '../limits.js';
import { SessionError } from '../session-error.js';
import { pathBelow, resolvePath } from './absolute-path.js';
import { createDocument } from './create-document.js';
import { findDocumentKind, isBinaryKeyName, megabytesOf } from './document-kind.js';
import { readGitignore } from './gitignore.js';
import { createFolderRecord, listFiles } from './list-files.js';
import { readManifests } from './package-manifest.js';
import type { Project, ProjectDocument, ProjectOptions, SkippedFile, SourceFile } from './project.js';
import { createPicture } from './project-picture.js';
import { errorCode, readBytes, readHead, readText } from './read-text.js';
import { createTsconfigReader } from './read-tsconfig.js';
import { findRepository } from './find-repository.js';
import { createSelection } from './selection.js';
import { takeCode } from './take-code.js';
import type { TsconfigScopes } from './tsconfig-scopes.js';
import { createTsconfigScopes } from './tsconfig-scopes.js';
import { readWorkspaceMembers } from './workspace-members.js';

/**
 * Reads the project below a folder. What is wrong with single files stands in `skipped` and `problems` of the answer.
 * @throws {SessionError} where the root is not there, is no folder or cannot be read.
 */
export function openProject(root: string, options: ProjectOptions): Project {
  const folder = resolvePath(root);
  checkRoot(folder, root);
  const skipped: SkippedFile[] = [];
  const problems: SkippedFile[] = [];

  const repository = findRepository(folder);
  const gitignore = readGitignore(folder, repository, problems);
  const folders = createFolderRecord();
  const selection = createSelection(options, gitignore, folders);
  const list = listFiles(folder, selection, folders, skipped, problems);

  const documents = readDocuments(folder, list.documents, skipped);
  const isMember = readWorkspaceMembers(folder, problems);
  const compilerSettings: SourceFile[] = [];
  const foldersAbove = repository?.foldersAbove ?? [];
  const scopes = readScopes(folder, list.tsconfigs, foldersAbove, documents, problems, compilerSettings);

  const importable = new Set(list.importable);
  const code = new Map<string, SourceFile>();
  for (const path of [...list.code, ...list.importable].sort()) {
    const reading = readText(pathBelow(folder, path), limits.codeMegabytes);
    const { file, skip } = takeCode(path, reading, selection, scopes);
    if (file) code.set(path, file);
    else if (skip && !importable.has(path)) skipped.push(skip);
  }

  return createPicture({
    root: folder,
    realRoot: resolvePath(realpathSync(folder)),
    hasInclude: options.include !== undefined,
    selection,
    scopes,
    compilerSettings,
    importable,
    links: list.links,
    isMember,
    code,
    documents,
    skipped: skipped.sort(byFile),
    problems: problems.sort(byFile),
  });
}

function checkRoot(folder: string, asGiven: string): void {
  try {
    if (!statSync(folder).isDirectory()) {
      throw new SessionError(`${asGiven} is a file, not a folder: give the folder of the project that it belongs to.`);
    }
    readdirSync(folder);
  } catch (error) {
    if (error instanceof SessionError) throw error;
    const code = errorCode(error);
    throw new SessionError(
      code === 'ENOENT'
        ? `${asGiven} does not exist: give the folder of a project.`
        : `${asGiven} cannot be read (${code}): check the permissions, or give another folder.`,
      { cause: error },
    );
  }
}

function readDocuments(root: string, paths: readonly string[], skipped: SkippedFile[]): readonly ProjectDocument[] {
  const documents: ProjectDocument[] = [];
  for (const path of [...paths].sort()) {
    const { document, skip } = readDocument(pathBelow(root, path), path);
    if (document) documents.push(document);
    else if (skip) skipped.push(skip);
  }
  return documents;
}

function readDocument(absolute: string, path: string): { document?: ProjectDocument | undefined; skip?: SkippedFile } {
  const name = posix.basename(path);
  const kind = findDocumentKind(name);
  // Any file without an extension may be asked for; its first bytes tell, however large it is.
  const mayBeAnything = kind === 'private-key' && posix.extname(name) === '';
  const head = mayBeAnything ? (readHead(absolute).text ?? '') : undefined;
  if (head !== undefined && findPrivateKeyHeader(head) === undefined) return {};
  const { text = head, reason } = readText(absolute, megabytesOf(kind));
  if (text !== undefined) return { document: createDocument(path, text) };
  const bytes = isBinaryKeyName(name) ? readBytes(absolute, limits.documentMegabytes) : undefined;
  if (bytes) return { document: createDocument(path, '', bytes) };
  // Nobody expects that all settings are read: most of those files are of other tools.
  return kind === 'settings' || kind === 'manifest' ? {} : { skip: { file: path, reason: reason ?? '' } };
}

function readScopes(
  root: string,
  paths: readonly string[],
  foldersAbove: readonly string[],
  documents: readonly ProjectDocument[],
  problems: SkippedFile[],
  compilerSettings: SourceFile[],
): TsconfigScopes {
  const reported = new Set<string>();
  // Its own problems are told where the packages are read for good.
  const manifests = readManifests(documents, () => false, []);
  const reader = createTsconfigReader({
    findPackageFolder(name) {
      const manifest = manifests.find((candidate) => candidate.name === name);
      return manifest && posix.join(root, manifest.directory);
    },
    report(path, reason) {
      const file = posix.relative(root, path);
      if (reported.has(`${file}\n${reason}`)) return;
      reported.add(`${file}\n${reason}`);
      problems.push({ file, reason });
    },
    note: (path, text) => compilerSettings.push({ path: posix.relative(root, path), text }),
  });
  return createTsconfigScopes(root, paths, foldersAbove, reader);
}

function byFile(a: SkippedFile, b: SkippedFile): number {
  return a.file < b.file ? -1 : a.file > b.file ? 1 : 0;
}
