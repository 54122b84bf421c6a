import type { IdentifierKind } from './entity.js';

const counting = /\bnextval\b|\bnext\s+value\s+for\b|\bnewsequentialid\b/i;
const drawing =
  /\w*(?:uuid|guid|ulid|cuid|nanoid|ksuid|typeid)\w*\s*\(|\bnewid\s*\(|\brandomblob\s*\(|\bgen_random_bytes\s*\(/i;
const calling = /[\w"\]`]\s*\(/;

/**
 * What a column's default says of its values. SQL Server documents that the next value of `NEWSEQUENTIALID()` can be guessed, so
 * it counts; a time-based UUID cannot be enumerated, so it does not. A function that is not known here is `unknown`, a literal `assigned`.
 */
export function classifyDefault(expression: string): IdentifierKind {
  if (counting.test(expression)) return 'sequential';
  if (drawing.test(expression)) return 'random';
  return calling.test(expression) ? 'unknown' : 'assigned';
}
