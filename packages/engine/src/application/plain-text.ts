import type { Config } from '../config/config.js';
import type { Step } from '../finding/finding.js';
import type { Place } from '../finding/place.js';
import { limits } from '../limits.js';
import { nameOfPath } from '../program/name-of-path.js';
import type { Proof } from '../program/proof.js';
import type { Event } from '../program/semantics.js';
import { optionsOf, type ExternalValue, type Value } from '../program/value.js';
import type { Entity } from '../schema/entity.js';
import { columnsOf, findQuery } from './caller.js';
import type { CatalogSemantics } from './catalog-semantics.js';
import { placeOf } from './place-of.js';
import type { Reach, Use } from './reach.js';
import { writtenBy, type WrittenColumn } from './read-access.js';
import type { EntityFinder } from './read-data.js';
import { plainName, sensitivityOf, type SensitiveKind, type Sensitivity } from './sensitive-column.js';
import { readSqlAssignments } from './sql-assignments.js';
import { readSqlCall } from './sql-call.js';
import { stepsOf } from './steps-of.js';
import { storedFormOf, type StoredForm } from './stored-form.js';

/** A sensitive column that holds its values as they are, or nearly so, by what a route does with it, or one that is logged. */
export interface PlainText extends StoredForm {
  /** `stored`: it is written; `looked-up`: a query asks for it; `compared`: the program compares it; `logged`: a log has it. */
  readonly use: 'stored' | 'looked-up' | 'compared' | 'logged';
  readonly kind: SensitiveKind;
  /** `User.password`, `users.card_number`; the column alone where the entity is not known. */
  readonly column: string;
  /** `prisma.user.create`, or what compares it. */
  readonly name: string;
  readonly place: Place;
  /** Where the column is declared. */
  readonly declaredAt?: Place;
  readonly steps: readonly Step[];
}

/** What a configuration says of columns. */
export class ColumnWords {
  readonly #personal: ReadonlySet<string>;
  readonly #encrypted: ReadonlySet<string>;

  constructor({ personalColumns, encryptedColumns }: Config) {
    this.#personal = new Set(personalColumns.map(plainName));
    this.#encrypted = new Set(encryptedColumns.map(plainName));
  }

