import type { FileFacts } from '../../../facts/file-facts.js';
import type { WorkspacePackage } from '../../../source/project.js';

/** What a file of an application of Next.js is, by where it lies. */
export interface NextFile {
  readonly facts: FileFacts;
  /** The folder of the application, '' or ending with a slash. */
  readonly root: string;
  /** The path that it answers; '' for a middleware. */
  readonly path: string;
  readonly kind: 'handler' | 'page-api' | 'middleware';
}

const extension = '\\.(?:ts|js|tsx|jsx|mjs|mts)$';
const handlerFile = new RegExp(`^(?:src/)?app/(?:(.*)/)?route${extension}`);
const pageFile = new RegExp(`^(?:src/)?pages/(api(?:/.*)?)${extension}`);
const middlewareFile = new RegExp(`^(?:src/)?(?:middleware|proxy)${extension}`);

/** The files of applications that answer requests: https://nextjs.org/docs/app/getting-started/project-structure */
export function collectNextFiles(
  files: ReadonlyMap<string, FileFacts>,
  packages: readonly WorkspacePackage[],
): readonly NextFile[] {
  const roots = rootsOf(packages);
  const found: NextFile[] = [];
  if (roots.length === 0) return found;
  for (const facts of files.values()) {
    const root = roots.find((folder) => facts.path.startsWith(folder));
    if (root === undefined) continue;
    const inner = facts.path.slice(root.length);
    const handler = handlerFile.exec(inner);
    const page = pageFile.exec(inner);
    const path = handler ? appPath(handler[1] ?? '') : page ? pagePath(page[1] ?? '') : undefined;
    if (path !== undefined) found.push({ facts, root, path, kind: handler ? 'handler' : 'page-api' });
    else if (middlewareFile.test(inner)) found.push({ facts, root, path: '', kind: 'middleware' });
  }
  return found;
}

/** Folders of packages that depend on Next.js, inner ones first. */
function rootsOf(packages: readonly WorkspacePackage[]): readonly string[] {
  return packages
    .filter(({ dependencies }) => dependencies.has('next'))
    .map(({ directory }) => (directory === '' ? '' : `${directory}/`))
    .sort((a, b) => b.length - a.length);
}

/** Whether a file belongs to one of the applications. */
export function isOfNext(path: string, packages: readonly WorkspacePackage[]): boolean {
  return rootsOf(packages).some((root) => path.startsWith(root));
}

/** Groups and slots vanish, private folders and intercepted routes answer nothing. */
function appPath(folders: string): string | undefined {
  const segments: string[] = [];
  for (const folder of folders.split('/')) {
    if (folder === '' || /^\([^.)][^)]*\)$/.test(folder) || folder.startsWith('@')) continue;
    if (folder.startsWith('_') || folder.startsWith('(.')) return undefined;
    segments.push(segmentOf(decoded(folder)));
  }
  return `/${segments.join('/')}`;
}

function pagePath(inner: string): string {
  const segments = inner.split('/').map(segmentOf);
  if (segments.at(-1) === 'index') segments.pop();
  return `/${segments.join('/')}`;
}

/** `[id]`, `[...rest]`, `[[...rest]]` */
function segmentOf(folder: string): string {
  const [, optional, whole] = /^\[\[\.\.\.(.+)\]\]$|^\[\.\.\.(.+)\]$/.exec(folder) ?? [];
  if (optional !== undefined) return `{*${optional}}`;
  if (whole !== undefined) return `*${whole}`;
  const [, name] = /^\[(.+)\]$/.exec(folder) ?? [];
  return name === undefined ? folder : `:${name.replace(/\W/g, '_')}`;
}

/** `%5Finternal` is served as `/_internal`. */
function decoded(folder: string): string {
  return folder.replace(/^%5[Ff]/, '_');
}
