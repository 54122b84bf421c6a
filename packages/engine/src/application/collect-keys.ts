import type { Catalog } from '../catalog/catalog.js';
import type { KeyPosition } from '../catalog/library.js';
import type { Step } from '../finding/finding.js';
import type { Place } from '../finding/place.js';
import { nameOfPath, type Interpreter } from '../program/interpreter.js';
import { optionsOf, propertyOf, textOf, undefinedValue, type ExternalValue, type Origin, type Value } from '../program/value.js';
import type { ProjectDocument } from '../source/project.js';
import { placeOf } from './place-of.js';
import { collectEnvironmentEntries, type EnvironmentEntry } from './environment-files.js';
import type { KeySource, SigningKey } from './signing-key.js';
import { readProperty } from './where-of.js';

/** One text that a key may have. */
interface Candidate {
  readonly source: KeySource;
  readonly name: string;
  readonly place: Place;
}

/** Reads the keys at all places where something is signed, verified, sealed or encrypted. */
export class KeyCollector {
  readonly #keys = new Map<string, SigningKey>();
  readonly #environment: ReadonlyMap<string, EnvironmentEntry>;
  readonly #keyFiles: readonly ProjectDocument[];

  constructor(
    readonly catalog: Catalog,
    readonly interpreter: Interpreter,
    documents: readonly ProjectDocument[],
  ) {
    this.#environment = collectEnvironmentEntries(documents);
    this.#keyFiles = documents.filter((document) => document.kind === 'private-key');
  }

  get keys(): readonly SigningKey[] {
    return [...this.#keys.values()];
  }

  add(call: ExternalValue): void {
    for (const position of this.catalog.find(call.path)?.keys ?? []) {
      const value = this.#valueAt(call, position);
      if (value) this.#addValue(call, position, value);
    }
  }

  #valueAt(call: ExternalValue, position: KeyPosition): Value | undefined {
    let argument = call.call?.args[position.argument];
    if (position.factory !== undefined) {
      const factory = propertyOf(argument, position.factory);
      if (factory?.kind !== 'function') return undefined;
      const inject = propertyOf(argument, 'inject');
      const tokens = inject?.kind === 'array' ? inject.items : [];
      const args = factory.facts.parameters.map((parameter, index): Value => {
        const typed = this.interpreter.typed(parameter.type, factory.file, factory.scope);
        const token = tokens[index];
        if (typed.kind !== 'unknown' || !token) return typed;
        return token.kind === 'class' ? this.interpreter.singleton(token) : token.kind === 'external' ? this.interpreter.call(token, [], token.origin) : typed;
      });
      argument = this.interpreter.follow(factory, undefinedValue, args, call.origin, []).value;
    }
    return position.property === undefined ? argument : readProperty(argument, position.property);
  }

