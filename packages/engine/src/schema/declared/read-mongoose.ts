import type { CallExpression, Expression, FileFacts } from '../../facts/file-facts.js';
import { toPlural } from '../english-plural.js';
import type { Entity } from '../entity.js';
import { collectFields, findTargetName, readDecorators } from './class-decorators.js';
import type { DeclarationFiles, WrittenProperty } from './declaration-files.js';
import { placeIn, toEntity } from './declared-entity.js';
import type { DeclaredColumn, Decision } from './declared-entity.js';
import { drawsRandom } from './draws-random.js';
import { findValue, isFalse, isTrue, lastName, stringOf } from './literal-values.js';
import { findCounters } from './mongoose-counters.js';
import type { SchemaHook } from './mongoose-counters.js';
import { printExpression } from './print-expression.js';
import { readsOnly, Treatment } from './treated-fields.js';
import { allFunctions, visitExpressions, visitWithin } from './walk-facts.js';

/** Calls of `plugin`, `pre`, `add` and `path` by the expression that makes the schema, wherever they stand. */
export type SchemaHooks = ReadonlyMap<Expression, readonly SchemaHook[]>;

const hookMethods = new Set(['plugin', 'pre', 'add', 'path']);

export function collectSchemaHooks(files: DeclarationFiles): SchemaHooks {
  const hooks = new Map<Expression, SchemaHook[]>();
  for (const file of files.all()) {
    for (const { call } of files.callsOf(file)) {
      if (call.callee.kind !== 'member' || !hookMethods.has(call.callee.property)) continue;
      const owner = files.follow(file, call.callee.object);
      if (owner?.kind !== 'value' || owner.value.kind !== 'call') continue;
      const known = hooks.get(owner.value);
      if (known) known.push({ file, call, method: call.callee.property });
      else hooks.set(owner.value, [{ file, call, method: call.callee.property }]);
    }
  }
  return hooks;
}

/** `model('User', schema)`, on the library or on a connection. Looking a model up, `model('User')`, declares nothing. */
export function readMongooseModels(files: DeclarationFiles, file: FileFacts, hooks: SchemaHooks): readonly Entity[] {
  return files.callsOf(file).flatMap(({ call }): Entity[] => {
    const [first, second, third] = call.args;
    const name = stringOf(first);
    if (!first || !second || name === undefined || calledName(files, file, call.callee) !== 'model') return [];
    const schema = files.follow(file, second);
    if (schema?.kind !== 'value' || schema.value.kind !== 'call') return [];
    if (!isSchemaCall(files, schema.file, schema.value)) return [];
    const own = hooks.get(schema.value) ?? [];
    const [definition, options] = schema.value.args;
    const settings = files.findProperties(schema.file, options) ?? [];
    const properties = [
      ...(files.findProperties(schema.file, definition) ?? []),
      ...own.flatMap((hook) =>
        hook.method === 'add' ? (files.findProperties(hook.file, hook.call.args[0]) ?? []) : [],
      ),
    ];
    return [
      createEntity(files, {
        name,
        collection: stringOf(third) ?? stringOf(findValue(settings, 'collection')),
        keyed: !isFalse(findValue(settings, '_id')),
        place: placeIn(file, first),
        columns: properties.map((property) => readProperty(files, property)),
        relations: properties.flatMap((property) => findReferences(property.file, property.value)),
        hooks: own,
        treatment: treatmentOf(files, own, (treatment) => {
          for (const { file: where, key, value } of properties) treatment.addDeclaration(where, key, value);
        }),
      }),
    ];
  });
}

/** What the library calls it: an import may have another name. */
function calledName(files: DeclarationFiles, file: FileFacts, callee: Expression): string | undefined {
  const meaning = callee.kind === 'name' ? files.follow(file, callee) : undefined;
  return meaning?.kind === 'package' ? meaning.path.at(-1) : lastName(callee);
}

function isSchemaCall(files: DeclarationFiles, file: FileFacts, call: CallExpression): boolean {
  const meaning = files.follow(file, call.callee);
  if (meaning?.kind === 'package') return meaning.source === 'mongoose' && meaning.path.at(-1) === 'Schema';
  return meaning === undefined && call.new && lastName(call.callee) === 'Schema';
}

