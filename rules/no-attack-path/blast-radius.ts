import type { Access, Application, BlastRadius, Effect, Route } from '@blastradius/engine';

/** What somebody reads or changes who gets into these routes as whoever they like. */
export function blastRadiusOf(
  routes: readonly Route[],
  application: Application,
  counts: (effect: Effect) => boolean = () => true,
): BlastRadius {
  const names = new Set<string>();
  for (const { effects } of routes) {
    for (const effect of effects) {
      if (effect.kind !== 'mints' && effect.personal && effect.entity !== undefined && counts(effect))
        names.add(effect.entity);
    }
  }
  return {
    routes: routes.map(({ title, place }) => ({ title, place })),
    entities: [...names].sort().map((name) => ({ name, fields: application.personalFieldsOf(name) })),
  };
}

/** Names that others know or can guess, whatever the keys of the records are. */
const known = /mail|user_?name|login|phone|mobile|handle|nick/i;

/**
 * Whether more than one's own data is behind the routes: the subject can be named for anybody, or the routes give away
 * what belongs to all in one go. With random keys an attacker cannot say whose data is wanted.
 *
 * @param subject What the request names the subject by, where it does.
 */
export function isForEverybody(
  routes: readonly Route[],
  radius: BlastRadius,
  application: Application,
  subject: string | undefined,
): boolean {
  if (radius.entities.length === 0) return false;
  if (subject !== undefined && known.test(subject)) return true;
  if (routes.some(({ accesses }) => accesses.some(isOfAll))) return true;
  const keys = application.entities
    .filter(({ name }) => radius.entities.some((entity) => entity.name === name))
    .flatMap(({ identifiers }) => identifiers.filter(({ primary }) => primary));
  return keys.length === 0 || keys.some(({ kind }) => kind !== 'random');
}

/** A list that is bound to nobody. */
function isOfAll({ operation, many, leaves, tallies, tie, input }: Access): boolean {
  return operation === 'read' && many && leaves && !tallies && tie === undefined && input === undefined;
}

/** `User (email, phone), Order` */
export function wordsOf({ entities }: BlastRadius): string {
  return entities
    .map(({ name, fields }) => (fields.length > 0 ? `\`${name}\` (${fields.join(', ')})` : `\`${name}\``))
    .join(', ');
}

/** The same for a sentence: those with the most personal fields, and how many there are beside them. */
export function shortWordsOf({ entities }: BlastRadius): string {
  const first = entities.toSorted((a, b) => b.fields.length - a.fields.length).slice(0, shownEntities);
  const fields = (all: readonly string[]): string =>
    [...all.slice(0, shownEntities), ...(all.length > shownEntities ? ['…'] : [])].join(', ');
  const named = first.map((entity) =>
    entity.fields.length > 0 ? `\`${entity.name}\` (${fields(entity.fields)})` : `\`${entity.name}\``,
  );
  const others = entities.length - first.length;
  return `${named.join(', ')}${others > 0 ? ` and ${String(others)} more` : ''}`;
}

/** More than that nobody reads in a sentence; the steps name all. */
const shownEntities = 3;

/** `POST /internal/token → User, Order` */
export function titleOf(start: string, { entities }: BlastRadius): string {
  return `${start} → ${entities.map(({ name }) => name).join(', ')}`;
}
