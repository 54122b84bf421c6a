import type { CallEntry } from '../catalog/library.js';
import { limits } from '../limits.js';
import type { ExternalValue, Value } from '../program/value.js';
import { contains, valuesWithin } from './contains.js';
import { namesSubject } from './subject-of.js';
import { readProperty, valueAt } from './where-of.js';

/**
 * `${text}.${createHmac('sha256', key).update(text).digest()}` in what is sent: a token that no library made. A signature
 * that leaves without its text is none, and neither is one over something else than claims: a link, a state, a name.
 *
 * @returns The claims.
 */
export function claimsOfHandMade(
  seal: ExternalValue,
  seals: NonNullable<CallEntry['seals']>,
  sent: readonly Value[],
): Value | undefined {
  const sealed = sealedText(seal, seals);
  if (!sealed) return undefined;
  const tokens = sent
    .filter((value) => contains(value, seal))
    .flatMap((value) => textsIn(value, new Set()).map((token) => partsOf(token)))
    .filter((within) => within.some((part) => contains(part, seal)));
  const parts = formsOf(sealed)
    .map((text) => partsOf(text).filter((part) => part.kind !== 'literal'))
    .find((form) => tokens.some((within) => form.every((part) => within.includes(part))));
  if (!parts) return undefined;
  const written = parts.flatMap((part) => writtenIn(part));
  // The header of the compact form, RFC 7515: what else is in the text are the claims, whatever they are called.
  const claims = written.filter((object) => !readProperty(object, 'alg'));
  return claims.find((object) => claims.length < written.length || namesSubject(object));
}

/** `update` gives the receiver back: it stands before the call in one way of writing it, and beside it in the other. */
function sealedText(seal: ExternalValue, seals: NonNullable<CallEntry['seals']>): Value | undefined {
  if (typeof seals === 'number') return seal.call?.args[seals];
  if (seals !== 'updates') return seals.map((position) => valueAt(seal, position)).find((value) => value !== undefined);
  const fed: Value[] = [];
  let object = seal.receiver;
  for (; object?.kind === 'external' && feeds.test(object.path); object = object.receiver)
    fed.unshift(...(object.call?.args.slice(0, 1) ?? []));
  if (fed.length === 0 && object?.kind === 'external')
    fed.push(
      ...object.knownCalls().flatMap(({ path, call }) => (feeds.test(path) ? (call?.args.slice(0, 1) ?? []) : [])),
    );
  return fed.length > 1 ? { kind: 'text', parts: fed, origin: seal.origin } : fed[0];
}

const feeds = /\.(update|write)\(\)$/;

/** What is signed, and the text whose bytes or digest that is, the innermost first: `Buffer.from(text)`, `createHash('sha256').update(text).digest()`. */
function formsOf(value: Value): readonly Value[] {
  const forms: Value[] = [];
  let current: Value | undefined = value;
  for (let steps = 0; current && steps < limits.tokenConversions; steps++) {
    forms.unshift(current);
    // `{ sha256: digest }`
    if (current.kind === 'object' && current.properties.size === 1) {
      [current] = current.properties.values();
      continue;
    }
    if (current.kind !== 'external') break;
    const { path, receiver, call }: ExternalValue = current;
    if (toBytes.test(path)) current = call?.args[0];
    else if (path === 'crypto#hash()') current = call?.args[1];
    else if (path.endsWith('.digest()')) current = sealedText(current, 'updates');
    else if (path.endsWith('.toString()')) current = receiver;
    else break;
  }
  return forms;
}

const toBytes = /(^|[#.])(Buffer\.from|TextEncoder\(\)\.encode|Uint8Array)\(\)$/;

/** `[text, signature].join('.')` has a text among its parts. */
function partsOf(value: Value, depth = 0): readonly Value[] {
  if (value.kind !== 'text' || depth > limits.tokenConversions) return [value];
  return value.parts.flatMap((part) => partsOf(part, depth + 1));
}

function textsIn(value: Value, seen: Set<Value>): readonly Value[] {
  if (seen.has(value) || seen.size > limits.valuesWithin) return [];
  seen.add(value);
  const inner = (values: Iterable<Value>): readonly Value[] => [...values].flatMap((item) => textsIn(item, seen));
  switch (value.kind) {
    case 'text':
      return [value];
    case 'object':
      return inner([...value.properties.values(), ...value.spread]);
    case 'array':
      return inner(value.items);
    case 'union':
      return inner(value.options.map((option) => option.value));
    case 'external':
      return inner([...(value.receiver ? [value.receiver] : []), ...(value.call?.args ?? [])]);
    default:
      return [];
  }
}

/** The object that a part of the text was written from: `Buffer.from(JSON.stringify(claims)).toString('base64url')`. */
function writtenIn(part: Value): readonly Value[] {
  for (const value of valuesWithin(part)) {
    if (value.kind !== 'external' || value.path !== 'global#JSON.stringify()') continue;
    return value.call?.args.slice(0, 1) ?? [];
  }
  return [];
}
