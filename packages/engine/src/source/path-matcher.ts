import picomatch from 'picomatch';

export type PathMatcher = (path: string) => boolean;

/**
 * Matches the globs and everything below them, so that `legacy` and `legacy/**` mean the same. A glob with a leading `!` takes
 * paths out again. Hidden names match like others.
 */
export function createPathMatcher(globs: readonly string[]): PathMatcher {
  const positive = globs.filter((glob) => !isNegativeGlob(glob));
  const negative = globs.filter(isNegativeGlob).map((glob) => glob.slice(1));
  const matches = compile(positive);
  const revoked = compile(negative);
  return (path) => matches(path) && !revoked(path);
}

export function normalizeGlob(glob: string): string {
  return glob.replace(/^(?:\.?\/)+/, '').replace(/\/+$/, '');
}

/** `!(a|b)` is not a negation but a pattern of its own. */
export function isNegativeGlob(glob: string): boolean {
  return glob.startsWith('!') && !glob.startsWith('!(');
}

function compile(globs: readonly string[]): PathMatcher {
  if (globs.length === 0) return () => false;
  const normalized = globs.map(normalizeGlob);
  return picomatch([...normalized, ...normalized.map((glob) => `${glob}/**`)], { dot: true });
}