  #addValue(call: ExternalValue, position: KeyPosition, value: Value): void {
    const candidates = this.#candidates(value, 0);
    const fromElsewhere = candidates.some((candidate) => candidate.source !== 'literal');
    for (const candidate of candidates) {
      const source = candidate.source === 'literal' && fromElsewhere ? 'default' : candidate.source;
      const named = candidates.find((item) => item.source === 'environment')?.name;
      this.#put({
        name: source === 'default' && named !== undefined ? named : candidate.name,
        source,
        origin: candidate.place,
        use: nameOfPath(call.path).replace('jsonwebtoken.', 'jwt.'),
        usePlace: placeOf(call.origin),
        purpose: position.purpose,
        steps: stepsOf(candidate, call),
      });
    }
  }

  #put(key: SigningKey): void {
    const id = `${key.origin.file}:${String(key.origin.line)}:${String(key.origin.column)} ${key.usePlace.file}:${String(key.usePlace.line)}:${String(key.usePlace.column)} ${key.source}`;
    if (!this.#keys.has(id)) this.#keys.set(id, key);
  }

  /** All texts that the value may have. A function that finds the key by the token's header has none. */
  #candidates(value: Value, depth: number): readonly Candidate[] {
    if (depth > 8) return [];
    switch (value.kind) {
      case 'literal': {
        const text = value.value;
        if (typeof text !== 'string' || text === '' || isPublic(text)) return [];
        return [{ source: 'literal', name: 'a literal', place: placeOf(value.origin) }];
      }
      case 'text':
        return value.parts.length === 1 ? value.parts.flatMap((part) => this.#candidates(part, depth + 1)) : value.parts.flatMap((part) => (part.kind === 'literal' ? [] : this.#candidates(part, depth + 1)));
      case 'union':
        return value.options.flatMap((option) => this.#candidates(option.value, depth + 1));
      case 'array':
        return value.items.flatMap((item) => this.#candidates(item, depth + 1));
      case 'object': {
        // `{ key, passphrase }` and JSON web keys.
        const inner = value.properties.get('key') ?? value.properties.get('private') ?? value.properties.get('d') ?? value.properties.get('k');
        return inner ? this.#candidates(inner, depth + 1) : [];
      }
      case 'external':
        return this.#external(value, depth);
      default:
        return [];
    }
  }

  #external(value: ExternalValue, depth: number): readonly Candidate[] {
    const variable = /^global#process\.env\.(\w+)$/.exec(value.path)?.[1];
    if (variable !== undefined) return this.#variable(variable, value.origin);
    const entry = this.catalog.find(value.path);
    const args = value.call?.args ?? [];
    if (entry?.generates) return [{ source: 'generated', name: nameOfPath(value.path), place: placeOf(value.origin) }];
    if (typeof entry?.converts === 'number') {
      const converted = args[entry.converts];
      return converted ? this.#candidates(converted, depth + 1) : [];
    }
    if (/^(fs|fs\/promises|fs-extra)#(promises\.)?readFile(Sync)?\(\)/.test(value.path)) {
      const call = value.call ? value : value.receiver?.kind === 'external' ? value.receiver : undefined;
      return this.#file(call?.call?.args[0], depth);
    }
    if (/\.(toString|trim|replace|replaceAll|split|join)(\(\))?$/.test(value.path) && value.receiver) return this.#candidates(value.receiver, depth + 1);
    return [];
  }

  #variable(name: string, origin: Origin): readonly Candidate[] {
    const candidates: Candidate[] = [{ source: 'environment', name, place: placeOf(origin) }];
    const written = this.#environment.get(name);
    if (written && written.value !== '') candidates.push({ source: 'file', name, place: written.place });
    return candidates;
  }

  /** A key file, if it lies in the project: named in code, or by a variable whose value is written in an environment file. */
  #file(path: Value | undefined, depth: number): readonly Candidate[] {
    for (const option of path ? optionsOf(path) : []) {
      for (const text of this.#paths(option.value, depth)) {
        const wanted = text.replace(/^(\.{0,2}\/)+/, '');
        const file = wanted === '' ? undefined : this.#keyFiles.find((item) => item.path === wanted || item.path.endsWith(`/${wanted}`));
        if (file) {
          return [{ source: 'file', name: file.path, place: { file: file.path, line: 1, column: 1, endLine: 1, endColumn: 1 } }];
        }
      }
    }
    return [];
  }

  #paths(value: Value, depth: number): readonly string[] {
    if (depth > 8) return [];
    const text = textOf(value);
    if (text !== undefined) return [text];
    if (value.kind === 'text') return value.parts.slice(-1).flatMap((part) => this.#paths(part, depth + 1));
    if (value.kind === 'union') return value.options.flatMap((option) => this.#paths(option.value, depth + 1));
    if (value.kind !== 'external') return [];
    const variable = /^global#process\.env\.(\w+)$/.exec(value.path)?.[1];
    const written = variable === undefined ? undefined : this.#environment.get(variable);
    return written ? [written.value] : [];
  }
}

function isPublic(text: string): boolean {
  return text.includes('PUBLIC KEY-----') || text.includes('BEGIN CERTIFICATE-----');
}

function stepsOf(candidate: Candidate, call: ExternalValue): readonly Step[] {
  const what = candidate.source === 'file' ? `\`${candidate.name}\` has its value here` : candidate.source === 'environment' ? `reads \`${candidate.name}\`` : 'the text of the key stands here';
  return [
    { place: candidate.place, message: what },
    { place: placeOf(call.origin), message: `used by \`${nameOfPath(call.path).replace('jsonwebtoken.', 'jwt.')}\`` },
  ];
}
