import { isRecord } from './parse-json.js';

/**
 * Every file that an `exports` or `imports` map names for a key (`.`, `./tokens`, `#db`), under whichever condition, in the order
 * written. What is looked for is the source and not one runtime's build, so that no condition is better than another.
 */
export function collectEntryTargets(map: unknown, key: string): readonly string[] {
  if (!isRecord(map) || !hasSubpaths(map)) return key === '.' ? collectLeaves(map) : [];
  const exact = map[key];
  if (exact !== undefined && !key.includes('*')) return collectLeaves(exact);
  const pattern = findPattern(Object.keys(map), key);
  if (pattern === undefined) return [];
  const [prefix = '', suffix = ''] = pattern.split('*');
  const filling = key.slice(prefix.length, key.length - suffix.length);
  return collectLeaves(map[pattern]).map((target) =>
    // Node deprecated targets that end in a slash (DEP0155); packages with them are still about.
    pattern.includes('*') ? target.replaceAll('*', filling) : target + key.slice(pattern.length),
  );
}

/** An object is either a map of subpaths or of conditions, never both. */
function hasSubpaths(map: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(map).some((key) => key.startsWith('.') || key.startsWith('#'));
}

/** PATTERN_KEY_COMPARE of the ESM resolution algorithm: the longest prefix wins. */
function findPattern(patterns: readonly string[], key: string): string | undefined {
  let best: { readonly pattern: string; readonly length: number } | undefined;
  for (const pattern of patterns) {
    const star = pattern.indexOf('*');
    const prefix = star === -1 ? pattern : pattern.slice(0, star);
    const suffix = star === -1 ? '' : pattern.slice(star + 1);
    if (star === -1 && !pattern.endsWith('/')) continue;
    if (!key.startsWith(prefix) || !key.endsWith(suffix) || key.length < prefix.length + suffix.length) continue;
    if (best === undefined || prefix.length > best.length) best = { pattern, length: prefix.length };
  }
  return best?.pattern;
}

function collectLeaves(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(collectLeaves);
  return isRecord(value) ? Object.values(value).flatMap(collectLeaves) : [];
}
