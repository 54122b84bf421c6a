/** One path of the parts that lead to a route: a prefix, a router's path, its own. */
export function joinPath(...parts: readonly string[]): string {
  const path = parts
    .join('/')
    .replace(/\/{2,}/g, '/')
    .replace(/(.)\/$/, '$1');
  return path.startsWith('/') || path.startsWith('*') ? path : `/${path}`;
}

/** What routers compare: segments, whatever the case. */
export function segmentsOf(path: string): readonly string[] {
  return path.toLowerCase().split('/').filter(Boolean);
}

/** Whether a middleware at `prefix` sees a request for `path`: whole segments, whatever the case. */
export function isBelow(prefix: string, path: string): boolean {
  return startsWith(segmentsOf(path), segmentsOf(prefix));
}

/** Whether a path lies at or below another one; a parameter or a star of that one may be anything. */
export function startsWith(inner: readonly string[], outer: readonly string[]): boolean {
  if (outer.length > inner.length) return false;
  for (let index = 0; index < outer.length; index++) {
    const segment = outer[index] as string;
    if (segment !== inner[index] && !segment.startsWith(':') && !segment.includes('*')) return false;
  }
  return true;
}

/** Whether an earlier route's handlers see a request for this path as well. */
export function coversPath(inner: readonly string[], outer: readonly string[]): boolean {
  // Of a star alone it depends on the version whether it is met without anything.
  if (outer.length === 1 && outer[0]?.includes('*')) return true;
  if (outer.at(-1)?.includes('*')) return outer.length <= inner.length && startsWith(inner, outer.slice(0, -1));
  return inner.length === outer.length && startsWith(inner, outer);
}
