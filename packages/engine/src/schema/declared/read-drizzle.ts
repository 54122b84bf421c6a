import type { CallExpression, Expression, FileFacts } from '../../facts/file-facts.js';
import { classifyDefault } from '../classify-default.js';
import type { Entity } from '../entity.js';
import { limits } from '../../limits.js';
import type { DeclarationFiles, WrittenProperty } from './declaration-files.js';
import { placeIn, toEntity } from './declared-entity.js';
import type { DeclaredColumn, Decision } from './declared-entity.js';
import { drawsRandom } from './draws-random.js';
import { findReturned } from './find-returned.js';
import { lastName, stringOf } from './literal-values.js';
import { printExpression } from './print-expression.js';
import { visitStatements } from './walk-facts.js';

/** `pgTable`, `mysqlTable`, `sqliteTable`, …, what makes them under a prefix, and those of a schema. */
const table = /^\w+Table$/;
const tableCreator = /^\w+TableCreator$/;

/** `export const users = pgTable('users', { id: serial().primaryKey() })`: code calls the table by the name of its constant. */
export function readDrizzleTables(files: DeclarationFiles, file: FileFacts): readonly Entity[] {
  const entities: Entity[] = [];
  const read = (name: string | undefined, value: Expression): void => {
    const declared = value.kind === 'call' ? findTable(files, file, value) : undefined;
    const [first, columns] = value.kind === 'call' ? value.args : [];
    if (!declared || !first) return;
    const written = stringOf(first);
    const title = name ?? written;
    if (title === undefined) return;
    const properties = findColumns(files, file, columns);
    const treated = properties.filter((property) => isTreated(files, property)).map(({ key }) => key);
    entities.push(
      toEntity({
        ...(treated.length > 0 && { treated: new Set(treated) }),
        name: title,
        table: written ?? title,
        origin: 'drizzle',
        place: placeIn(file, first),
        columns: properties.map((property) => readColumn(files, property, declared.dialect)),
        relations: properties.flatMap((property) => findReferred(files, property) ?? []),
      }),
    );
  };
  visitStatements(file.body, (statement) => {
    if (statement.kind !== 'let' || !statement.value) return;
    read(statement.pattern.kind === 'name' ? statement.pattern.name : undefined, statement.value);
    // `const schema = { users: pgTable(…) }`
    if (statement.value.kind !== 'object') return;
    for (const property of statement.value.properties)
      if (property.kind === 'value' && typeof property.key === 'string') read(property.key, property.value);
  });
  for (const entry of file.exports) if (entry.kind === 'expression') read(undefined, entry.value);
  return entities;
}

/** `pg`, `sqlite`, … where a call makes a table. */
function findTable(
  files: DeclarationFiles,
  file: FileFacts,
  { callee }: CallExpression,
): { readonly dialect: string } | undefined {
  // `pgTable.withRLS(…)`, `pgSchema('auth').table(…)`
  if (callee.kind === 'member' && (callee.property === 'withRLS' || callee.property === 'table')) {
    const made = files.follow(file, callee.object);
    if (made?.kind === 'value' && made.value.kind === 'call')
      return findMaker(files, made.file, made.value.callee, /^\w+Schema$/);
  }
  const named = callee.kind === 'member' && callee.property === 'withRLS' ? callee.object : callee;
  const direct = findMaker(files, file, named, table);
  if (direct) return direct;
  // `const createTable = pgTableCreator((name) => `shop_${name}`)`
  const meaning = files.follow(file, named);
  if (meaning?.kind !== 'value' || meaning.value.kind !== 'call') return undefined;
  return findMaker(files, meaning.file, meaning.value.callee, tableCreator);
}

function findMaker(
  files: DeclarationFiles,
  file: FileFacts,
  expression: Expression,
  name: RegExp,
): { readonly dialect: string } | undefined {
  const meaning = files.follow(file, expression);
  if (meaning?.kind !== 'package' || !name.test(meaning.path.at(-1) ?? '')) return undefined;
  const dialect = /^drizzle-orm\/(\w+)-core$/.exec(meaning.source)?.[1];
  return dialect === undefined ? undefined : { dialect };
}

/** The columns, written as an object or given by a function: `(t) => ({ id: t.serial() })`. */
function findColumns(
  files: DeclarationFiles,
  file: FileFacts,
  columns: Expression | undefined,
): readonly WrittenProperty[] {
  const meaning = columns && files.follow(file, columns);
  if (meaning?.kind === 'function') return files.findProperties(meaning.file, findReturned(meaning.function)) ?? [];
  return files.findProperties(file, columns) ?? [];
}

/** A column is made by a function of its type, and what is said of it follows: `integer('id').primaryKey()`. */
interface ColumnCalls {
  readonly type: string;
  readonly made: CallExpression;
  readonly file: FileFacts;
  readonly said: ReadonlyMap<string, CallExpression>;
}

