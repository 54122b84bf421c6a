import type { Expression, FileFacts } from '../../facts/file-facts.js';
import type { Place } from '../../finding/place.js';
import { classifyDefault } from '../classify-default.js';
import { toPlural } from '../english-plural.js';
import type { Entity } from '../entity.js';
import type { CallSite } from './call-site.js';
import { findTargetName } from './class-decorators.js';
import type { DeclarationFiles, WrittenProperty } from './declaration-files.js';
import { placeIn, toEntity } from './declared-entity.js';
import type { DeclaredColumn, Decision } from './declared-entity.js';
import { drawsRandom } from './draws-random.js';
import { findValue, isTrue, lastName, stringOf } from './literal-values.js';
import { printExpression } from './print-expression.js';
import type { ModelHooks } from './sequelize-hooks.js';
import { Treatment } from './treated-fields.js';

const defining = /define|init/;

/** `sequelize.define('User', attributes, options)`, `User.init(attributes, options)` and `super.init(…)` in a model's own class. */
export function readSequelizeModels(files: DeclarationFiles, file: FileFacts, hooks: ModelHooks): readonly Entity[] {
  return files
    .callsNear(file, defining)
    .filter(mayDeclare)
    .flatMap((site): Entity[] => {
      const model = findDefinition(files, file, site) ?? findInitialisation(files, file, site);
      if (!model) return [];
      const calls = files.callsOf(file);
      const attributes = files.findProperties(file, model.attributes) ?? [];
      const columns = attributes.map((attribute) => readAttribute(files, attribute));
      const treatment = new Treatment(files);
      for (const { file: where, key, value } of attributes) treatment.addDeclaration(where, key, value);
      hooks.addTo(treatment, model.name, file, model.options);
      const { treated } = treatment;
      return [
        toEntity({
          ...(treated && { treated }),
          name: model.name,
          table: findTableName(files, file, model.name, model.options),
          origin: 'sequelize',
          place: model.place,
          columns: hasOwnKey(columns, model.name, calls) ? columns : withImplicitId(columns, model.place),
          relations: findAssociations(calls, file, model.name),
        }),
      ];
    });
}

function mayDeclare({ call: { callee } }: CallSite): boolean {
  return callee.kind === 'member' && (callee.property === 'define' || callee.property === 'init');
}

interface Model {
  readonly name: string;
  readonly attributes: Expression | undefined;
  readonly options: Expression | undefined;
  readonly place: Place;
}

function findDefinition(files: DeclarationFiles, file: FileFacts, { call }: CallSite): Model | undefined {
  const { callee } = call;
  const [first, attributes, options] = call.args;
  const name = stringOf(first);
  if (callee.kind !== 'member' || callee.property !== 'define' || !first || name === undefined) return undefined;
  const properties = files.findProperties(file, attributes);
  if (!properties || !(isSequelize(files, file, callee.object) || hasDataTypes(files, properties))) return undefined;
  return { name, attributes, options, place: placeIn(file, first) };
}

function findInitialisation(
  files: DeclarationFiles,
  file: FileFacts,
  { call, functionId }: CallSite,
): Model | undefined {
  const { callee } = call;
  if (callee.kind !== 'member' || callee.property !== 'init') return undefined;
  const [attributes, options] = call.args;
  const settings = files.findProperties(file, options);
  if (!attributes || !settings?.some(({ key }) => key === 'sequelize')) return undefined;
  const own =
    callee.object.kind === 'this'
      ? file.classes.find(({ members }) =>
          members.some((member) => functionId !== undefined && member.function === functionId),
        )?.name
      : lastName(callee.object);
  const name = stringOf(findValue(settings, 'modelName')) ?? own;
  return name === undefined ? undefined : { name, attributes, options, place: placeIn(file, callee) };
}

/** An instance of the library's class, or something that is called so: a model file is often handed the instance. */
function isSequelize(files: DeclarationFiles, file: FileFacts, expression: Expression): boolean {
  const name = lastName(expression);
  if (name !== undefined && /sequelize$/i.test(name)) return true;
  const meaning = files.follow(file, expression);
  if (meaning?.kind !== 'value' || meaning.value.kind !== 'call') return false;
  return isLibrary(files, meaning.file, meaning.value.callee);
}

function isLibrary(files: DeclarationFiles, file: FileFacts, expression: Expression): boolean {
  const meaning = files.follow(file, expression);
  return meaning?.kind === 'package' && /^(?:sequelize|sequelize-typescript|@sequelize\/core)$/.test(meaning.source);
}

