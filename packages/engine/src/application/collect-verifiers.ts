import type { CallEntry } from '../catalog/library.js';
import { idOfPlace } from '../finding/place.js';
import { limits } from '../limits.js';
import type { ExternalValue, Value } from '../program/value.js';
import type { CatalogSemantics } from './catalog-semantics.js';
import { inputOf } from './input-of.js';
import { placeOf } from './place-of.js';
import { nameOfCall } from './trust.js';
import type { Verifier, VerifierFlaw } from './verifier.js';
import { valueAt } from './where-of.js';

/** Header parameters that name or hold a key: RFC 7515, section 4.1. A `kid` only chooses among keys that are known. */
const keyParameter = /\.(jku|jwk|x5u|x5c)(\.|$)/;
const algorithmParameter = /\.alg(\.|$)/;

/** The verifiers of the program that accept more than they should. */
export function collectVerifiers(calls: Iterable<ExternalValue>, semantics: CatalogSemantics): readonly Verifier[] {
  const found = new Map<string, Verifier>();
  for (const call of calls) {
    const entry = semantics.catalog.find(call.at);
    if (!entry?.keys?.some(({ purpose }) => purpose === 'verify' || purpose === 'encrypt')) continue;
    const flaws = flawsOf(call, entry, semantics);
    if (flaws.length === 0) continue;
    const place = placeOf(call.origin);
    const id = idOfPlace(place);
    const known = found.get(id);
    if (!known || known.flaws.length < flaws.length) found.set(id, { name: nameOfCall(call), place, flaws });
  }
  return [...found.values()];
}

function flawsOf(call: ExternalValue, entry: CallEntry, semantics: CatalogSemantics): readonly VerifierFlaw[] {
  const flaws: VerifierFlaw[] = [];
  const placeAt = (value: Value): VerifierFlaw['place'] => placeOf('origin' in value ? value.origin : call.origin);
  if (entry.decodes === undefined && semantics.tokenReadBy(call))
    flaws.push({ kind: 'unverified', place: placeOf(call.origin) });
  const algorithms = entry.accepts?.algorithms && valueAt(call, entry.accepts.algorithms);
  if (algorithms) {
    if (holdsText(algorithms, 'none')) flaws.push({ kind: 'none', place: placeAt(algorithms) });
    const name = ownParameter(algorithms, algorithmParameter, semantics, new Set());
    if (name !== undefined) flaws.push({ kind: 'own-algorithm', name, place: placeAt(algorithms) });
  }
  const expired = entry.accepts?.expired && valueAt(call, entry.accepts.expired);
  if (expired?.kind === 'literal' && expired.value === true) flaws.push({ kind: 'expired', place: placeAt(expired) });
  for (const position of entry.keys ?? []) {
    const key = position.purpose === 'verify' || position.purpose === 'encrypt' ? valueAt(call, position) : undefined;
    const name = key && ownParameter(key, keyParameter, semantics, new Set());
    if (key && name !== undefined) flaws.push({ kind: 'own-key', name, place: placeAt(key) });
  }
  return flaws;
}

function holdsText(value: Value, text: string): boolean {
  switch (value.kind) {
    case 'literal':
      return typeof value.value === 'string' && value.value.toLowerCase() === text;
    case 'array':
      return value.items.some((item) => holdsText(item, text));
    case 'union':
      return value.options.some((option) => holdsText(option.value, text));
    default:
      return false;
  }
}

/** The parameter of the token's own header that a value comes from, over whatever calls. */
function ownParameter(
  value: Value | undefined,
  parameter: RegExp,
  semantics: CatalogSemantics,
  seen: Set<Value>,
): string | undefined {
  if (!value || seen.has(value) || seen.size > limits.keyChoiceValues) return undefined;
  seen.add(value);
  const first = (values: Iterable<Value>): string | undefined => {
    for (const item of values) {
      const found = ownParameter(item, parameter, semantics, seen);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  switch (value.kind) {
    case 'external': {
      if (parameter === keyParameter && semantics.catalog.find(value.at)?.tokensOwnKey) return 'header.jwk';
      const match = value.call ? null : parameter.exec(value.path);
      if (match && isOfToken(value, semantics)) return `header.${match[1] ?? 'alg'}`;
      return ownParameter(value.receiver, parameter, semantics, seen) ?? first(value.call?.args ?? []);
    }
    case 'union':
      return first(value.options.map((option) => option.value));
    case 'array':
      return first(value.items);
    case 'object':
      return first(value.properties.values());
    case 'text':
      return first(value.parts);
    default:
      return undefined;
  }
}

/** Whether it was read from a token that nobody has verified yet. */
function isOfToken(value: ExternalValue, semantics: CatalogSemantics): boolean {
  for (let current: Value | undefined = value; current?.kind === 'external'; current = current.receiver) {
    if (!current.call) continue;
    if (semantics.tokenReadBy(current)) return true;
    if (/decodeProtectedHeader|decodeHeader|JSON\.parse/.test(current.path)) return true;
  }
  return inputOf(value, semantics.catalog) !== undefined;
}
