import type { Dirent } from 'node:fs';
import { readdirSync, realpathSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { findPathWithin } from './absolute-path.js';
import { isCodePath } from './code-extensions.js';
import { testFileName, testFolderNames } from './default-excludes.js';
import { findDocumentKind } from './document-kind.js';
import type { SkippedFile } from './project.js';
import { errorCode } from './read-text.js';
import type { FolderTraits, Reasons, Selection } from './selection.js';

export interface FileList {
  /** Code that is taken by its path, unsorted. */
  readonly code: readonly string[];
  /** Code that is taken only if the rest imports it. */
  readonly importable: readonly string[];
  /** Documents, or what may be one: the text decides about private keys. */
  readonly documents: readonly string[];
  /** `tsconfig*.json` and `jsconfig.json`. */
  readonly tsconfigs: readonly string[];
  /** Symbolic links below the root to folders and files below the root: from path → to path. */
  readonly links: ReadonlyMap<string, string>;
}

export interface FolderRecord extends FolderTraits {
  readonly packages: Set<string>;
  readonly tests: Set<string>;
}

export function createFolderRecord(): FolderRecord {
  const packages = new Set(['']);
  const tests = new Set<string>();
  return { packages, tests, isPackage: (folder) => packages.has(folder), holdsTests: (folder) => tests.has(folder) };
}

const tsconfigName = /^(?:tsconfig(?:\..+)?|jsconfig)\.json$/;

/**
 * Walks the folders below the root once. Links are never followed: what they lead to below the root is met at its own place, and
 * what lies outside is not the project's. So no loop is possible.
 */
export function listFiles(
  root: string,
  selection: Selection,
  folders: FolderRecord,
  skipped: SkippedFile[],
  problems: SkippedFile[],
): FileList {
  const code: string[] = [];
  const importable: string[] = [];
  const documents: string[] = [];
  const tsconfigs: string[] = [];
  const links = new Map<string, string>();
  const realRoot = realpathSync(root);

  const visitFile = (path: string, name: string, above: Reasons): void => {
    if (isCodePath(name)) {
      const reasons = selection.reasonsOf(path, false, above);
      if (selection.takesFile(path, reasons)) code.push(path);
      else if (selection.takesImportedFile(path, reasons, above)) importable.push(path);
    } else if (above.size === 0) {
      if (tsconfigName.test(name)) tsconfigs.push(path);
      else if (findDocumentKind(name) !== undefined && isTakenDocument(path, above, selection)) documents.push(path);
    }
  };

  const visitLink = (path: string, name: string, above: Reasons): void => {
    const reasons = selection.reasonsOf(path, true, above);
    if (reasons.size > 0 || selection.isExcludedByUser(path)) return;
    const target = followLink(root, path, realRoot);
    if (typeof target === 'string') links.set(path, target);
    else if (target.isFolder || isCodePath(name)) skipped.push({ file: path, reason: target.reason });
  };

  const visitFolder = (folder: string, above: Reasons): void => {
    const entries = readFolder(root, folder, problems);
    if (entries.some((entry) => entry.name === 'package.json')) folders.packages.add(folder);
    let reasons = above;
    if (testFolderNames.has(posix.basename(folder)) && entries.some((entry) => testFileName.test(entry.name))) {
      folders.tests.add(folder);
      reasons = selection.reasonsOf(folder, true, above);
      if (!selection.entersFolder(folder, reasons)) return;
    }
    for (const entry of entries) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isSymbolicLink()) visitLink(path, entry.name, reasons);
      else if (entry.isFile()) visitFile(path, entry.name, reasons);
      else if (entry.isDirectory()) {
        const inner = selection.reasonsOf(path, true, reasons);
        if (selection.entersFolder(path, inner)) visitFolder(path, inner);
      }
    }
  };

  visitFolder('', new Set());
  return { code, importable, documents, tsconfigs, links };
}

/** Documents are named by no default exclude but git's: a hidden `.env` is what is looked for. */
export function isTakenDocument(path: string, above: Reasons, selection: Selection): boolean {
  if (above.size > 0 || selection.isExcludedByUser(path)) return false;
  return !selection.reasonsOf(path, false, above).has('git-ignored');
}

function readFolder(root: string, folder: string, problems: SkippedFile[]): readonly Dirent[] {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true });
  } catch (error) {
    problems.push({
      file: folder,
      reason: `the folder cannot be read: ${errorCode(error)}; nothing in it is analysed`,
    });
    return [];
  }
}

function followLink(root: string, path: string, realRoot: string): string | { isFolder: boolean; reason: string } {
  try {
    const real = realpathSync(join(root, path));
    const isFolder = statSync(real).isDirectory();
    return findPathWithin(realRoot, real) ?? { isFolder, reason: 'is a link to a place outside of the root' };
  } catch (error) {
    return { isFolder: false, reason: `is a link that leads nowhere: ${errorCode(error)}` };
  }
}