function columnCalls(
  files: DeclarationFiles,
  file: FileFacts,
  value: Expression,
  steps: number = limits.declarationSteps,
): ColumnCalls | undefined {
  const said = new Map<string, CallExpression>();
  const of = (inner: ColumnCalls | undefined): ColumnCalls | undefined =>
    inner && { ...inner, said: new Map([...inner.said, ...said]) };
  if (steps <= 0) return undefined;
  let current = value;
  while (current.kind === 'call' && current.callee.kind === 'member' && isColumn(files, file, current.callee.object)) {
    said.set(current.callee.property, current);
    current = current.callee.object;
  }
  if (current.kind !== 'call') {
    const meaning = files.follow(file, current);
    return meaning?.kind === 'value' && meaning.value !== current
      ? of(columnCalls(files, meaning.file, meaning.value, steps - 1))
      : undefined;
  }
  const { callee } = current;
  const maker = files.follow(file, callee);
  // `const primaryId = () => serial().primaryKey()`
  const returned = maker?.kind === 'function' ? findReturned(maker.function) : undefined;
  if (maker?.kind === 'function' && returned) return of(columnCalls(files, maker.file, returned, steps - 1));
  const type = (maker?.kind === 'package' ? maker.path.at(-1) : undefined) ?? lastName(callee);
  return type === undefined ? undefined : { type, made: current, file, said };
}

/** A column of the project's own type changes what it stores: https://orm.drizzle.team/docs/custom-types */
function isTreated(files: DeclarationFiles, { file, value }: WrittenProperty): boolean {
  const made = columnCalls(files, file, value);
  const maker = made && files.follow(made.file, made.made.callee);
  if (maker?.kind !== 'value' || maker.value.kind !== 'call') return false;
  const [options] = maker.value.args;
  return files.findProperties(maker.file, options)?.some(({ key }) => key === 'toDriver') ?? false;
}

/** Whether an expression is a column that was made before, and not what makes columns: `serial()` of `serial().unique()`. */
function isColumn(files: DeclarationFiles, file: FileFacts, expression: Expression): boolean {
  if (expression.kind === 'call') return true;
  const meaning = expression.kind === 'name' ? files.follow(file, expression) : undefined;
  return meaning?.kind === 'value' && meaning.value.kind === 'call';
}

function readColumn(
  files: DeclarationFiles,
  { file, key, value, property }: WrittenProperty,
  dialect: string,
): DeclaredColumn {
  const calls = columnCalls(files, file, value);
  return {
    field: key,
    column: stringOf(calls?.made.args[0]) ?? key,
    primary: calls?.said.has('primaryKey') === true,
    unique: calls?.said.has('unique') === true,
    ...(calls ? decide(files, calls, dialect, value) : { kind: 'unknown', evidence: printExpression(value) }),
    place: placeIn(file, property),
  };
}

function decide(files: DeclarationFiles, calls: ColumnCalls, dialect: string, value: Expression): Decision {
  const { type, said } = calls;
  const evidence = printExpression(value);
  const counts =
    /^(small|big)?serial[248]?$/i.test(type) ||
    ['generatedAlwaysAsIdentity', 'generatedByDefaultAsIdentity', 'autoincrement', 'identity'].some((word) =>
      said.has(word),
    );
  if (counts) return { kind: 'sequential', evidence };
  const given = (said.get('$defaultFn') ?? said.get('$default') ?? said.get('default'))?.args[0];
  if (given) return { kind: decideDefault(files, calls.file, given), evidence };
  // Such a column is the number of the row: https://www.sqlite.org/autoinc.html
  if (dialect === 'sqlite' && /^int(eger)?$/.test(type) && said.has('primaryKey'))
    return { kind: 'sequential', evidence };
  if (said.has('defaultRandom') || type === 'uuid') return { kind: 'random', evidence };
  return { kind: 'assigned', evidence };
}

/** ``sql`gen_random_uuid()` ``, `() => nanoid()`, `createId` */
function decideDefault(files: DeclarationFiles, file: FileFacts, given: Expression): Decision['kind'] {
  if (given.kind === 'template') return classifyDefault(given.texts.join(''));
  const meaning = files.follow(file, given);
  const returned = meaning?.kind === 'function' ? findReturned(meaning.function) : undefined;
  if (drawsRandom(files, file, given)) return 'random';
  if (returned && meaning?.kind === 'function' && drawsRandom(files, meaning.file, returned)) return 'random';
  return given.kind === 'literal' ? 'assigned' : 'unknown';
}

/** `.references(() => users.id)` */
function findReferred(files: DeclarationFiles, { file, value }: WrittenProperty): string | undefined {
  const calls = columnCalls(files, file, value);
  const given = calls?.said.get('references')?.args[0];
  const meaning = given && files.follow(calls.file, given);
  const returned = meaning?.kind === 'function' ? findReturned(meaning.function) : undefined;
  return returned?.kind === 'member' && returned.object.kind === 'name' ? returned.object.name : undefined;
}
