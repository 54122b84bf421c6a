import type { Expression, FileFacts, MemberFacts } from '../../facts/file-facts.js';
import { classifyDefault } from '../classify-default.js';
import type { Entity } from '../entity.js';
import { splitWords } from '../name-words.js';
import { collectFields, findTargetName, readDecorators } from './class-decorators.js';
import type { DecoratedField, LibraryDecorator } from './class-decorators.js';
import type { DeclarationFiles, WrittenProperty } from './declaration-files.js';
import { decideBy, placeIn, toEntity } from './declared-entity.js';
import type { DeclaredColumn, Decision } from './declared-entity.js';
import { drawsRandom } from './draws-random.js';
import { findReturned } from './find-returned.js';
import { findValue, isFalse, isTrue, lastName, stringOf } from './literal-values.js';
import { printExpression } from './print-expression.js';
import { Treatment } from './treated-fields.js';

const isMikroOrm = (source: string): boolean => source.startsWith('@mikro-orm/');

const relationDecorators = new Set(['ManyToOne', 'OneToMany', 'OneToOne', 'ManyToMany']);

/** Classes with `@Entity()`. A single numeric primary key counts by itself unless `autoincrement: false` stands there. */
export function readMikroOrmClasses(files: DeclarationFiles, file: FileFacts): readonly Entity[] {
  return file.classes.flatMap((declared): Entity[] => {
    const decorator = readDecorators(files, file, declared.decorators, isMikroOrm).find(
      ({ name }) => name === 'Entity',
    );
    if (!decorator || declared.name === undefined) return [];
    const fields = collectFields(files, file, declared, isMikroOrm).filter(
      ({ decorators }) => !decorators.some(({ name }) => name === 'SerializedPrimaryKey'),
    );
    const primaryCount = fields.filter(isPrimary).length;
    const options = files.findProperties(file, decorator.args[0]);
    const treatment = new Treatment(files);
    treatment.addClass(file, declared);
    for (const field of fields) if (hasOwnType(files, field)) treatment.addField(field.member.name);
    const { treated } = treatment;
    return [
      toEntity({
        ...(treated && { treated }),
        name: declared.name,
        table: stringOf(findValue(options, 'tableName', 'collection')) ?? splitWords(declared.name).join('_'),
        origin: 'mikroorm',
        place: placeIn(file, decorator.span),
        columns: fields.map((field) => readField(files, field, primaryCount)),
        relations: fields.flatMap((field) =>
          field.decorators.flatMap(({ name, args }) =>
            relationDecorators.has(name) ? (findRelated(files, field, args) ?? []) : [],
          ),
        ),
      }),
    ];
  });
}

/** `type: EncryptedType`: a class of the project or of another package turns values into what is stored. */
function hasOwnType(files: DeclarationFiles, { file, decorators }: DecoratedField): boolean {
  return decorators.some(({ args }) =>
    args.some((arg) => {
      const type = findValue(files.findProperties(file, arg), 'type');
      const named = type?.kind === 'call' ? type.callee : type;
      const meaning = named && files.follow(file, named);
      return meaning?.kind === 'class' || (meaning?.kind === 'package' && !isMikroOrm(meaning.source));
    }),
  );
}

function isPrimary({ decorators }: DecoratedField): boolean {
  return decorators.some(({ name, args }) => name === 'PrimaryKey' || args.some(hasPrimary));
}

function hasPrimary(arg: Expression): boolean {
  return (
    arg.kind === 'object' &&
    arg.properties.some((property) => property.kind === 'value' && property.key === 'primary' && isTrue(property.value))
  );
}

/** `@ManyToOne(() => User)`, `@ManyToOne({ entity: () => User })`, or the field's own type. */
function findRelated(files: DeclarationFiles, field: DecoratedField, args: readonly Expression[]): string | undefined {
  const [first] = args;
  const entity = first?.kind === 'object' ? findValue(files.findProperties(field.file, first), 'entity') : first;
  const { type } = field.member;
  return findTargetName(field.file, entity) ?? type?.args[0]?.name ?? type?.name;
}

function readField(files: DeclarationFiles, field: DecoratedField, primaryCount: number): DeclaredColumn {
  const { file, member, decorators } = field;
  const [decorator] = decorators;
  const options = decorators.flatMap(({ args }) => args.flatMap((arg) => files.findProperties(file, arg) ?? []));
  const primary = isPrimary(field);
  return {
    field: member.name,
    column: stringOf(findValue(options, 'fieldName', 'name')) ?? member.name,
    primary,
    unique: isTrue(findValue(options, 'unique')) || decorators.some(({ name }) => name === 'Unique'),
    ...(decideByOptions(files, file, options, member, primary && primaryCount === 1) ?? writtenAs(decorator, member)),
    place: placeIn(file, decorator?.span ?? member),
  };
}

function writtenAs(decorator: LibraryDecorator | undefined, member: MemberFacts): Decision {
  return { kind: 'assigned', evidence: decorator ? `@${printExpression(decorator.expression)}` : member.name };
}

const numericTypes =
  /^(?:number|bigint|(?:big|small|tiny|medium)?int(?:eger)?|(?:BigInt|Integer|SmallInt|TinyInt|MediumInt)Type|BigInt)$/;
const drawnTypes = /^(?:uuid|UuidType|ObjectId|UUID)$/;

