import { comparePlaces, type Place } from '../finding/place.js';
import type { Entity, Identifier, IdentifierKind } from './entity.js';
import { entityFinder } from './find-entity.js';

/** What a configuration says of identifiers. */
interface IdWords {
  readonly ids: readonly { readonly name: string; readonly kind?: string }[];
  /** Where it says so. */
  readonly file: string | undefined;
}

/** The entities with what `ids` of the configuration says of their columns: over a schema, and where there is none. */
export function withConfiguredIds(entities: readonly Entity[], { ids, file }: IdWords): readonly Entity[] {
  const words = ids.filter(({ name }) => !name.includes('#'));
  if (words.length === 0) return entities;
  const at = file ?? '';
  const place: Place = { file: at, line: 1, column: 1, endLine: 1, endColumn: 1 };
  const known = [...entities];
  for (const { name, kind } of words) {
    const dot = name.lastIndexOf('.');
    const [owner, field] = [name.slice(0, dot), name.slice(dot + 1)];
    const said = { kind: kindOf(kind), evidence: `\`ids\` of ${at}`, place };
    const entity = entityFinder(known)(owner);
    if (entity) known[known.indexOf(entity)] = withIdentifier(entity, field, said);
    // Its schema lies elsewhere.
    else
      known.push({
        name: owner,
        table: owner,
        origin: 'sql',
        place,
        identifiers: [{ field, column: field, primary: field === 'id', ...said }],
        fields: [field],
        relations: [],
      });
  }
  return known.sort((a, b) => comparePlaces(a.place, b.place));
}

/** What is written there without more is what nobody can count. */
function kindOf(kind: string | undefined): IdentifierKind {
  return kind === 'sequential' || kind === 'assigned' ? kind : 'random';
}

function withIdentifier(entity: Entity, field: string, said: Pick<Identifier, 'kind' | 'evidence' | 'place'>): Entity {
  const isNamed = (item: Identifier): boolean => item.field === field || item.column === field;
  const identifiers = entity.identifiers.some(isNamed)
    ? entity.identifiers.map((item) => (isNamed(item) ? { ...item, ...said } : item))
    : [...entity.identifiers, { field, column: field, primary: false, ...said }];
  return { ...entity, identifiers };
}
