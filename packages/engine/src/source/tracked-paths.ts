import { readFileSync, statSync } from 'node:fs';
import { posix } from 'node:path';
import { resolvePath } from './absolute-path.js';

export interface TrackedPaths {
  /** Whether git tracks the file, or a file in the folder; paths are relative to the top of the repository. */
  has(path: string, isFolder: boolean): boolean;
}

/** Types of index entries, the upper bits of a mode: file, link, submodule, folder of a sparse index. */
const entryTypes: ReadonlySet<number> = new Set([0o10, 0o12, 0o16, 0o04]);

/**
 * What git tracks, by the index of the repository at `top`: a tracked file is not ignored, whatever `.gitignore` says.
 * `undefined` where there is no index, or none in a form that is known.
 */
export function readTrackedPaths(top: string): TrackedPaths | undefined {
  let files: ReadonlySet<string> | undefined;
  try {
    files = parseIndex(readFileSync(posix.join(findGitFolder(top), 'index')));
  } catch {
    return undefined;
  }
  if (files === undefined) return undefined;
  const known = files;
  let folders: ReadonlySet<string> | undefined;
  return { has: (path, isFolder) => (isFolder ? (folders ??= collectFolders(known)) : known).has(path) };
}

/** In worktrees and submodules `.git` is a file that names the folder. */
function findGitFolder(top: string): string {
  const path = posix.join(top, '.git');
  if (statSync(path).isDirectory()) return path;
  const [, target = ''] = /^gitdir: (.+)$/m.exec(readFileSync(path, 'utf8')) ?? [];
  return resolvePath(top, target);
}

/** https://git-scm.com/docs/index-format, versions 2 to 4 with SHA-1 names. Names are kept as bytes until they are whole. */
function parseIndex(bytes: Buffer): ReadonlySet<string> | undefined {
  const version = bytes.readUInt32BE(4);
  if (bytes.toString('latin1', 0, 4) !== 'DIRC' || version < 2 || version > 4) return undefined;
  const paths = new Set<string>();
  let name = '';
  let at = 12;
  for (let count = bytes.readUInt32BE(8); count > 0; count--) {
    const start = at;
    if (!entryTypes.has(bytes.readUInt32BE(start + 24) >>> 12)) return undefined;
    const isExtended = (bytes.readUInt16BE(start + 60) & 0x4000) !== 0;
    at = start + (isExtended ? 64 : 62);
    // Version 4 says how many bytes of the name before go, and writes what is new.
    const removed = version === 4 ? readVariableWidth(bytes, at) : { value: name.length, next: at };
    const end = bytes.indexOf(0, removed.next);
    if (end === -1) return undefined;
    name = name.slice(0, name.length - removed.value) + bytes.toString('latin1', removed.next, end);
    paths.add(Buffer.from(name, 'latin1').toString('utf8'));
    at = version === 4 ? end + 1 : start + ((end - start + 8) & ~7);
  }
  return paths;
}

/** The encoding of offsets in pack files (gitformat-pack): seven bits a byte, each continuation counts one more. */
function readVariableWidth(bytes: Buffer, start: number): { readonly value: number; readonly next: number } {
  let next = start;
  let byte = bytes.readUInt8(next++);
  let value = byte & 0x7f;
  while ((byte & 0x80) !== 0) {
    byte = bytes.readUInt8(next++);
    value = (value + 1) * 128 + (byte & 0x7f);
  }
  return { value, next };
}

function collectFolders(files: ReadonlySet<string>): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const file of files) {
    for (let end = file.lastIndexOf('/'); end > 0; end = file.lastIndexOf('/', end - 1)) {
      const folder = file.slice(0, end);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  return folders;
}