const isNestMongoose = (source: string): boolean => source === '@nestjs/mongoose';

/** `@Schema() class User { @Prop() name: string }`. A class with `_id: false` is a part of other documents. */
export function readMongooseClasses(files: DeclarationFiles, file: FileFacts, hooks: SchemaHooks): readonly Entity[] {
  return file.classes.flatMap((declared): Entity[] => {
    const decorator = readDecorators(files, file, declared.decorators, isNestMongoose).find(
      ({ name }) => name === 'Schema',
    );
    if (!decorator || declared.name === undefined) return [];
    const options = files.findProperties(file, decorator.args[0]);
    if (isFalse(findValue(options, '_id'))) return [];
    const fields = collectFields(files, file, declared, isNestMongoose);
    const own = [...hooks].flatMap(([schema, calls]) => (isSchemaOf(files, calls, schema, declared) ? calls : []));
    return [
      createEntity(files, {
        name: declared.name,
        collection: stringOf(findValue(options, 'collection')),
        keyed: true,
        place: placeIn(file, decorator.span),
        columns: fields.map((field): DeclaredColumn => {
          const [prop] = field.decorators;
          const settings = files.findProperties(field.file, prop?.args[0]) ?? [];
          const type = findValue(settings, 'type') ?? prop?.args.find((arg) => arg.kind !== 'object');
          const typeName = typeNameOf(type) ?? field.member.type?.name.split('.').at(-1);
          return {
            field: field.member.name,
            column: field.member.name,
            primary: field.member.name === '_id',
            unique: isTrue(findValue(settings, 'unique')),
            ...decideKind(
              files,
              field.file,
              typeName,
              findValue(settings, 'default'),
              prop ? `@${printExpression(prop.expression)}` : '',
            ),
            place: placeIn(field.file, prop?.span ?? field.member),
          };
        }),
        relations: fields.flatMap((field) =>
          field.decorators.flatMap(({ args }) => args.flatMap((arg) => findReferences(field.file, arg))),
        ),
        hooks: own,
        treatment: treatmentOf(files, own, (treatment) => {
          treatment.addClass(file, declared);
        }),
      }),
    ];
  });
}

/** `SchemaFactory.createForClass(User)`. */
function isSchemaOf(
  files: DeclarationFiles,
  hooks: readonly SchemaHook[],
  schema: Expression,
  declared: FileFacts['classes'][number],
): boolean {
  const [hook] = hooks;
  if (!hook || schema.kind !== 'call' || lastName(schema.callee) !== 'createForClass') return false;
  const owner = hook.call.callee.kind === 'member' ? files.follow(hook.file, hook.call.callee.object) : undefined;
  const [target] = schema.args;
  const meaning = target && owner?.kind === 'value' ? files.follow(owner.file, target) : undefined;
  return meaning?.kind === 'class' && meaning.class === declared;
}

interface Documents {
  readonly name: string;
  readonly collection: string | undefined;
  /** Whether Mongoose adds an `_id`. */
  readonly keyed: boolean;
  readonly place: DeclaredColumn['place'];
  readonly columns: readonly DeclaredColumn[];
  readonly relations: readonly string[];
  readonly hooks: readonly SchemaHook[];
  readonly treatment: Treatment;
}

/** What hooks, plugins and the declaration itself change of documents that are written. */
function treatmentOf(
  files: DeclarationFiles,
  hooks: readonly SchemaHook[],
  addOwn: (treatment: Treatment) => void,
): Treatment {
  const treatment = new Treatment(files);
  addOwn(treatment);
  for (const { file, call, method } of hooks) {
    const [first] = call.args;
    if (method === 'path') treatment.addField(stringOf(first) ?? '');
    else if (method === 'pre') addPreHook(treatment, file, call);
    else if (method === 'plugin' && first) addPlugin(treatment, file, first, new Set());
  }
  return treatment;
}

function addPreHook(treatment: Treatment, file: FileFacts, { args }: CallExpression): void {
  if (!readsOnly.test(stringOf(args[0]) ?? '')) treatment.addHook(file, args.at(-1));
}

/** Plugins that change no value that is written. */
const harmlessPlugin =
  /paginat|unique-validator|autopopulate|auto-?inc|sequence|-delete|soft-?delete|lean|slug|timestamp|hidden|unique-array|fuzzy|history|tree/i;

