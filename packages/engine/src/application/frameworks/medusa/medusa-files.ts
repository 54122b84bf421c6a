import type { WorkspacePackage } from '../../../source/project.js';

/** A file that answers requests. */
interface MedusaFile {
  readonly file: string;
  readonly path: string;
}

/** An application or a plugin: its routes, and the file that says what stands in front of them. */
export interface MedusaFiles {
  readonly routes: readonly MedusaFile[];
  readonly middlewares: string | undefined;
}

const code = '\\.[cm]?[jt]s$';
const routeFile = new RegExp(`^(?:(.*)/)?route${code}`);
const middlewaresFile = new RegExp(`^middlewares${code}`);

/** The files below `src/api` of packages that depend on Medusa: https://docs.medusajs.com/learn/fundamentals/api-routes */
export function medusaFiles(files: readonly string[], packages: readonly WorkspacePackage[]): readonly MedusaFiles[] {
  const found: MedusaFiles[] = [];
  for (const { directory, dependencies } of packages) {
    if (!dependencies.has('@medusajs/medusa') && !dependencies.has('@medusajs/framework')) continue;
    const root = `${directory === '' ? '' : `${directory}/`}src/api/`;
    const routes: MedusaFile[] = [];
    let middlewares: string | undefined;
    for (const file of files) {
      if (!file.startsWith(root)) continue;
      const inner = file.slice(root.length);
      if (middlewaresFile.test(inner)) middlewares = file;
      const [whole, folders = ''] = routeFile.exec(inner) ?? [];
      if (whole !== undefined && !inner.split('/').some((segment) => segment.startsWith('_')))
        routes.push({ file, path: pathOf(folders) });
    }
    if (routes.length > 0) found.push({ routes, middlewares });
  }
  return found;
}

/** `orders/[id]` → `/orders/:id`, `[...]` → `*` */
function pathOf(folders: string): string {
  const segments = folders.split('/').filter(Boolean);
  return `/${segments.map((segment) => segment.replace('[...]', '*').replace(/\[(\w+)\]/g, ':$1')).join('/')}`;
}
