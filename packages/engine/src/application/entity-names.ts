import type { Catalog } from '../catalog/catalog.js';
import type { DataEntry } from '../catalog/library.js';
import { limits } from '../limits.js';
import { optionsOf, textOf, type ExternalValue, type ObjectValue, type Value } from '../program/value.js';
import { readSqlCall } from './sql-call.js';
import { readProperty } from './where-of.js';

/** What a call to a data library is about, as the code names it: models, classes, tables; the likeliest first. */
export function entityNames(call: ExternalValue, data: DataEntry, catalog: Catalog): readonly string[] {
  switch (data.entity) {
    case 'sql':
      return readSqlCall(call, data).statement.tables.map((table) => table.name);
    case 'member': {
      const parts = call.path.slice(0, -2).split('.');
      const name = parts.at(-2);
      return name === undefined || parts.length < 2 || name === '[]' ? [] : [name];
    }
    case 'argument':
      return namesOf(call.call?.args[0], catalog);
    case 'receiver':
      return namesOfReceiver(call.receiver, catalog, 0);
  }
}

function namesOfReceiver(receiver: Value | undefined, catalog: Catalog, depth: number): readonly string[] {
  if (!receiver || depth > limits.entityReceivers) return [];
  switch (receiver.kind) {
    case 'union':
      return receiver.options.flatMap((option) => namesOfReceiver(option.value, catalog, depth + 1));
    case 'class':
    case 'object':
      return namesOf(receiver, catalog);
    case 'external': {
      const data = receiver.call && catalog.find(receiver.at)?.data;
      // A record is of the entity that it was read from.
      if (data) return entityNames(receiver, data, catalog);
      const names = [...namesOfMaker(receiver, catalog), ...namesOfTarget(receiver, catalog)];
      return names.length > 0 ? names : namesOfReceiver(receiver.receiver, catalog, depth + 1);
    }
    default:
      return [];
  }
}

/** `getRepository(User)`, `define('User')`; the text that a query builder is made with is an alias and names nothing. */
function namesOfMaker(made: ExternalValue, catalog: Catalog): readonly string[] {
  const [first] = made.call?.args ?? [];
  if (!first || (catalog.find(made.at)?.aliases === true && textOf(first) !== undefined)) return [];
  return namesOf(first, catalog);
}

/** `builder.from(User, 'user')`, `builder.update(User)`. */
function namesOfTarget(builder: ExternalValue, catalog: Catalog): readonly string[] {
  if (builder.call === undefined || catalog.find(builder.at)?.aliases !== true) return [];
  return builder.calls
    .filter((call) => /\.(from|update|into|delete)\(\)$/.test(call.path))
    .flatMap((call) => namesOf(call.call?.args[0], catalog));
}

function namesOf(given: Value | undefined, catalog: Catalog): readonly string[] {
  for (const { value } of given ? optionsOf(given) : []) {
    switch (value.kind) {
      case 'class':
        if (value.facts.name) return [value.facts.name];
        break;
      case 'literal': {
        // `users as u`
        const text = textOf(value)?.replace(/\s+as\s+\w+$/i, '');
        if (text !== undefined && /^\w+$/.test(text)) return [text, ...withoutSuffix(text)];
        break;
      }
      case 'array': {
        const names = namesOf(value.items[0], catalog);
        if (names.length > 0) return names;
        break;
      }
      case 'object': {
        const names = namesOfInstance(value, catalog);
        if (names.length > 0) return names;
        break;
      }
      case 'external': {
        const names = namesOfReceiver(value, catalog, 1);
        if (names.length > 0) return names;
        break;
      }
      default:
    }
  }
  return [];
}

/** `HydratedDocument` and `UserDocument` are types of records of `User`. */
function withoutSuffix(name: string): readonly string[] {
  const short = name.replace(/(Document|Entity|Model)$/, '');
  return short === name || short === '' ? [] : [short];
}

/** A repository names its entity as type argument, a record is an instance of it; `new EntitySchema({ name })` has a name. */
function namesOfInstance(value: ObjectValue, catalog: Catalog): readonly string[] {
  const names: string[] = [];
  for (let current: Value | undefined = value.classOf; current?.kind === 'class'; current = current.superClass) {
    const [argument] = current.facts.superTypeArguments;
    if (argument) names.push(argument.name, ...withoutSuffix(argument.name));
    if (current.facts.name) names.push(current.facts.name);
  }
  if (names.length > 0) return names;
  const name = textOf(readProperty(value, 'name'));
  if (name !== undefined && value.properties.has('columns')) return [name];
  for (const spread of value.spread) {
    const inner = namesOf(spread, catalog);
    if (inner.length > 0) return inner;
  }
  return [];
}
