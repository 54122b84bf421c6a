import type { ClassFacts, Expression, FileFacts } from '../../facts/file-facts.js';
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
import { findValue, isFalse, isTrue, stringOf } from './literal-values.js';
import { Treatment } from './treated-fields.js';
import type { Subscribers } from './typeorm-subscribers.js';

const isTypeorm = (source: string): boolean => source === 'typeorm';

const entityDecorators = new Set(['Entity', 'ViewEntity', 'ChildEntity']);
const primaryDecorators = new Set([
  'PrimaryGeneratedColumn',
  'PrimaryColumn',
  'ObjectIdColumn',
  'PrimaryObjectIdColumn',
]);
const relationDecorators = new Set(['ManyToOne', 'OneToMany', 'OneToOne', 'ManyToMany', 'TreeParent', 'TreeChildren']);

/** Classes with `@Entity()`; id columns of base classes are theirs. */
export function readTypeormClasses(
  files: DeclarationFiles,
  file: FileFacts,
  subscribers: Subscribers,
): readonly Entity[] {
  return file.classes.flatMap((declared): Entity[] => {
    const decorator = readDecorators(files, file, declared.decorators, isTypeorm).find(({ name }) =>
      entityDecorators.has(name),
    );
    if (!decorator || declared.name === undefined) return [];
    const fields = collectFields(files, file, declared, isTypeorm);
    const uniqueFields = collectUniqueFields(files, file, declared);
    const treatment = new Treatment(files);
    treatment.addClass(file, declared);
    for (const add of subscribers(declared.name)) add(treatment);
    const { treated } = treatment;
    return [
      toEntity({
        ...(treated && { treated }),
        name: declared.name,
        table: findTable(files, file, declared, decorator),
        origin: 'typeorm',
        place: placeIn(file, decorator.span),
        columns: fields.map((field) => readField(files, field, uniqueFields)),
        relations: fields.flatMap((field) =>
          field.decorators.flatMap(({ name, args }) =>
            relationDecorators.has(name) ? (findTargetName(field.file, args[0]) ?? []) : [],
          ),
        ),
      }),
    ];
  });
}

/** `@Entity('users')`, `@Entity({ name: 'users' })`, else the class's name in snake case; a child entity lives in its parent's table. */
function findTable(
  files: DeclarationFiles,
  file: FileFacts,
  declared: ClassFacts,
  decorator: LibraryDecorator,
): string {
  if (decorator.name === 'ChildEntity') {
    for (const parent of files.lineage(file, declared).slice(1)) {
      const own = readDecorators(files, parent.file, parent.class.decorators, isTypeorm).find(
        ({ name }) => name === 'Entity',
      );
      if (own) return findTable(files, parent.file, parent.class, own);
    }
  }
  const [first, second] = decorator.args;
  const named =
    stringOf(first) ??
    [first, second].map((arg) => stringOf(findValue(files.findProperties(file, arg), 'name'))).find(isText);
  return named ?? splitWords(declared.name ?? '').join('_');
}

function isText(text: string | undefined): text is string {
  return text !== undefined;
}

/** Fields that stand alone in `@Unique(['email'])` or `@Index(['email'], { unique: true })`. */
function collectUniqueFields(files: DeclarationFiles, file: FileFacts, declared: ClassFacts): ReadonlySet<string> {
  const names = files.lineage(file, declared).flatMap((each) =>
    readDecorators(files, each.file, each.class.decorators, isTypeorm).flatMap(({ name, args }) => {
      if (name !== 'Unique' && !(name === 'Index' && isUniqueIndex(files, each.file, args))) return [];
      const list = args.find((arg) => arg.kind === 'array');
      const [only] = list?.items ?? [];
      return list?.items.length === 1 ? (stringOf(only) ?? []) : [];
    }),
  );
  return new Set(names);
}

function isUniqueIndex(files: DeclarationFiles, file: FileFacts, args: readonly Expression[]): boolean {
  return args.some((arg) => isTrue(findValue(files.findProperties(file, arg), 'unique')));
}

function readField(files: DeclarationFiles, field: DecoratedField, uniqueFields: ReadonlySet<string>): DeclaredColumn {
  const { file, member, decorators } = field;
  const options = decorators.flatMap(({ args }) => args.flatMap((arg) => files.findProperties(file, arg) ?? []));
  const primary = decorators.some(({ name }) => primaryDecorators.has(name)) || isTrue(findValue(options, 'primary'));
  const unique =
    uniqueFields.has(member.name) ||
    isTrue(findValue(options, 'unique')) ||
    decorators.some(({ name, args }) => name === 'Index' && isUniqueIndex(files, file, args));
  return {
    field: member.name,
    column: stringOf(findValue(options, 'name')) ?? member.name,
    primary,
    unique,
    ...decideKind(files, field, options),
    place: placeIn(file, decorators[0]?.span ?? member),
  };
}