function decideByOptions(
  files: DeclarationFiles,
  file: FileFacts,
  options: readonly WrittenProperty[],
  member: Pick<MemberFacts, 'type' | 'value'>,
  alonePrimary: boolean,
): Decision | undefined {
  const counts = findValue(options, 'autoincrement');
  if (isTrue(counts)) return { kind: 'sequential', evidence: 'autoincrement: true' };
  const sql = stringOf(findValue(options, 'defaultRaw', 'default'));
  const kind = sql === undefined ? undefined : classifyDefault(sql);
  if (sql !== undefined && kind && kind !== 'assigned') return { kind, evidence: `default: ${sql}` };
  const type = findValue(options, 'type', 'columnType');
  const typeName = stringOf(type) ?? lastName(type);
  if (typeName !== undefined && drawnTypes.test(typeName)) return { kind: 'random', evidence: `type: ${typeName}` };
  for (const value of [member.value, findValue(options, 'onCreate')]) {
    if (value && drawsRandom(files, file, value))
      return { kind: 'random', evidence: printExpression(findCall(file, value)) };
  }
  const fieldType = member.type?.name;
  if (fieldType !== undefined && drawnTypes.test(fieldType)) return { kind: 'random', evidence: `type: ${fieldType}` };
  if (!alonePrimary || isFalse(counts)) return undefined;
  const numeric = numericTypes.test(typeName ?? fieldType ?? '') || /^(?:big)?serial$/.test(typeName ?? '');
  return numeric
    ? { kind: 'sequential', evidence: `one numeric primary key: ${typeName ?? fieldType ?? ''}` }
    : undefined;
}

/** What an arrow function returns, for the evidence. */
function findCall(file: FileFacts, value: Expression): Expression {
  const fn = value.kind === 'function' ? file.functions[value.id] : undefined;
  return (fn && findReturned(fn)) ?? value;
}

/** `new EntitySchema({ name, properties })` and `defineEntity({ name, properties })`, with `p.integer().primary()` or plain objects. */
export function readMikroOrmSchemas(files: DeclarationFiles, file: FileFacts): readonly Entity[] {
  return files.callsOf(file).flatMap(({ call }): Entity[] => {
    const meaning = files.follow(file, call.callee);
    if (meaning?.kind !== 'package' || !isMikroOrm(meaning.source)) return [];
    if (meaning.path.at(-1) !== 'EntitySchema' && meaning.path.at(-1) !== 'defineEntity') return [];
    const schema = files.findProperties(file, call.args[0]);
    const properties = schema?.find((each) => each.key === 'properties');
    const name = schema?.find((each) => each.key === 'name' || each.key === 'class');
    const named = name && (stringOf(name.value) ?? findTargetName(name.file, name.value));
    if (!properties || !name || named === undefined) return [];
    const fields = findFields(files, properties);
    const written = fields.map((field) => ({ field, options: readOptions(files, field) }));
    const primaryCount = written.filter(
      ({ options }) => isTrue(findValue(options.properties, 'primary')) || options.chain.has('primary'),
    ).length;
    return [
      toEntity({
        name: named,
        table: stringOf(findValue(schema, 'tableName', 'collection')) ?? splitWords(named).join('_'),
        origin: 'mikroorm',
        place: placeIn(name.file, name.property),
        columns: written.map(({ field, options }) => readProperty(files, field, options, primaryCount)),
        relations: written.flatMap(({ field, options }) => {
          const target = findValue(options.properties, 'entity');
          return target && (findValue(options.properties, 'kind', 'reference') || target.kind === 'function')
            ? (findTargetName(field.file, target) ?? [])
            : [];
        }),
      }),
    ];
  });
}

/** The properties may be what `p => ({ … })` returns. */
function findFields(files: DeclarationFiles, properties: WrittenProperty): readonly WrittenProperty[] {
  const meaning = files.follow(properties.file, properties.value);
  const returned = meaning?.kind === 'function' ? findReturned(meaning.function) : undefined;
  return (
    (meaning?.kind === 'function'
      ? files.findProperties(meaning.file, returned)
      : files.findProperties(properties.file, properties.value)) ?? []
  );
}

interface PropertyOptions {
  readonly properties: readonly WrittenProperty[];
  /** The calls of `p.integer().primary()`: `integer`, `primary`. */
  readonly chain: ReadonlyMap<string, readonly Expression[]>;
}

function readOptions(files: DeclarationFiles, field: WrittenProperty): PropertyOptions {
  const chain = new Map<string, readonly Expression[]>();
  let at: Expression = field.value;
  while (at.kind === 'call' && at.callee.kind === 'member') {
    chain.set(at.callee.property, at.args);
    at = at.callee.object;
  }
  return { properties: files.findProperties(field.file, field.value) ?? [], chain };
}

function readProperty(
  files: DeclarationFiles,
  field: WrittenProperty,
  options: PropertyOptions,
  primaryCount: number,
): DeclaredColumn {
  const { properties, chain } = options;
  const primary = isTrue(findValue(properties, 'primary')) || chain.has('primary');
  return {
    field: field.key,
    column:
      stringOf(findValue(properties, 'fieldName', 'name') ?? chain.get('fieldName')?.[0] ?? chain.get('name')?.[0]) ??
      field.key,
    primary,
    unique: isTrue(findValue(properties, 'unique')) || chain.has('unique'),
    ...(decideByOptions(files, field.file, properties, {}, primary && primaryCount === 1) ??
      decideByChain(chain, primary && primaryCount === 1) ??
      decideBy('assigned', field.value)),
    place: placeIn(field.file, field.property),
  };
}

function decideByChain(chain: PropertyOptions['chain'], alonePrimary: boolean): Decision | undefined {
  if (chain.has('uuid')) return { kind: 'random', evidence: 'p.uuid()' };
  const counts = chain.get('autoincrement');
  if (counts && !isFalse(counts[0])) return { kind: 'sequential', evidence: 'autoincrement()' };
  const type = [...chain.keys()].find((name) => numericTypes.test(name));
  return alonePrimary && type !== undefined && !counts
    ? { kind: 'sequential', evidence: `one numeric primary key: p.${type}()` }
    : undefined;
}
