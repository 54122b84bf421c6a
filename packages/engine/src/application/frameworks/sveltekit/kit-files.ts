/** What a file of an application of SvelteKit is, by where it lies. */
export interface KitFile {
  readonly file: string;
  readonly kind: 'endpoint' | 'page' | 'layout' | 'remote' | 'hooks';
  /** The folder below `src/routes`, as `event.route.id` gives it; '' where it has none. */
  readonly id: string;
  /** The path that it answers. */
  readonly path: string;
}

const routeFile = /^src\/routes(?:\/(.*))?\/\+(server|page\.server|layout\.server)\.[jt]s$/;
const remoteFile = /^src\/.*\.remote\.[jt]s$/;
const hooksFile = /^src\/hooks\.server(?:\/index)?\.[jt]s$/;
const kinds = { server: 'endpoint', 'page.server': 'page', 'layout.server': 'layout' } as const;

/** https://svelte.dev/docs/kit/routing, https://svelte.dev/docs/kit/advanced-routing */
export function* kitFiles(root: string, files: Iterable<string>): Iterable<KitFile> {
  for (const file of files) {
    if (!file.startsWith(root)) continue;
    const inner = file.slice(root.length);
    const [whole, folder = '', name = ''] = routeFile.exec(inner) ?? [];
    if (whole !== undefined && (name === 'server' || name === 'page.server' || name === 'layout.server'))
      yield { file, kind: kinds[name], id: `/${folder}`, path: pathOf(folder) };
    else if (remoteFile.test(inner)) yield { file, kind: 'remote', id: '', path: '' };
    else if (hooksFile.test(inner)) yield { file, kind: 'hooks', id: '', path: '' };
  }
}

/** `(app)/users/[id=integer]` → `/users/:id`, `[[lang]]` → `/:lang?`, `[...rest]` → `/*rest` */
function pathOf(folder: string): string {
  const segments = folder.split('/').filter((segment) => segment !== '' && !/^\([^)]+\)$/.test(segment));
  return `/${segments.map(segmentOf).join('/')}`;
}

function segmentOf(segment: string): string {
  return segment
    .replace(/\[\[(\w+)(?:=\w+)?\]\]/g, ':$1?')
    .replace(/\[\.\.\.(\w+)(?:=\w+)?\]/g, '*$1')
    .replace(/\[x\+([\da-f]{2})\]/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    .replace(/\[(\w+)(?:=\w+)?\]/g, ':$1');
}
