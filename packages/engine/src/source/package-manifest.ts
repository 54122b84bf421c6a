import { isRecord, parseJson } from './parse-json.js';
import { posix } from 'node:path';
import type { ProjectDocument, SkippedFile, WorkspacePackage } from './project.js';

/** A workspace package with what its `package.json` says about entry points. */
export interface PackageManifest extends WorkspacePackage {
  /** Listed by the workspace of the root, not only found below it. */
  readonly isMember: boolean;
  /** `exports` and `imports` as written. */
  readonly exports: unknown;
  readonly imports: unknown;
  /** Of `source`, `main`, `module`, `types`, in the order in which they are worth trying. */
  readonly mains: readonly string[];
}

const dependencyFields = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];
const mainFields = ['source', 'module', 'main', 'types', 'typings'];

/** The root first, also where it has no `package.json`; the others by folder. */
export function readManifests(
  documents: readonly ProjectDocument[],
  isMember: (folder: string) => boolean,
  problems: SkippedFile[],
): readonly PackageManifest[] {
  const manifests = new Map<string, PackageManifest>([['', createManifest('', {}, true)]]);
  for (const document of documents) {
    if (document.kind !== 'package') continue;
    const directory = posix.dirname(document.path) === '.' ? '' : posix.dirname(document.path);
    const { value, error } = parseJson(document.text);
    if (error !== undefined) {
      problems.push({
        file: document.path,
        reason: `is not valid JSON at ${error}; mend it, until then its name and entry points are known in part only`,
      });
    }
    manifests.set(directory, createManifest(directory, isRecord(value) ? value : {}, isMember(directory)));
  }
  return [...manifests.values()].sort((a, b) => (a.directory < b.directory ? -1 : 1));
}

function createManifest(
  directory: string,
  content: Readonly<Record<string, unknown>>,
  isMember: boolean,
): PackageManifest {
  const name = content['name'];
  return {
    name: typeof name === 'string' ? name : '',
    directory,
    dependencies: readDependencies(content),
    isMember,
    exports: content['exports'],
    imports: content['imports'],
    mains: mainFields.map((field) => content[field]).filter((value) => typeof value === 'string'),
  };
}

/** Where several fields name a package, the first says what is installed: a peer is more than one version. */
function readDependencies(content: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> {
  const ranges = new Map<string, string>();
  for (const field of dependencyFields) {
    const dependencies = content[field];
    for (const [name, range] of isRecord(dependencies) ? Object.entries(dependencies) : [])
      if (!ranges.has(name)) ranges.set(name, typeof range === 'string' ? range : '');
  }
  return ranges;
}
