import type { Catalog } from '../catalog/catalog.js';
import type { KeyPosition } from '../catalog/library.js';
import type { Interpreter } from '../program/interpreter.js';
import { nameOfPath } from '../program/name-of-path.js';
import { textOf, type ExternalValue, type Value } from '../program/value.js';
import type { ProjectDocument } from '../source/project.js';
import { identitiesOfTexts } from './key-identity.js';
import { KeyTexts, type KeyText } from './key-texts.js';
import { keyValueAt } from './key-value.js';
import { placeOf } from './place-of.js';
import { ProductionRuns, type Rerun } from './production-run.js';
import type { SigningKey } from './signing-key.js';
import type { KeyIdentity } from './token-mint.js';

/** What a key is called that nothing names. */
const nameless = 'a literal';

/** Reads the keys at all places where something is signed, verified, sealed or encrypted. */
export class KeyCollector {
  readonly #keys = new Map<string, SigningKey>();
  readonly #read = new Set<ExternalValue>();
  readonly texts: KeyTexts;
  readonly #production: ProductionRuns;

  /**
   * @param isSeal Whether what a call makes goes out, or is compared with what came in.
   * @param rerun Makes the program ready to be interpreted once more.
   */
  constructor(
    readonly catalog: Catalog,
    readonly interpreter: Interpreter,
    documents: readonly ProjectDocument[],
    readonly isSeal: (call: ExternalValue) => boolean,
    rerun: () => Rerun,
  ) {
    this.#production = new ProductionRuns(catalog, interpreter, rerun);
    this.texts = new KeyTexts(catalog, interpreter, documents);
  }

  get keys(): readonly SigningKey[] {
    return [...this.#keys.values()];
  }

  /** Reads a call once. */
  add(call: ExternalValue): void {
    if (this.#read.has(call)) return;
    this.#read.add(call);
    for (const position of this.catalog.find(call.at)?.keys ?? []) {
      if (position.onlyAsSeal === true && !this.isSeal(call)) continue;
      const value = keyValueAt(call, position, this.interpreter);
      if (!value) continue;
      if (position.names) this.#addName(call, position, value);
      else for (const key of keysIn(value)) this.#addValue(call, position, key);
    }
  }

  /** A key that a service keeps goes by its name: nobody can read it here, and the name is no secret. */
  #addName(call: ExternalValue, position: KeyPosition, value: Value): void {
    for (const { place, source, name } of this.texts.of(value)) {
      const text = source === 'environment' ? undefined : textOf(value);
      const shown = text ?? name ?? nameless;
      const identity: KeyIdentity = {
        id: text === undefined ? `variable ${shown}` : `key ${text}`,
        name: shown,
        isPair: position.names === 'pair',
        isWritten: false,
        place,
      };
      const use = nameOfPath(call.path);
      const usePlace = placeOf(call.origin);
      const steps = [
        { place, message: originMessage('manager', shown) },
        { place: usePlace, message: `used by \`${use}\`` },
      ];
      const { purpose, onlyAsSeal } = position;
      const seals = onlyAsSeal === true;
      const key = { name: shown, source: 'manager', origin: place, use, usePlace, purpose, seals, steps } as const;
      this.#put({ ...key, identities: [identity] });
      return;
    }
  }

  #addValue(call: ExternalValue, position: KeyPosition, value: Value): void {
    const texts = this.texts.of(value);
    const identities = identitiesOfTexts(texts);
    const fromElsewhere = texts.some((text) => text.source !== 'literal');
    const variables = texts.flatMap((text) =>
      text.source === 'environment' && text.name !== undefined ? [text.name] : [],
    );
    const use = nameOfPath(call.path).replace('jsonwebtoken.', 'jwt.');
    const usePlace = placeOf(call.origin);
    for (const text of texts) {
      if (text.literal && this.#production.excludes(text.literal, call, position, variables)) continue;
      const source = text.source === 'literal' && fromElsewhere ? 'default' : text.source;
      const name = (source === 'default' ? variables[0] : undefined) ?? text.name ?? nameless;
      const first = { place: text.place, message: originMessage(source, name) };
      const last = { place: usePlace, message: `used by \`${use}\`` };
      this.#put({
        name,
        source,
        origin: text.place,
        use,
        usePlace,
        purpose: position.purpose,
        identities,
        seals: position.onlyAsSeal === true,
        steps: [first, ...text.steps, last],
      });
    }
  }

  #put(key: SigningKey): void {
    const id = `${key.origin.file}:${String(key.origin.line)}:${String(key.origin.column)} ${key.usePlace.file}:${String(key.usePlace.line)}:${String(key.usePlace.column)} ${key.source}`;
    if (!this.#keys.has(id)) this.#keys.set(id, key);
  }
}

/** Several keys, the newest first, or by their numbers: none of them stands in for another. */
function keysIn(value: Value): readonly Value[] {
  if (value.kind === 'array' && value.items.length > 0) return value.items;
  if (value.kind !== 'object' || value.properties.size === 0) return [value];
  const isNumbered = [...value.properties.keys()].every((name) => /^\d+$/.test(name));
  return isNumbered ? [...value.properties.values()] : [value];
}

function originMessage(source: KeyText['source'], name: string): string {
  const named = name === nameless ? 'the key' : `\`${name}\``;
  switch (source) {
    case 'literal':
      return `the text of ${named} stands here`;
    case 'default':
      return `stands in where ${named} is not set`;
    case 'file':
      return `${named} has its value here`;
    case 'generated':
      return 'the key is made here';
    case 'manager':
      return `names ${named}`;
    default:
      return `reads ${named}`;
  }
}
