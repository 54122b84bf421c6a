import type { SchemaDocument } from '../schema-document.js';

/** Files that take a migration back: `x.down.sql`, `down.sql`, `x_undo.sql`, Postgrator's `2.undo.x.sql`, Flyway's `U2__x.sql`. */
const downFile = /(?:^|[._-])(?:down|undo)\.sql$|^\d+\.(?:down|undo)\.|^U\d[\d._]*__.*\.sql$/;
/** In these layouts each migration has a folder of its own. */
const folderPerMigration = /^(?:migration|up)\.sql$/;
const migrationsFolder = /^(?:migrations?|migrate|drizzle)$/i;

/**
 * The documents that build one database each, in the order in which they are applied: by path, numbers by their value, so that `V2`
 * comes before `V10`. Folders of migrations that have nothing to do with each other stay apart.
 */
export function orderMigrations(documents: readonly SchemaDocument[]): readonly (readonly SchemaDocument[])[] {
  const sets = new Map<string, SchemaDocument[]>();
  for (const document of documents) {
    const segments = document.path.split('/');
    if (downFile.test(segments.at(-1) ?? '')) continue;
    const folder = folderOf(segments);
    const set = sets.get(folder);
    if (set) set.push(document);
    else sets.set(folder, [document]);
  }
  return [...sets.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, set]) => set.sort((a, b) => compareNaturally(a.path, b.path)));
}

function folderOf(segments: readonly string[]): string {
  const folders = segments.slice(0, -1);
  const named = folders.findLastIndex((segment) => migrationsFolder.test(segment));
  if (named >= 0) return folders.slice(0, named + 1).join('/');
  return (folderPerMigration.test(segments.at(-1) ?? '') ? folders.slice(0, -1) : folders).join('/');
}

function compareNaturally(a: string, b: string): number {
  const left = a.match(/\d+|\D/g) ?? [];
  const right = b.match(/\d+|\D/g) ?? [];
  for (let index = 0; index < Math.min(left.length, right.length); index += 1) {
    const order = comparePieces(left[index] ?? '', right[index] ?? '');
    if (order !== 0) return order;
  }
  return left.length - right.length || (a < b ? -1 : a > b ? 1 : 0);
}

function comparePieces(a: string, b: string): number {
  if (/^\d/.test(a) && /^\d/.test(b)) {
    const left = a.replace(/^0+/, '');
    const right = b.replace(/^0+/, '');
    if (left.length !== right.length) return left.length - right.length;
    return left < right ? -1 : left > right ? 1 : 0;
  }
  return a < b ? -1 : a > b ? 1 : 0;
}
