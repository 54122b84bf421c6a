/**
 * Whether a pattern of the configuration names a route: `POST /login`, `/auth/**` for every method and all that is below,
 * `/users/*` for one segment, which a parameter is as well.
 */
export function namesRoute(pattern: string, method: string, path: string): boolean {
  const [, verb, rest = ''] = /^(?:([A-Z]+) +)?(.*)$/.exec(pattern) ?? [];
  if (verb !== undefined && verb !== method && method !== 'ALL') return false;
  const [wanted, given] = [rest, path].map((text) => text.split('/').filter(Boolean));
  if (!wanted || !given) return false;
  const open = wanted.at(-1) === '**';
  const fixed = open ? wanted.slice(0, -1) : wanted;
  if (open ? given.length < fixed.length : given.length !== fixed.length) return false;
  return fixed.every((segment, index) => segment === '*' || segment === given[index]);
}
