/** A file that a route is made of. */
interface RouteFile {
  readonly file: string;
  readonly method: string;
  readonly path: string;
}

const methods = 'get|head|patch|post|put|delete|connect|options|trace';
const named = new RegExp(`^(.*?)(?:\\.(${methods}))?(?:\\.(?:dev|prod|prerender))?\\.[cm]?[jt]s$`);

/** The files of a server: https://nitro.build/guide/routing. Middlewares run for every request, by their names. */
export function nitroFiles(
  root: string,
  files: readonly string[],
): { readonly middlewares: readonly string[]; readonly routes: readonly RouteFile[] } {
  const middlewares: string[] = [];
  const routes: RouteFile[] = [];
  for (const file of [...files].sort()) {
    if (!file.startsWith(`${root}server/`) || /\.(?:d|test|spec)\.[cm]?ts$/.test(file)) continue;
    const [folder = '', ...rest] = file.slice(`${root}server/`.length).split('/');
    if (folder === 'middleware') middlewares.push(file);
    else if (folder === 'api' || folder === 'routes') {
      const [, name = '', method = 'all'] = named.exec(rest.join('/')) ?? [];
      const path = `${folder === 'api' ? '/api' : ''}/${pathOf(name)}`;
      routes.push({ file, method: method.toUpperCase(), path: path.replace(/(.)\/$/, '$1') });
    }
  }
  return { middlewares, routes };
}

/** `users/[id]/index` → `users/:id`, `[...]` → `*`; folders in brackets are for people only. */
function pathOf(name: string): string {
  return name
    .split('/')
    .filter((segment) => !/^\(.*\)$/.test(segment))
    .map((segment) => segment.replace(/\[\.\.\.(\w*)\]/g, '*$1').replace(/\[(\w+)\]/g, ':$1'))
    .join('/')
    .replace(/(^|\/)index$/, '');
}
