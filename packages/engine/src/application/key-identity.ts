import { idOfPlace } from '../finding/place.js';
import { limits } from '../limits.js';
import { textOf, type ExternalValue, type Value } from '../program/value.js';
import type { CatalogSemantics } from './catalog-semantics.js';
import type { KeyText, KeyTexts } from './key-texts.js';
import { placeOf } from './place-of.js';
import type { KeyIdentity } from './token-mint.js';

/** Which keys a value may be. A variable with a default is one key: that of the variable. */
export function identitiesOf(value: Value, texts: KeyTexts, semantics: CatalogSemantics): readonly KeyIdentity[] {
  const found = new Map<string, KeyIdentity>();
  for (const identity of identitiesOfTexts(texts.of(value)))
    if (!found.has(identity.id)) found.set(identity.id, identity);
  if (found.size === 0) for (const identity of fromElsewhere(value, semantics, 0)) found.set(identity.id, identity);
  return [...found.values()];
}

/** Of the texts that a key may have, those that it goes by. */
export function identitiesOfTexts(texts: readonly KeyText[]): readonly KeyIdentity[] {
  const variables = texts.filter(({ source }) => source === 'environment');
  return (variables.length > 0 ? variables : texts).map(({ source, name, place }) => {
    const at = idOfPlace(place);
    const id =
      source === 'environment'
        ? `variable ${pairName(name ?? at)}`
        : source === 'file'
          ? `file ${pairName(place.file)}`
          : `text ${at}`;
    return { id, name: name ?? 'a literal', isPair: id.includes('*'), isWritten: id.startsWith('text '), place };
  });
}

/** Both halves of a pair are one key: `USER_PRIVATE_KEY` and `USER_PUBLIC_KEY`. */
function pairName(name: string): string {
  return name.replace(/private|public|priv(?![a-z])|pub(?![a-z])/gi, '*');
}

/** A key that some package gives for a name: `vault.read('signing')`. */
function fromElsewhere(value: Value, semantics: CatalogSemantics, depth: number): readonly KeyIdentity[] {
  if (depth > limits.keyConversions) return [];
  if (value.kind === 'union')
    return value.options.flatMap((option) => fromElsewhere(option.value, semantics, depth + 1));
  if (value.kind !== 'external' || value.path.startsWith('?')) return [];
  const entry = semantics.catalog.find(value.at);
  const from = entry?.derives ?? entry?.converts;
  if (from === 'arguments' || entry?.data || entry?.choosesKey || entry?.tokensOwnKey) return [];
  const source = from === 'receiver' ? value.receiver : from === undefined ? undefined : value.call?.args[from];
  if (source) return fromElsewhere(source, semantics, depth + 1);
  const written = spellingOf(value);
  if (written === undefined) return [];
  return [
    {
      id: `value ${written}`,
      name: written.replace(/^[^#]*#/, ''),
      isPair: false,
      isWritten: false,
      place: placeOf(value.origin),
    },
  ];
}

/** The way to the value with the texts that it was asked for by; `undefined` where something else was asked. */
function spellingOf(value: ExternalValue): string | undefined {
  if (/^(global|express)#/.test(value.path)) return undefined;
  const asked: string[] = [];
  for (let current: Value | undefined = value; current?.kind === 'external'; current = current.receiver) {
    for (const argument of current.call?.args ?? []) {
      const text = textOf(argument);
      if (text === undefined) return undefined;
      asked.unshift(text);
    }
  }
  return asked.length > 0 ? `${value.path} ${asked.join(' ')}` : value.call ? undefined : value.path;
}
