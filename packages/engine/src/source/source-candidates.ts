import { posix } from 'node:path';
import type { CompilerOutput } from './tsconfig-scopes.js';

const outputFolders: ReadonlySet<string> = new Set(['dist', 'build', 'lib', 'out', 'output', 'esm', 'cjs', 'es']);
/** Folders inside of a build's output that say which build it is. */
const flavourFolders: ReadonlySet<string> = new Set([
  'esm',
  'cjs',
  'es',
  'mjs',
  'umd',
  'node',
  'types',
  'src',
  'lib',
  'commonjs',
]);

/**
 * Where the source of a built file may stand. `folder` is the package's, `target` a path in it such as `dist/cjs/tokens.js`; all are
 * relative to the root. The best guess comes first; the target itself is not among them.
 */
export function listSourceCandidates(
  folder: string,
  target: string,
  outputs: readonly CompilerOutput[],
): readonly string[] {
  const candidates: string[] = [];
  const add = (...parts: readonly string[]): number => candidates.push(posix.join(folder, ...parts));

  const path = posix.join(folder, target);
  for (const { outDir, rootDir } of outputs) {
    if (!path.startsWith(`${outDir}/`)) continue;
    const inner = path.slice(outDir.length + 1);
    if (rootDir !== undefined) candidates.push(posix.join(rootDir, inner));
    add('src', inner);
    add(inner);
  }

  const [first = '', ...rest] = posix.normalize(target).split('/');
  if (outputFolders.has(first) && rest.length > 0) {
    add('src', ...rest);
    add(...rest);
    let inner = rest;
    while (inner.length > 1 && flavourFolders.has(inner[0] ?? '')) {
      inner = inner.slice(1);
      add('src', ...inner);
      add(...inner);
    }
  }
  return candidates;
}