function hasDataTypes(files: DeclarationFiles, properties: readonly WrittenProperty[]): boolean {
  return properties.some(({ file, value }) => {
    const type = findValue(files.findProperties(file, value), 'type') ?? value;
    const named = type.kind === 'call' ? type.callee : type;
    if (named.kind === 'member' && /^(?:DataTypes?|Sequelize)$/.test(lastName(named.object) ?? '')) return true;
    return isLibrary(files, file, named);
  });
}

function findTableName(
  files: DeclarationFiles,
  file: FileFacts,
  name: string,
  options: Expression | undefined,
): string {
  const settings = files.findProperties(file, options);
  return (
    stringOf(findValue(settings, 'tableName')) ??
    (isTrue(findValue(settings, 'freezeTableName')) ? name : toPlural(name))
  );
}

function readAttribute(files: DeclarationFiles, attribute: WrittenProperty): DeclaredColumn {
  const options = files.findProperties(attribute.file, attribute.value) ?? [];
  const unique = findValue(options, 'unique');
  const type = options.length > 0 ? findValue(options, 'type') : attribute.value;
  return {
    field: attribute.key,
    column: stringOf(findValue(options, 'field')) ?? attribute.key,
    primary: isTrue(findValue(options, 'primaryKey')),
    unique: isTrue(unique) || stringOf(unique) !== undefined,
    ...(decideAttribute(files, attribute.file, options, type) ?? {
      kind: 'assigned',
      evidence: printExpression(attribute.value),
    }),
    place: placeIn(attribute.file, attribute.property),
  };
}

/** What `{ type, autoIncrement, defaultValue }` says of a column, undefined where it leaves the value to the caller. */
export function decideAttribute(
  files: DeclarationFiles,
  file: FileFacts,
  options: readonly WrittenProperty[],
  type: Expression | undefined,
): Decision | undefined {
  const counter = options.find(({ key, value }) => /^autoIncrement(?:Identity)?$/.test(key) && isTrue(value));
  if (counter) return { kind: 'sequential', evidence: `${counter.key}: true` };
  const byDefault = findValue(options, 'defaultValue');
  const decided = byDefault && decideDefault(files, file, byDefault);
  if (decided) return decided;
  return type && lastName(type) === 'UUID' ? { kind: 'random', evidence: printExpression(type) } : undefined;
}

/** `DataTypes.UUIDV4`, `uuidv4`, `Sequelize.literal("nextval('ids')")`, `Sequelize.fn('gen_random_uuid')`. */
export function decideDefault(files: DeclarationFiles, file: FileFacts, value: Expression): Decision | undefined {
  const evidence = `defaultValue: ${printExpression(value)}`;
  if (/^UUIDV[14]$/.test(lastName(value) ?? '')) return { kind: 'random', evidence };
  const [first] = value.kind === 'call' ? value.args : [];
  const text = stringOf(first);
  const sqlCall = value.kind === 'call' ? lastName(value.callee) : undefined;
  if (text !== undefined && (sqlCall === 'literal' || sqlCall === 'fn')) {
    const kind = classifyDefault(sqlCall === 'fn' ? `${text}()` : text);
    return kind === 'assigned' ? undefined : { kind, evidence };
  }
  return drawsRandom(files, file, value) ? { kind: 'random', evidence } : undefined;
}

function hasOwnKey(columns: readonly DeclaredColumn[], name: string, calls: readonly CallSite[]): boolean {
  if (columns.some((column) => column.primary)) return true;
  return calls.some(
    ({ call }) =>
      call.callee.kind === 'member' &&
      call.callee.property === 'removeAttribute' &&
      stringOf(call.args[0]) === 'id' &&
      lastName(call.callee.object) === name,
  );
}

/** Sequelize adds `id INTEGER autoIncrement` to a model without a primary key. */
export function withImplicitId(columns: readonly DeclaredColumn[], place: Place): readonly DeclaredColumn[] {
  const id: DeclaredColumn = {
    field: 'id',
    column: 'id',
    kind: 'sequential',
    primary: true,
    unique: true,
    evidence: 'no primary key declared',
    place,
  };
  return [id, ...columns.filter((column) => column.field !== 'id')];
}

const associations = new Set(['hasMany', 'hasOne', 'belongsTo', 'belongsToMany']);

/** `User.hasMany(models.Post)`; within a class or a file of one model also `this.hasMany(Post)`. */
function findAssociations(calls: readonly CallSite[], file: FileFacts, name: string): readonly string[] {
  return calls.flatMap(({ call }) => {
    const { callee } = call;
    if (callee.kind !== 'member' || !associations.has(callee.property)) return [];
    if (callee.object.kind !== 'this' && lastName(callee.object) !== name) return [];
    return findTargetName(file, call.args[0]) ?? [];
  });
}