  sensitivityOf(entity: string | undefined, column: string): Sensitivity | undefined {
    if (this.#encrypted.size > 0 && holds(this.#encrypted, entity, column)) return undefined;
    const known = sensitivityOf(column);
    if (known || this.#personal.size === 0) return known;
    return holds(this.#personal, entity, column) ? { kind: 'named', sealed: false } : undefined;
  }
}

function holds(names: ReadonlySet<string>, entity: string | undefined, column: string): boolean {
  return names.has(plainName(column)) || (entity !== undefined && names.has(plainName(`${entity}.${column}`)));
}

/** What the handler of a route does with sensitive columns, as far as their values could be followed. */
export function collectPlainText(
  { uses, checks, logs }: Reach,
  words: ColumnWords,
  semantics: CatalogSemantics,
  findEntity: EntityFinder,
): readonly PlainText[] {
  const found: PlainText[] = [];
  for (const use of uses) {
    if (!use.access) continue;
    if (use.access.operation !== 'read') found.push(...storedBy(use, words, semantics, findEntity));
    found.push(...askedBy(use, words, semantics, findEntity));
  }
  for (const proof of checks) {
    const compared = comparedBy(proof, uses, words, semantics, findEntity);
    if (compared) found.push(compared);
  }
  for (const event of logs) found.push(...loggedBy(event, uses, words, semantics, findEntity));
  return found;
}

function storedBy(
  { call, access }: Use,
  words: ColumnWords,
  semantics: CatalogSemantics,
  findEntity: EntityFinder,
): readonly PlainText[] {
  if (!access) return [];
  const { written, filled } = allWritten(call, semantics);
  const entity = access.entity === undefined ? undefined : findEntity(access.entity);
  const base = { use: 'stored' as const, name: access.name, place: access.place, steps: access.steps };
  const found: PlainText[] = [];
  for (const { column, value } of written) {
    const sensitivity = words.sensitivityOf(access.entity, column);
    if (!sensitivity || !keeps(entity, column, call, semantics)) continue;
    const form = storedFormOf(value, semantics.catalog);
    if (form && isTelling(sensitivity, form))
      found.push({ ...base, ...form, ...describe(sensitivity, column, access, entity) });
  }
  // A new record takes from what fills it whatever it is not given by name.
  const form = access.operation === 'create' && entity && filled ? storedFormOf(filled, semantics.catalog) : undefined;
  if (!form || !entity) return found;
  const given = new Set(written.map(({ column }) => column));
  for (const column of entity.fields) {
    const sensitivity = given.has(column) ? undefined : words.sensitivityOf(access.entity, column);
    // Keys and codes are for the program to make, and nobody sends them.
    if (
      !sensitivity ||
      sensitivity.kind === 'secret' ||
      !keeps(entity, column, call, semantics) ||
      !isTelling(sensitivity, form)
    )
      continue;
    const input = form.input === undefined ? {} : { input: `${form.input}.${column}` };
    found.push({ ...base, ...form, ...input, ...describe(sensitivity, column, access, entity) });
  }
  return found;
}

/** By objects, by records, by builders and by statements. */
function allWritten(
  call: ExternalValue,
  semantics: CatalogSemantics,
): { readonly written: readonly WrittenColumn[]; readonly filled: Value | undefined } {
  const data = semantics.catalog.find(call.at)?.data;
  if (data?.entity === 'sql') {
    const statement = readSqlCall(call, data);
    const written = readSqlAssignments(statement.text).flatMap(({ column, parameter }): readonly WrittenColumn[] => {
      const value = statement.valueOf(parameter);
      if (!value) return [];
      return column === undefined ? columnsIn(value) : [{ column, value }];
    });
    return { written, filled: undefined };
  }
  const { written, filling } = writtenBy(call, semantics);
  if (!data?.conditions || call.receiver?.kind !== 'external') return { written, filled: filling };
  const built = call.receiver
    .knownCalls()
    .filter(({ path }) => /\.(values|set)\(\)$/.test(path))
    .flatMap((item) => (item.call?.args ?? []).flatMap((arg) => columnsIn(arg)));
  return { written: [...written, ...built], filled: filling };
}

function columnsIn(value: Value): readonly WrittenColumn[] {
  return optionsOf(value).flatMap(({ value: item }): readonly WrittenColumn[] => {
    if (item.kind === 'array') return item.items.flatMap(columnsIn);
    return item.kind === 'object' ? [...item.properties].map(([column, inner]) => ({ column, value: inner })) : [];
  });
}

function askedBy(
  { call, access }: Use,
  words: ColumnWords,
  semantics: CatalogSemantics,
  findEntity: EntityFinder,
): readonly PlainText[] {
  if (!access) return [];
  const entity = access.entity === undefined ? undefined : findEntity(access.entity);
  return columnsOf(call, semantics).flatMap(({ column, value }): readonly PlainText[] => {
    const sensitivity = column === undefined ? undefined : words.sensitivityOf(access.entity, column);
    if (column === undefined || !sensitivity || !isCredential(sensitivity)) return [];
    const form = keeps(entity, column, call, semantics) ? storedFormOf(value, semantics.catalog) : undefined;
    if (form?.from !== 'request' || !isTelling(sensitivity, form)) return [];
    const { name, place, steps } = access;
    return [{ use: 'looked-up', ...form, name, place, steps, ...describe(sensitivity, column, access, entity) }];
  });
}

/** `user.password === body.password`: what is stored is what the caller sends. */
function comparedBy(
  proof: Proof,
  uses: readonly Use[],
  words: ColumnWords,
  semantics: CatalogSemantics,
  findEntity: EntityFinder,
): PlainText | undefined {
  const [left, right] = proof.about ?? [];
  if (!left || !right) return undefined;
  for (const [stored, sent] of [
    [left, right],
    [right, left],
  ] as const) {
    const query = stored.kind === 'external' && !stored.call ? findQuery(stored, semantics) : undefined;
    if (!query || stored.kind !== 'external') continue;
    const column = stored.path.slice(stored.path.lastIndexOf('.') + 1);
    const access = uses.find(({ call }) => call === query)?.access;
    const entity = access?.entity === undefined ? undefined : findEntity(access.entity);
    const sensitivity = words.sensitivityOf(access?.entity, column);
    if (!sensitivity || !isCredential(sensitivity) || !keeps(entity, column, query, semantics)) continue;
    const form = storedFormOf(sent, semantics.catalog);
    if (form?.from !== 'request' || !isTelling(sensitivity, form)) continue;
    const place = placeOf(proof.origin);
    const steps = access
      ? [...access.steps, { place: access.place, message: `\`${access.name}\` finds the record` }]
      : [];
    return { use: 'compared', ...form, name: proof.by, place, steps, ...describe(sensitivity, column, access, entity) };
  }
  return undefined;
}

/** What a line of a log holds: whoever reads the logs has it, and they are kept. */
function loggedBy(
  event: Event,
  uses: readonly Use[],
  words: ColumnWords,
  semantics: CatalogSemantics,
  findEntity: EntityFinder,
): readonly PlainText[] {
  const found = new Map<string, PlainText>();
  const take = (name: string, value: ExternalValue): void => {
    const query = findQuery(value, semantics);
    const access = query && uses.find(({ call }) => call === query)?.access;
    const sensitivity = words.sensitivityOf(access?.entity, name);
    const form: StoredForm | undefined = query
      ? { form: 'plain', from: 'stored' }
      : storedFormOf(value, semantics.catalog);
    if (!sensitivity || !form || !isTelling(sensitivity, form)) return;
    // Of a password, what is stored may be a hash.
    if (query && isCredential(sensitivity)) return;
    const entity = access?.entity === undefined ? undefined : findEntity(access.entity);
    const shown = {
      ...form,
      name: nameOfPath(event.call.path),
      place: placeOf(event.call.origin),
      steps: stepsOf(event),
    };
    found.set(name, { use: 'logged', ...shown, ...describe(sensitivity, name, access, entity) });
  };
  const seen = new Set<Value>();
  const waiting: Value[] = [...(event.call.call?.args ?? [])];
  for (let value = waiting.pop(); value && seen.size < limits.valuesWithin; value = waiting.pop()) {
    if (seen.has(value)) continue;
    seen.add(value);
    if (value.kind === 'text') waiting.push(...value.parts);
    else if (value.kind === 'array') waiting.push(...value.items);
    else if (value.kind === 'union') waiting.push(...value.options.map((option) => option.value));
    else if (value.kind === 'object') {
      for (const [name, inner] of value.properties) {
        if (inner.kind === 'external' && !inner.call) {
          take(name, inner);
          if (inner.at.step !== name) take(inner.at.step, inner);
        } else waiting.push(inner);
      }
      waiting.push(...value.spread);
    } else if (value.kind === 'external') {
      if (!value.call) take(value.at.step, value);
      else if (/^global#(JSON\.stringify|String|\+)\(\)$/.test(value.path)) waiting.push(...value.call.args);
    }
  }
  return [...found.values()];
}

/** Whether the value that is handed over is the one that is stored. */
function keeps(entity: Entity | undefined, column: string, call: ExternalValue, semantics: CatalogSemantics): boolean {
  if (!entity) return true;
  if (entity.treated === 'all' || entity.treated?.has(column)) return false;
  // A column that the entity does not have is dropped, or stands for others.
  const isBySql = semantics.catalog.find(call.at)?.data?.entity === 'sql';
  return isBySql || entity.origin === 'sql' || entity.fields.includes(column);
}

function isCredential({ kind }: Sensitivity): boolean {
  return kind === 'password' || kind === 'secret';
}

/** A number with few digits is found from its hash as well, but is no password; a key that nobody can guess is not. */
function isTelling({ kind, sealed }: Sensitivity, { form, from }: StoredForm): boolean {
  if (kind === 'password') return from === 'request' && (form === 'fast-hash' || !sealed);
  return form === 'plain' && (from !== 'generated' || kind === 'secret');
}

function describe(
  { kind }: Sensitivity,
  column: string,
  access: { readonly entity?: string | undefined } | undefined,
  entity: Entity | undefined,
): Pick<PlainText, 'kind' | 'column' | 'declaredAt'> {
  const owner = entity?.name ?? access?.entity;
  const declaredAt = entity?.declaredAt?.get(column);
  return { kind, column: owner === undefined ? column : `${owner}.${column}`, ...(declaredAt && { declaredAt }) };
}
