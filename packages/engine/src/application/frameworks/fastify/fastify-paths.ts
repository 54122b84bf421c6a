import { textOf, type Value } from '../../../program/value.js';

/** `buildRoutePrefix` of lib/plugin-override.js. */
export function joinPrefix(outer: string, own: string): string {
  if (own === '') return outer;
  if (outer.endsWith('/') && own.startsWith('/')) return outer + own.slice(1);
  return outer.endsWith('/') || own.startsWith('/') ? outer + own : `${outer}/${own}`;
}

/** `route` of lib/route.js: the slash alone is the prefix itself. */
export function joinRoute(prefix: string, own: string): string {
  if (prefix === '') return own === '' ? '/' : own;
  if (own === '/') return prefix;
  return own.startsWith('/') && prefix.endsWith('/') ? prefix + own.slice(1) : prefix + own;
}

/** A path as far as it is known, with a star for the rest; `undefined` for none. */
export function pathTextOf(value: Value): string | undefined {
  switch (value.kind) {
    case 'undefined':
      return undefined;
    case 'literal':
      return typeof value.value === 'string' ? value.value : undefined;
    case 'text':
      return value.parts.map((part) => textOf(part) ?? '*').join('');
    case 'union': {
      const [first] = value.options.flatMap((option) => pathTextOf(option.value) ?? []);
      return first;
    }
    default:
      return '*';
  }
}
