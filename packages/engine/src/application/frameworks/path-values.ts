import { limits } from '../../limits.js';
import { textOf, type Value } from '../../program/value.js';

/** Whether what is given first to a registration is a path, or several, and no handler. */
export function isPath(value: Value, depth = 0): boolean {
  // A list may hold itself.
  if (depth > limits.pathListDepth) return false;
  if (value.kind === 'literal' || value.kind === 'text') return true;
  if (value.kind === 'external')
    return value.path === 'global#RegExp()' || value.path.startsWith('global#process.env.');
  if (value.kind === 'array') return value.items.length > 0 && value.items.every((item) => isPath(item, depth + 1));
  return (
    value.kind === 'union' &&
    value.options.every((option) => isPath(option.value, depth) || option.value.kind === 'unknown')
  );
}

/** The paths that a value may be; `*` stands for what is not written down. */
export function pathsIn(value: Value | undefined, depth = 0): readonly string[] {
  if (!value || depth > limits.pathListDepth) return [];
  if (value.kind === 'array') return value.items.flatMap((item) => pathsIn(item, depth + 1));
  if (value.kind === 'union') {
    const paths = value.options.flatMap((option) => pathsIn(option.value, depth));
    return [...new Set(paths)].slice(0, limits.computedPaths);
  }
  const text = textOf(value);
  if (text !== undefined) return [text];
  return [value.kind === 'text' ? value.parts.map((part) => textOf(part) ?? '*').join('') : '*'];
}