function decideKind(files: DeclarationFiles, field: DecoratedField, options: readonly WrittenProperty[]): Decision {
  const { file, member, decorators } = field;
  const by = (name: string): LibraryDecorator | undefined => decorators.find((decorator) => decorator.name === name);
  const written = (decorator: LibraryDecorator, kind: Decision['kind']): Decision => {
    const { evidence } = decideBy(kind, decorator.expression);
    return { kind, evidence: `@${evidence}` };
  };
  const generated = by('PrimaryGeneratedColumn') ?? by('Generated');
  if (generated) return written(generated, kindOfStrategy(stringOf(generated.args[0])));
  const objectId = by('ObjectIdColumn') ?? by('PrimaryObjectIdColumn');
  if (objectId) return written(objectId, 'random');
  const column = by('PrimaryColumn') ?? by('Column') ?? decorators[0];
  const byOptions = decideByOptions(files, file, options, stringOf(column?.args[0]));
  if (byOptions) return byOptions;
  if (member.value && drawsRandom(files, file, member.value)) return decideBy('random', member.value);
  return column ? written(column, 'assigned') : { kind: 'assigned', evidence: member.name };
}

/** `rowid` is CockroachDB's `unique_rowid()`: ordered, with gaps. */
function kindOfStrategy(strategy: string | undefined): Decision['kind'] {
  if (strategy === 'uuid') return 'random';
  return strategy === 'rowid' ? 'unknown' : 'sequential';
}

function decideByOptions(
  files: DeclarationFiles,
  file: FileFacts,
  options: readonly WrittenProperty[],
  typeArgument: string | undefined,
): Decision | undefined {
  const generated = findValue(options, 'generated');
  if (generated && !isFalse(generated)) {
    return {
      kind: kindOfStrategy(stringOf(generated)),
      evidence: `generated: ${decideBy('unknown', generated).evidence}`,
    };
  }
  if (options.some(({ key, value }) => key === 'objectId' && isTrue(value)))
    return { kind: 'random', evidence: 'objectId: true' };
  const byDefault = findValue(options, 'default');
  const expression = byDefault && findSql(files, file, byDefault);
  const kind = expression === undefined ? undefined : classifyDefault(expression);
  if (expression !== undefined && kind && kind !== 'assigned') return { kind, evidence: `default: ${expression}` };
  const type = typeArgument ?? stringOf(findValue(options, 'type'));
  return type === 'uuid' || type === 'uniqueidentifier' ? { kind: 'random', evidence: `type: '${type}'` } : undefined;
}

/** SQL is what `default: () => 'gen_random_uuid()'` returns; a plain text is a literal. */
function findSql(files: DeclarationFiles, file: FileFacts, value: Expression): string | undefined {
  const meaning = files.follow(file, value);
  return meaning?.kind === 'function' ? stringOf(findReturned(meaning.function)) : undefined;
}

/**
 * `new EntitySchema({ name, tableName, columns: { id: { primary: true, generated: true } }, relations })`; the object may stand in a
 * file of its own.
 */
export function readTypeormSchemas(
  files: DeclarationFiles,
  file: FileFacts,
  subscribers: Subscribers,
): readonly Entity[] {
  return files.callsOf(file).flatMap(({ call }): Entity[] => {
    const meaning = call.new ? files.follow(file, call.callee) : undefined;
    if (meaning?.kind !== 'package' || !isTypeorm(meaning.source) || meaning.path.at(-1) !== 'EntitySchema') return [];
    const schema = files.findProperties(file, call.args[0]);
    const columns = propertyOf(schema, 'columns');
    const name = schema?.find((each) => each.key === 'name');
    if (!schema || !columns || !name) return [];
    const named = stringOf(name.value) ?? findTargetName(name.file, name.value);
    if (named === undefined) return [];
    const relations = propertyOf(schema, 'relations');
    const treatment = new Treatment(files);
    const written = files.findProperties(columns.file, columns.value) ?? [];
    for (const { file: where, key, value } of written) treatment.addDeclaration(where, key, value);
    for (const add of subscribers(named)) add(treatment);
    const { treated } = treatment;
    return [
      toEntity({
        ...(treated && { treated }),
        name: named,
        table: stringOf(findValue(schema, 'tableName')) ?? splitWords(named).join('_'),
        origin: 'typeorm',
        place: placeIn(name.file, name.property),
        columns: written.map((column) => readSchemaColumn(files, column)),
        relations: (relations ? (files.findProperties(relations.file, relations.value) ?? []) : []).flatMap(
          (relation) =>
            findTargetName(relation.file, findValue(files.findProperties(relation.file, relation.value), 'target')) ??
            [],
        ),
      }),
    ];
  });
}

function propertyOf(properties: readonly WrittenProperty[] | undefined, key: string): WrittenProperty | undefined {
  return properties?.find((each) => each.key === key);
}

function readSchemaColumn(files: DeclarationFiles, column: WrittenProperty): DeclaredColumn {
  const options = files.findProperties(column.file, column.value) ?? [];
  const decision = decideByOptions(files, column.file, options, undefined);
  return {
    field: column.key,
    column: stringOf(findValue(options, 'name')) ?? column.key,
    primary: isTrue(findValue(options, 'primary')) || isTrue(findValue(options, 'objectId')),
    unique: isTrue(findValue(options, 'unique')),
    ...(decision ?? decideBy('assigned', column.value)),
    place: placeIn(column.file, column.property),
  };
}