/** A plugin of the project registers hooks; one of a package may change anything, unless its name says what it is for. */
function addPlugin(treatment: Treatment, file: FileFacts, plugin: Expression, seen: Set<Expression>): void {
  if (seen.has(plugin)) return;
  seen.add(plugin);
  const { files } = treatment;
  const meaning = files.follow(file, plugin);
  if (meaning?.kind === 'function') {
    for (const fn of allFunctions(meaning.file, meaning.function)) {
      visitExpressions(fn.body ?? [], (expression) => {
        if (expression.kind !== 'call' || expression.callee.kind !== 'member') return;
        const { property } = expression.callee;
        const [first] = expression.args;
        if (property === 'pre') addPreHook(treatment, meaning.file, expression);
        else if (property === 'plugin' && first) addPlugin(treatment, meaning.file, first, seen);
        else if (property === 'path' || property === 'eachPath') treatment.addAll();
      });
    }
    return;
  }
  // `require('mongoose-sequence')(mongoose)`
  const made = meaning?.kind === 'value' && meaning.value.kind === 'call' ? meaning.value.callee : undefined;
  const source = made && meaning?.kind === 'value' ? files.follow(meaning.file, made) : meaning;
  const name = source?.kind === 'package' ? source.source : printExpression(plugin);
  if (!harmlessPlugin.test(name)) treatment.addAll();
}

function createEntity(files: DeclarationFiles, documents: Documents): Entity {
  const columns = new Map(documents.columns.map((column) => [column.field, column]));
  if (!columns.has('_id') && documents.keyed) {
    columns.set('_id', {
      field: '_id',
      column: '_id',
      kind: 'random',
      primary: true,
      unique: true,
      evidence: 'no _id declared: an ObjectId',
      place: documents.place,
    });
  }
  for (const counter of findCounters(files, documents.hooks)) {
    const known = columns.get(counter.field);
    columns.set(counter.field, {
      field: counter.field,
      column: counter.field,
      primary: counter.field === '_id',
      unique: known?.unique ?? false,
      kind: 'sequential',
      evidence: counter.evidence,
      place: counter.place,
    });
  }
  const { treated } = documents.treatment;
  return toEntity({
    ...(treated && { treated }),
    name: documents.name,
    // Mongoose's own rule for a collection that has no name.
    table: documents.collection ?? toPlural(documents.name.toLowerCase()),
    origin: 'mongoose',
    place: documents.place,
    columns: [...columns.values()].sort((a, b) => Number(b.primary) - Number(a.primary)),
    relations: documents.relations,
  });
}

function readProperty(files: DeclarationFiles, property: WrittenProperty): DeclaredColumn {
  const options = files.findProperties(property.file, property.value) ?? [];
  const type = findValue(options, 'type') ?? property.value;
  return {
    field: property.key,
    column: property.key,
    primary: property.key === '_id',
    unique: isTrue(findValue(options, 'unique')),
    ...decideKind(
      files,
      property.file,
      typeNameOf(type),
      findValue(options, 'default'),
      printExpression(property.value),
    ),
    place: placeIn(property.file, property.property),
  };
}

function typeNameOf(type: Expression | undefined): string | undefined {
  return stringOf(type) ?? lastName(type);
}

const drawnTypes = new Set(['ObjectId', 'ObjectID', 'UUID']);

function decideKind(
  files: DeclarationFiles,
  file: FileFacts,
  typeName: string | undefined,
  byDefault: Expression | undefined,
  written: string,
): Decision {
  if (byDefault && drawsRandom(files, file, byDefault)) {
    return { kind: 'random', evidence: `default: ${printExpression(byDefault)}` };
  }
  return { kind: typeName !== undefined && drawnTypes.has(typeName) ? 'random' : 'assigned', evidence: written };
}

/** The models that `ref: 'User'` names, at any depth of a definition. */
function findReferences(file: FileFacts, definition: Expression): readonly string[] {
  const names: string[] = [];
  visitWithin(definition, (expression) => {
    if (expression.kind !== 'object') return;
    for (const property of expression.properties) {
      const target =
        property.kind === 'value' && property.key === 'ref' ? findTargetName(file, property.value) : undefined;
      if (target !== undefined) names.push(target);
    }
  });
  return names;
}
