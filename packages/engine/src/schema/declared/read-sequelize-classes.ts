import type { FileFacts } from '../../facts/file-facts.js';
import { toPlural } from '../english-plural.js';
import type { Entity } from '../entity.js';
import { collectFields, findTargetName, readDecorators } from './class-decorators.js';
import type { DecoratedField } from './class-decorators.js';
import type { DeclarationFiles } from './declaration-files.js';
import { placeIn, toEntity } from './declared-entity.js';
import type { DeclaredColumn } from './declared-entity.js';
import { findValue, isFalse, isTrue, lastName, stringOf } from './literal-values.js';
import { printExpression } from './print-expression.js';
import { Treatment } from './treated-fields.js';
import type { ModelHooks } from './sequelize-hooks.js';
import { decideAttribute, decideDefault, withImplicitId } from './read-sequelize.js';

/** sequelize-typescript, and the decorators that Sequelize 7 made of it. */
const isSequelize = (source: string): boolean =>
  source === 'sequelize-typescript' || source.startsWith('@sequelize/core');

const relationDecorators = new Set(['HasMany', 'HasOne', 'BelongsTo', 'BelongsToMany', 'ForeignKey']);

/** Classes with `@Table`, or with decorated columns that extend the library's `Model`. */
export function readSequelizeClasses(files: DeclarationFiles, file: FileFacts, hooks: ModelHooks): readonly Entity[] {
  return file.classes.flatMap((declared): Entity[] => {
    const table = readDecorators(files, file, declared.decorators, isSequelize).find(({ name }) => name === 'Table');
    if (declared.name === undefined || declared.abstract) return [];
    const parent = declared.superClass && files.follow(file, declared.superClass);
    if (!table && !(parent?.kind === 'package' && isSequelize(parent.source))) return [];
    const fields = collectFields(files, file, declared, isSequelize);
    if (!table && fields.length === 0) return [];
    const options = files.findProperties(file, table?.args[0]);
    const place = placeIn(file, table?.span ?? fields[0]?.member ?? declared);
    const columns = fields.map((field) => readField(files, field));
    const keyless = isTrue(findValue(options, 'noPrimaryKey')) || columns.some((column) => column.primary);
    const name = stringOf(findValue(options, 'modelName')) ?? declared.name;
    const treatment = new Treatment(files);
    treatment.addClass(file, declared);
    hooks.addTo(treatment, declared.name, file, table?.args[0]);
    const { treated } = treatment;
    const tableName = stringOf(table?.args[0]) ?? stringOf(findValue(options, 'tableName'));
    return [
      toEntity({
        ...(treated && { treated }),
        name,
        table: tableName ?? (isTrue(findValue(options, 'freezeTableName')) ? name : toPlural(name)),
        origin: 'sequelize',
        place,
        columns: keyless ? columns : withImplicitId(columns, place),
        relations: fields.flatMap((field) =>
          field.decorators.flatMap((decorator) =>
            relationDecorators.has(decorator.name) ? (findTargetName(field.file, decorator.args[0]) ?? []) : [],
          ),
        ),
      }),
    ];
  });
}

function readField(files: DeclarationFiles, field: DecoratedField): DeclaredColumn {
  const { file, member, decorators } = field;
  const has = (name: string): boolean => decorators.some((decorator) => decorator.name === name);
  const column = decorators.find(({ name }) => name === 'Column' || name === 'Attribute');
  const options = files.findProperties(file, column?.args[0]) ?? [];
  const type = options.length > 0 ? findValue(options, 'type') : column?.args[0];
  const byDefault = decorators.find(({ name }) => name === 'Default')?.args[0];
  const decided =
    (has('AutoIncrement') ? ({ kind: 'sequential', evidence: '@AutoIncrement' } as const) : undefined) ??
    (byDefault && decideDefault(files, file, byDefault)) ??
    decideAttribute(files, file, options, type) ??
    (has('IsUUID') ? ({ kind: 'random', evidence: '@IsUUID' } as const) : undefined);
  return {
    field: member.name,
    column: stringOf(findValue(options, 'field')) ?? member.name,
    primary: has('PrimaryKey') || isTrue(findValue(options, 'primaryKey')),
    unique: has('Unique') || isUnique(findValue(options, 'unique')),
    ...(decided ?? {
      kind: 'assigned',
      evidence: column ? `@${printExpression(column.expression)}` : (lastName(type) ?? member.name),
    }),
    place: placeIn(file, decorators[0]?.span ?? member),
  };
}

function isUnique(value: Parameters<typeof isFalse>[0]): boolean {
  return value !== undefined && !isFalse(value);
}
