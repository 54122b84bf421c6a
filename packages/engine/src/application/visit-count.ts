import type { DataEntry } from '../catalog/library.js';
import { propertyOf, type ExternalValue, type Value } from '../program/value.js';
import type { CatalogSemantics } from './catalog-semantics.js';
import { inputOf } from './input-of.js';
import { writtenBy } from './read-access.js';
import { readSqlCall } from './sql-call.js';
import { boundColumns } from './where-of.js';

/** `views = views + 1`, `seen_at = now()` */
const counted =
  /^(?:["`]?\w+["`]?\.)?["`]?(\w+)["`]?\s*=\s*(?:(?:["`]?\w+["`]?\.)?["`]?\1["`]?\s*\+\s*1|now\(\)|current_timestamp)$/i;
const assignments = /\bset\s+(.+?)(?:\s+(?:where|returning|limit|order)\b.*)?;?\s*$/is;

/**
 * Whether a change says nothing but that somebody has been here: a count that goes up by one, or the time. What it is about may be named by the
 * request, and nobody gets to say what is written.
 */
export function countsVisit(call: ExternalValue, data: DataEntry, semantics: CatalogSemantics): boolean {
  if (data.entity === 'sql') {
    const { text } = readSqlCall(call, data);
    const set = /^\s*update\b/i.test(text) ? assignments.exec(text)?.[1] : undefined;
    return set !== undefined && set.split(',').every((item) => counted.test(item.trim()));
  }
  const { written, filledBy } = writtenBy(call, semantics);
  if (filledBy !== undefined) return false;
  const keys = new Set(boundColumns(call, data).map(({ column }) => column));
  // What a new record is called where there is none yet: `upsert`.
  const values = written.filter(({ column, value }) => !(keys.has(column) && value.kind === 'literal'));
  return values.length > 0 && values.every(({ column, value }) => isCount(column, value) || isTime(value, semantics));
}

function isCount(column: string, value: Value): boolean {
  if (value.kind === 'object') {
    // `{ increment: 1 }`, `$inc: { views: 1 }`
    const steps = column === '$inc' ? [...value.properties.values()] : [propertyOf(value, 'increment')];
    return value.spread.length === 0 && steps.length > 0 && steps.every(isOne);
  }
  // `post.views += 1`
  if (value.kind !== 'external' || value.path !== 'global#+()') return false;
  const [left, right] = value.call?.args ?? [];
  return left?.kind === 'external' && left.path.endsWith(`.${column}`) && isOne(right);
}

function isOne(value: Value | undefined): boolean {
  return value?.kind === 'literal' && value.value === 1;
}

function isTime(value: Value, { catalog }: CatalogSemantics): boolean {
  return (
    value.kind === 'external' &&
    /^global#Date(?:\(\)|\.now\(\))/.test(value.path) &&
    inputOf(value, catalog) === undefined &&
    isNow(value)
  );
}

/** `new Date()`, and what is made of it. */
function isNow(value: ExternalValue): boolean {
  if (value.call && value.call.args.length > 0) return false;
  return value.receiver?.kind !== 'external' || isNow(value.receiver);
}
