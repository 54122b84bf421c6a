import { propertyOf, type ExternalValue, type Value } from '../../../program/value.js';
import { nestedItems } from '../../nested-items.js';

/** Types of a schema that have fields, each with the names of its fields' types; a union has its members. */
export type GraphTypes = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** The types that the options of a call write down, undefined where any of them is elsewhere: in a file, in what a package gives. */
export function readTypes(made: ExternalValue): GraphTypes | undefined {
  const types = new Map<string, Map<string, string>>();
  for (const options of made.call?.args[0] ? nestedItems(made.call.args[0]) : []) {
    const definitions = propertyOf(options, 'typeDefs');
    for (const item of definitions ? nestedItems(definitions) : []) {
      const text = textIn(item);
      if (text === undefined) return undefined;
      addTypes(text, types);
    }
  }
  return types.size > 0 ? types : undefined;
}

/** A text, or one that is handed to a tag: gql`type Query { … }`. */
function textIn(value: Value): string | undefined {
  if (value.kind === 'literal' && typeof value.value === 'string') return value.value;
  const [text] = value.kind === 'external' ? (value.call?.args ?? []) : [];
  return text?.kind === 'literal' && typeof text.value === 'string' ? text.value : undefined;
}

const descriptions = /"""[\s\S]*?"""|"(?:[^"\\\n]|\\.)*"|#[^\n]*/g;
const withFields = /\b(?:type|interface)\s+(\w+)[^{}]*\{([^{}]*)\}/g;
const unions = /\bunion\s+(\w+)[^={}]*=([\s|\w]+)/g;
const field = /(\w+)\s*(?:\([^()]*\))?\s*:\s*[[\s]*(\w+)/g;

/** https://spec.graphql.org/October2021/#sec-Type-System */
function addTypes(text: string, types: Map<string, Map<string, string>>): void {
  const plain = text.replace(descriptions, ' ');
  const of = (name: string): Map<string, string> => {
    const known = types.get(name) ?? new Map<string, string>();
    types.set(name, known);
    return known;
  };
  for (const [, name = '', body = ''] of plain.matchAll(withFields))
    for (const [, key = '', type = ''] of body.matchAll(field)) of(name).set(key, type);
  for (const [, name = '', members = ''] of plain.matchAll(unions))
    for (const [member] of members.matchAll(/\w+/g)) if (/^[A-Z]/.test(member)) of(name).set(member, member);
}

/** The types that a value of this type may hold, itself first. */
export function typesWithin(start: string, types: GraphTypes): ReadonlySet<string> {
  const found = new Set([start]);
  for (const name of found) for (const type of types.get(name)?.values() ?? []) if (types.has(type)) found.add(type);
  return found;
}
