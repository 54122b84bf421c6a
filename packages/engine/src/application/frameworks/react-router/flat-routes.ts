/** A route that a file's name says. */
export interface FlatRoute {
  /** Relative to the folder of the routes. */
  readonly file: string;
  /** Below the path of its parent, without a slash in front; '' where it adds nothing. */
  readonly path: string;
  readonly index: boolean;
  readonly children: FlatRoute[];
}

const moduleFile = /^(.+)\.[jt]sx?$/;
const folderModule = /^([^/]+)\/(route|index)\.[jt]sx?$/;

/**
 * The routes of a folder by the names of its files and of the folders in it, as `@react-router/fs-routes` 7 and Remix 2 read them:
 * https://reactrouter.com/how-to/file-route-conventions
 *
 * @param files Relative to the folder.
 */
export function flatRoutes(files: Iterable<string>): readonly FlatRoute[] {
  const byId = new Map<string, string>();
  for (const file of [...files].sort()) {
    const id = idOf(file);
    // `route` comes before `index` in a folder.
    if (id !== undefined && (!byId.has(id) || /\/route\.[jt]sx?$/.test(file))) byId.set(id, file);
  }
  const made = new Map<string, { readonly route: FlatRoute; readonly whole: string }>();
  const top: FlatRoute[] = [];
  for (const [id, file] of [...byId].sort(([a], [b]) => a.length - b.length)) {
    const index = id.endsWith('_index');
    const whole = pathOf(segmentsOf(id), index);
    const parent = made.get(parentOf(id, byId) ?? '');
    const rest = parent === undefined ? whole : whole.slice(parent.whole.length);
    const route = { file, path: rest.replace(/^\/|\/$/g, ''), index, children: [] };
    made.set(id, { route, whole });
    (parent?.route.children ?? top).push(route);
  }
  return top;
}

/** A file is its own route, and a folder is one by its `route` module; nothing else in a folder is. */
function idOf(file: string): string | undefined {
  if (file.startsWith('.')) return undefined;
  return file.includes('/') ? folderModule.exec(file)?.[1] : moduleFile.exec(file)?.[1];
}

/** The longest name that this one goes on from. */
function parentOf(id: string, known: ReadonlyMap<string, string>): string | undefined {
  for (let end = id.lastIndexOf('.'); end > 0; end = id.lastIndexOf('.', end - 1)) {
    const parent = id.slice(0, end);
    if (known.has(parent)) return parent;
  }
  return undefined;
}

/** A segment as it is served, and as it is written: what is escaped has no meaning but itself. */
interface Segment {
  readonly served: string;
  readonly written: string;
}

/** `users.$id.($tab).[v1.2]` */
function segmentsOf(id: string): readonly Segment[] {
  const segments: Segment[] = [];
  let served = '';
  let written = '';
  let escaped = false;
  let optional = false;
  for (let at = 0; at < id.length; at++) {
    const char = id.charAt(at);
    if (!escaped && !optional && char === '.') {
      segments.push({ served, written });
      served = written = '';
      continue;
    }
    written += char;
    if (escaped) {
      if (char === ']') escaped = false;
      else served += char;
    } else if (char === '[') escaped = true;
    else if (!optional && char === '(') optional = true;
    else if (optional && char === ')') {
      served += '?';
      optional = false;
    } else if (char === '$' && served === '') served = at === id.length - 1 ? '*' : ':';
    else served += char;
  }
  return [...segments, { served, written }].filter((segment) => segment.served !== '');
}

/** What begins with `_` is no part of the path, and what ends with it is no child of what it goes on from. */
function pathOf(segments: readonly Segment[], index: boolean): string {
  return (index ? segments.slice(0, -1) : segments)
    .filter(({ served, written }) => !(served.startsWith('_') && written.startsWith('_')))
    .map(({ served, written }) => (served.endsWith('_') && written.endsWith('_') ? served.slice(0, -1) : served))
    .join('/');
}
