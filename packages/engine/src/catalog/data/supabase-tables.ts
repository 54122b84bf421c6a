import { supabaseClients } from '../identity/supabase.js';
import type { CallEntry, DataEntry, Library } from '../library.js';

/** https://supabase.com/docs/reference/javascript/using-filters: filters that name records. */
const conditions = ['eq', 'in', 'match', 'is'];
const fluent = [
  ...['select', 'neq', 'gt', 'gte', 'lt', 'lte', 'like', 'ilike', 'likeAllOf', 'likeAnyOf', 'ilikeAllOf', 'ilikeAnyOf'],
  ...['contains', 'containedBy', 'overlaps', 'rangeGt', 'rangeGte', 'rangeLt', 'rangeLte', 'rangeAdjacent'],
  ...['textSearch', 'not', 'or', 'filter', 'order', 'limit', 'range', 'abortSignal', 'single', 'maybeSingle'],
  ...['csv', 'geojson', 'explain', 'rollback', 'returns', 'overrideTypes', 'throwOnError'],
];
const operations: Readonly<Record<string, DataEntry['operation']>> = {
  select: 'read',
  insert: 'create',
  upsert: 'write',
  update: 'write',
  delete: 'write',
};

/** The key of the service goes past the policies: https://supabase.com/docs/guides/api/api-keys */
const policies = { argument: 1, unlessNamed: ['service', 'secret', 'admin'] };

function entriesFor(client: string): [string, CallEntry][] {
  return Object.entries(operations).flatMap(([name, operation]) => {
    const query = `${client}.from().${name}()`;
    const data: DataEntry = {
      operation,
      entity: 'receiver',
      grows: true,
      conditions,
      lists: { single: ['single', 'maybeSingle'] },
      policies,
    };
    return [
      [query, { data }] as [string, CallEntry],
      ...[...conditions, ...fluent].map((method): [string, CallEntry] => [
        `${query}.${method}()`,
        { returns: 'receiver' },
      ]),
    ];
  });
}

/** The tables of a Supabase database, over its REST interface. */
export const supabaseTables: Library = {
  packages: ['@supabase/supabase-js'],
  same: {
    ...Object.fromEntries(supabaseClients.map((client) => [`${client}.schema()`, client] as const)),
    '@supabase/supabase-js#SupabaseClient()': '@supabase/supabase-js#createClient()',
    '@supabase/supabase-js#SupabaseClient().schema()': '@supabase/supabase-js#createClient()',
  },
  calls: Object.fromEntries(supabaseClients.flatMap(entriesFor)),
};
