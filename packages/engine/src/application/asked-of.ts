import { conditionsSince, type Condition } from '../program/condition.js';
import type { Proof } from '../program/proof.js';
import type { ExternalValue, Value } from '../program/value.js';
import type { AskedRecord } from './access.js';
import { columnsOf, findQuery } from './caller.js';
import type { CatalogSemantics } from './catalog-semantics.js';
import { valuesWithin } from './contains.js';
import { entityNames } from './entity-names.js';
import { inputOf } from './input-of.js';
import type { EntityFinder } from './read-data.js';

/**
 * The records that were found to be the caller's on the way to a query that nothing ties to the caller: the program asks of one record
 * and uses another. Not those that a test on the way holds against the query's own: what it finds out cannot be seen.
 *
 * @param input Where the request names the record of the query.
 */
export function askedOf(
  query: ExternalValue,
  input: string,
  proofs: readonly Proof[],
  condition: Condition | undefined,
  semantics: CatalogSemantics,
  findEntity: EntityFinder,
): readonly AskedRecord[] {
  const found: AskedRecord[] = [];
  for (const { kind, about = [] } of proofs) {
    if (kind !== 'owner') continue;
    for (const value of about) {
      const record = findQuery(value, semantics);
      const by = record ? inputOfQuery(record, semantics) : inputOf(value, semantics.catalog);
      if (by === undefined || by === input) continue;
      const data = record && semantics.catalog.find(record.at)?.data;
      const entity = data && entityNames(record, data, semantics.catalog).map(findEntity)[0]?.name;
      if ((record && entity === undefined) || found.some((item) => item.entity === entity && item.input === by))
        continue;
      const ofQuery = (item: Value): boolean => item === query || inputOf(item, semantics.catalog) === input;
      const ofRecord = (item: Value): boolean => item === record || inputOf(item, semantics.catalog) === by;
      if (!isHeldAgainst(condition, ofQuery, ofRecord))
        found.push({ ...(entity === undefined ? {} : { entity }), input: by });
    }
  }
  return found;
}

function inputOfQuery(query: ExternalValue, semantics: CatalogSemantics): string | undefined {
  const named = columnsOf(query, semantics).map((column) => inputOf(column.value, semantics.catalog));
  return named.find((name) => name !== undefined);
}

/** Whether a test on the way has to do with both. */
function isHeldAgainst(
  condition: Condition | undefined,
  a: (value: Value) => boolean,
  b: (value: Value) => boolean,
): boolean {
  return conditionsSince(condition, undefined).some(({ values }) => {
    const within = values.flatMap((value) => [...valuesWithin(value)]);
    return within.some(a) && within.some(b);
  });
}
