import type { DataEntry } from '../catalog/library.js';
import { optionsOf, type ExternalValue, type Value } from '../program/value.js';
import { readProperty } from './where-of.js';

/**
 * Whether the database itself decides which rows a query may touch, by policies that stand nowhere in the program:
 * https://supabase.com/docs/guides/database/postgres/row-level-security. Only a client that is known to be made with
 * the key of the service, and that sends no token of a user, goes past them.
 */
export function isLeftToPolicies(query: ExternalValue, { policies }: DataEntry): boolean {
  return policies !== undefined && isBehindPolicies(query, policies);
}

/** The same of a call that is no query. */
export function isBehindPolicies(query: ExternalValue, policies: NonNullable<DataEntry['policies']>): boolean {
  for (let current: Value | undefined = query.receiver; current?.kind === 'external'; current = current.receiver) {
    const key = current.call?.args[policies.argument];
    if (!key) continue;
    const isService = optionsOf(key).some(
      ({ value }) =>
        value.kind === 'external' && policies.unlessNamed.some((word) => value.path.toLowerCase().includes(word)),
    );
    return !isService || speaksForUser(current.call?.args ?? []);
  }
  return true;
}

/** `{ global: { headers: { Authorization: … } } }`, `{ accessToken: … }` */
function speaksForUser(args: readonly Value[]): boolean {
  return args.some((options) => {
    const headers = readProperty(readProperty(options, 'global'), 'headers');
    return (
      readProperty(headers, 'Authorization') !== undefined ||
      readProperty(headers, 'authorization') !== undefined ||
      readProperty(options, 'accessToken') !== undefined
    );
  });
}
