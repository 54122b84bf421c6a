import { posix } from 'node:path';

/** In the order in which a specifier without an extension tries them: sources before what is built from them. */
export const codeExtensions = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'] as const;

const known = new Set<string>(codeExtensions);

export function isCodePath(path: string): boolean {
  return known.has(posix.extname(path));
}
