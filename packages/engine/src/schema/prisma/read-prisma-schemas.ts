import { comparePlaces } from '../../finding/place.js';
import { classifyDefault } from '../classify-default.js';
import type { Entity, Identifier, IdentifierKind, SchemaProblem, SchemaResult } from '../entity.js';
import type { SchemaDocument } from '../schema-document.js';
import { createTextPlaces } from '../text-places.js';
import type { TextPlaces } from '../text-places.js';
import { parsePrisma } from './parse-prisma.js';
import type { PrismaAttribute, PrismaBlock, PrismaField } from './parse-prisma.js';
import type { PrismaToken } from './tokenize-prisma.js';

/**
 * The models and views of Prisma schema files. A schema may be split over several files: a field refers to a model of any of them.
 * What cannot be read in a file is named once per file, the rest of it and the other files are read all the same. Never throws.
 */
export function readPrismaSchemas(documents: readonly SchemaDocument[]): SchemaResult {
  const problems: SchemaProblem[] = [];
  const files = documents.map((document) => {
    const text = document.text.replace(/^\uFEFF/, '');
    const places = createTextPlaces(document.path, text);
    const { blocks, problem } = parsePrisma(text);
    if (problem) {
      problems.push({
        file: document.path,
        line: places.line(problem.offset),
        message: `Prisma schema: ${problem.message}`,
      });
    }
    return { text, places, blocks };
  });
  const records = new Set(files.flatMap(({ blocks }) => blocks.filter(isRecord).map((block) => block.name)));
  const entities = files.flatMap(({ text, places, blocks }) =>
    blocks.filter(isRecord).map((block) => readEntity(block, text, places, records)),
  );
  entities.sort((a, b) => comparePlaces(a.place, b.place));
  return { entities, problems };
}

/** Composite types (`type`) are parts of a document, they have no key. */
function isRecord(block: PrismaBlock): boolean {
  return block.keyword === 'model' || block.keyword === 'view';
}

function readEntity(block: PrismaBlock, text: string, places: TextPlaces, records: ReadonlySet<string>): Entity {
  const keyFields = fieldsOf(block, 'id');
  const identifiers = block.fields.flatMap((field): Identifier[] => {
    const primary = keyFields.includes(field.name);
    const { kind, evidence } = decideKind(field, block, text);
    if (!primary && kind !== 'sequential' && !isUnique(field, block)) return [];
    return [
      {
        field: field.name,
        column: mappedName(field.attributes) ?? field.name,
        kind,
        primary,
        evidence,
        place: places.place(field.start, field.end),
      },
    ];
  });
  const encrypted = block.fields.filter((field) => isMarkedEncrypted(field, text)).map((field) => field.name);
  return {
    name: block.name,
    table: mappedName(block.attributes) ?? block.name,
    origin: 'prisma',
    place: places.place(block.nameStart, block.nameEnd),
    identifiers,
    fields: block.fields.map((field) => field.name),
    relations: [...new Set(block.fields.map((field) => field.type).filter((type) => records.has(type)))],
    declaredAt: new Map(block.fields.map((field) => [field.name, places.place(field.start, field.end)])),
    ...(encrypted.length > 0 && { treated: new Set(encrypted) }),
  };
}

/** `/// @encrypted` above a field or behind it: https://github.com/47ng/prisma-field-encryption */
function isMarkedEncrypted({ start, end }: PrismaField, text: string): boolean {
  const lineEnd = text.indexOf('\n', end);
  const mark = /\/\/\/.*@encrypted\b/;
  if (mark.test(text.slice(end, lineEnd < 0 ? text.length : lineEnd))) return true;
  for (let below = text.lastIndexOf('\n', start); below > 0;) {
    const above = text.lastIndexOf('\n', below - 1);
    const line = text.slice(above + 1, below);
    if (!line.trim().startsWith('///')) return false;
    if (mark.test(line)) return true;
    below = above;
  }
  return false;
}

/** The fields of `@id` or `@@id([…])`. */
function fieldsOf(block: PrismaBlock, attribute: 'id'): readonly string[] {
  const own = block.fields.filter((field) => find(field.attributes, attribute)).map((field) => field.name);
  const together = find(block.attributes, attribute);
  return together ? [...own, ...listItems(together.args)] : own;
}

function isUnique(field: PrismaField, block: PrismaBlock): boolean {
  if (find(field.attributes, 'unique')) return true;
  return block.attributes.some((attribute) => {
    if (attribute.name !== 'unique') return false;
    const names = listItems(attribute.args);
    return names.length === 1 && names[0] === field.name;
  });
}

const countingFunctions = new Set(['autoincrement', 'sequence']);
const drawingFunctions = new Set(['uuid', 'cuid', 'ulid', 'nanoid', 'auto']);
const drawnTypes = new Set(['db.ObjectId', 'db.Uuid', 'db.UniqueIdentifier']);

function decideKind(
  field: PrismaField,
  block: PrismaBlock,
  text: string,
): { readonly kind: IdentifierKind; readonly evidence: string } {
  const written = (part: { readonly start: number; readonly end: number }): string =>
    text.slice(part.start, part.end).replace(/\s+/g, ' ');
  const nativeType = field.attributes.find((attribute) => drawnTypes.has(attribute.name));
  const byDefault = find(field.attributes, 'default');
  const kind = byDefault && kindOfDefault(byDefault.args);
  if (byDefault && kind && (kind === 'sequential' || !nativeType)) return { kind, evidence: written(byDefault) };
  if (nativeType) return { kind: 'random', evidence: written(nativeType) };
  const relation = block.fields
    .flatMap((other) => find(other.attributes, 'relation') ?? [])
    .find((attribute) => listItems(attribute.args, 'fields').includes(field.name));
  return { kind: 'assigned', evidence: relation ? written(relation) : written(field) };
}

function kindOfDefault(args: readonly PrismaToken[]): IdentifierKind {
  const value = args[0]?.text === 'value' && args[1]?.text === ':' ? args.slice(2) : args;
  const [name, open, argument] = value;
  if (name?.kind !== 'word' || open?.text !== '(') return 'assigned';
  if (countingFunctions.has(name.text)) return 'sequential';
  if (drawingFunctions.has(name.text)) return 'random';
  return name.text === 'dbgenerated' && argument?.kind === 'string' ? classifyDefault(argument.text) : 'unknown';
}

function find(attributes: readonly PrismaAttribute[], name: string): PrismaAttribute | undefined {
  return attributes.find((attribute) => attribute.name === name);
}

/** `@map("x")`, `@map(name: "x")`, `@@map("x")`. */
function mappedName(attributes: readonly PrismaAttribute[]): string | undefined {
  return find(attributes, 'map')?.args.find((token) => token.kind === 'string')?.text;
}

/** The names in the list of `(name: [a, b(sort: Desc)])`, or in the first list where no name is asked for. */
function listItems(args: readonly PrismaToken[], name?: string): string[] {
  const label =
    name === undefined ? 0 : args.findIndex((token, at) => token.text === name && args[at + 1]?.text === ':');
  if (label < 0) return [];
  const names: string[] = [];
  let depth = 0;
  for (const token of args.slice(label)) {
    if (token.kind === 'word' && depth === 1) names.push(token.text);
    if (token.kind !== 'symbol') continue;
    if (token.text === '[' || token.text === '(') depth += 1;
    if (token.text === ']' || token.text === ')') depth -= 1;
    if (depth <= 0 && token.text === ']') break;
  }
  return names;
}
