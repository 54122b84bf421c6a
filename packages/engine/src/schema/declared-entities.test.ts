import { posix } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { extractFacts } from '../facts/extract-facts.js';
import { readDeclaredEntities } from './declared-entities.js';
import { DeclarationFiles } from './declared/declaration-files.js';
import type { Entity } from './entity.js';

type Files = Readonly<Record<string, string>>;

function read(files: Files): readonly Entity[] {
  const resolve = (from: string, specifier: string): string | undefined => {
    if (!specifier.startsWith('.')) return undefined;
    const path = posix.join(posix.dirname(from), specifier);
    return [path, `${path}.ts`, `${path}.js`, `${path}/index.ts`, path.replace(/\.js$/, '.ts')].find(
      (each) => each in files,
    );
  };
  return readDeclaredEntities(
    new DeclarationFiles(
      Object.entries(files).map(([path, text]) => extractFacts(path, text)),
      resolve,
    ),
  );
}

/** `Entity(table).field kind`, primary keys with a star, then the evidence. */
const summary = (files: Files): readonly string[] =>
  read(files).flatMap(({ name, table, identifiers }) =>
    identifiers.map(
      ({ field, kind, primary, evidence }) => `${name}(${table}).${field}${primary ? '*' : ''} ${kind}: ${evidence}`,
    ),
  );

describe('TypeORM', () => {
  const entity = (member: string): Files => ({
    'user.ts': `import { randomUUID } from 'crypto';
import { Entity, Column, PrimaryColumn, PrimaryGeneratedColumn, Generated, ObjectIdColumn, Index } from 'typeorm';
@Entity() export class UserAccount { ${member} }`,
  });
  test.each([
    ['@PrimaryGeneratedColumn() id: number', 'id* sequential: @PrimaryGeneratedColumn()'],
    ["@PrimaryGeneratedColumn('increment') id: number", "id* sequential: @PrimaryGeneratedColumn('increment')"],
    ["@PrimaryGeneratedColumn('identity') id: number", "id* sequential: @PrimaryGeneratedColumn('identity')"],
    [
      "@PrimaryGeneratedColumn({ type: 'bigint' }) id: string",
      "id* sequential: @PrimaryGeneratedColumn({ type: 'bigint' })",
    ],
    ["@PrimaryGeneratedColumn('uuid') id: string", "id* random: @PrimaryGeneratedColumn('uuid')"],
    ["@PrimaryGeneratedColumn('rowid') id: string", "id* unknown: @PrimaryGeneratedColumn('rowid')"],
    ['@PrimaryColumn() id: number', 'id* assigned: @PrimaryColumn()'],
    ["@PrimaryColumn('uuid') id: string", "id* random: type: 'uuid'"],
    ["@PrimaryColumn({ type: 'uuid' }) id: string", "id* random: type: 'uuid'"],
    ['@PrimaryColumn({ generated: true }) id: number', 'id* sequential: generated: true'],
    ["@PrimaryColumn({ generated: 'uuid' }) id: string", "id* random: generated: 'uuid'"],
    ['@Column({ primary: true }) @Generated() id: number', 'id* sequential: @Generated()'],
    ["@PrimaryColumn() @Generated('uuid') id: string", "id* random: @Generated('uuid')"],
    ['@PrimaryColumn() id: string = randomUUID()', 'id* random: randomUUID()'],
    ["@PrimaryColumn({ default: () => 'gen_random_uuid()' }) id: string", 'id* random: default: gen_random_uuid()'],
    [`@PrimaryColumn({ default: () => "nextval('s')" }) id: number`, "id* sequential: default: nextval('s')"],
    ['@ObjectIdColumn() id: ObjectId', 'id* random: @ObjectIdColumn()'],
    ["@Column({ unique: true }) @Generated('increment') no: number", "no sequential: @Generated('increment')"],
    ['@Column({ unique: true }) email: string', 'email assigned: @Column({ unique: true })'],
    ['@Index({ unique: true }) @Column() email: string', 'email assigned: @Column()'],
  ])('%s', (member, expected) => {
    expect(summary(entity(member))).toEqual([`UserAccount(user_account).${expected}`]);
  });

  it('reads tables, columns, fields and relations', () => {
    const [order, user] = read({
      'a/order.ts': `import * as orm from 'typeorm';
import { User } from './user.js';
@orm.Entity({ name: 'orders' }) @orm.Unique(['code'])
export class Order {
  @orm.PrimaryGeneratedColumn({ name: 'order_id' }) id: number;
  @orm.Column() code: string;
  @orm.ManyToOne(() => User, (user) => user.orders) user: User;
  @orm.ManyToMany('Tag') tags: Tag[];
  cached = 1;
}`,
      'a/user.ts': `import { Entity as Table, Column as Field } from 'typeorm';
@Table('accounts') export class User { @Field('text') name: string }`,
    });
    expect(order).toMatchObject({
      name: 'Order',
      table: 'orders',
      fields: ['id', 'code', 'user', 'tags'],
      relations: ['User', 'Tag'],
    });
    expect(order?.identifiers.map(({ field, column }) => [field, column])).toEqual([
      ['id', 'order_id'],
      ['code', 'code'],
    ]);
    expect(order?.identifiers[0]?.place).toEqual({ file: 'a/order.ts', line: 5, column: 4, endLine: 5, endColumn: 52 });
    expect(user).toMatchObject({
      name: 'User',
      table: 'accounts',
      origin: 'typeorm',
      fields: ['name'],
      identifiers: [],
    });
  });

  it('gives the columns of base classes of other files to all that extend them', () => {
    expect(
      summary({
        'base/index.ts': `export * from './entity';\nexport * from 'typeorm';`,
        'base/entity.ts': `import { PrimaryGeneratedColumn, Column } from 'typeorm';
class Root { @Column({ unique: true }) slug: string }
export abstract class BaseEntity<T> extends Root { @PrimaryGeneratedColumn() id: number }`,
        'one.ts': `import { BaseEntity, Entity } from './base';\n@Entity() export class One extends BaseEntity<One> {}`,
        'two.ts': `import * as base from './base';
@base.Entity() export class Two extends Sized(base.BaseEntity) { @base.PrimaryGeneratedColumn('uuid') id: string }`,
        'three.ts': `import { ChildEntity } from 'typeorm';\nimport { Two } from './two';\n@ChildEntity() export class Three extends Two {}`,
      }),
    ).toEqual([
      'One(one).slug assigned: @Column({ unique: true })',
      'One(one).id* sequential: @PrimaryGeneratedColumn()',
      'Three(two).slug assigned: @Column({ unique: true })',
      "Three(two).id* random: @base.PrimaryGeneratedColumn('uuid')",
      'Two(two).slug assigned: @Column({ unique: true })',
      "Two(two).id* random: @base.PrimaryGeneratedColumn('uuid')",
    ]);
  });

  it('reads entity schemas, their object in the same file or in another', () => {
    const files = {
      'db.js': `var typeorm = require('typeorm');
var EntitySchema = typeorm.EntitySchema;
const Users = require('./entity/Users');
typeorm.createConnection({ entities: [new EntitySchema(Users)] });`,
      'entity/Users.js': `module.exports = { name: 'Users', columns: { id: { primary: true, type: 'int', generated: true }, name: { type: 'varchar' } } };`,
      'order.ts': `import { EntitySchema } from 'typeorm';
const id = { id: { primary: true, type: 'uuid', generated: 'uuid' } } as const;
export const Order = new EntitySchema<Order>({ name: 'Order', tableName: 'orders',
  columns: { ...id, code: { type: String, unique: true, name: 'order_code' } }, relations: { user: { type: 'many-to-one', target: 'User' } } });`,
    };
    expect(summary(files)).toEqual([
      'Users(users).id* sequential: generated: true',
      "Order(orders).id* random: generated: 'uuid'",
      "Order(orders).code assigned: { type: String, unique: true, name: 'order_code' }",
    ]);
    expect(read(files).map(({ fields, relations }) => ({ fields, relations }))).toEqual([
      { fields: ['id', 'name'], relations: [] },
      { fields: ['id', 'code'], relations: ['User'] },
    ]);
  });

  it('leaves classes of other libraries alone', () => {
    expect(
      summary({
        'a.ts': `import { Entity, PrimaryGeneratedColumn } from './own';\n@Entity() class A { @PrimaryGeneratedColumn() id }`,
      }),
    ).toEqual([]);
  });
});

describe('MikroORM', () => {
  test.each([
    ['@PrimaryKey() id!: number', 'id* sequential: one numeric primary key: number'],
    ["@PrimaryKey({ type: 'bigint' }) id!: string", 'id* sequential: one numeric primary key: bigint'],
    ['@PrimaryKey({ type: BigIntType }) id!: string', 'id* sequential: one numeric primary key: BigIntType'],
    ['@PrimaryKey({ autoincrement: false }) id!: number', 'id* assigned: @PrimaryKey({ autoincrement: false })'],
    ['@PrimaryKey() id!: string', 'id* assigned: @PrimaryKey()'],
    ["@PrimaryKey({ type: 'uuid' }) id = v4()", 'id* random: type: uuid'],
    ['@PrimaryKey() id: string = v4()', 'id* random: v4()'],
    ['@PrimaryKey({ onCreate: () => v4() }) id!: string', 'id* random: v4()'],
    ["@PrimaryKey({ defaultRaw: 'gen_random_uuid()' }) id!: string", 'id* random: default: gen_random_uuid()'],
    ['@PrimaryKey() _id!: ObjectId; @SerializedPrimaryKey() id!: string', '_id* random: type: ObjectId'],
    ['@Property({ autoincrement: true }) no!: number', 'no sequential: autoincrement: true'],
    ['@Property() @Unique() email!: string', 'email assigned: @Property()'],
    [
      '@PrimaryKey() a!: number; @ManyToOne({ primary: true }) b!: B',
      'a* assigned: @PrimaryKey()',
      'b* assigned: @ManyToOne({ primary: true })',
    ],
  ])('%s', (member, ...expected) => {
    const text = `import { v4 } from 'uuid';
import { Entity, ManyToOne, PrimaryKey, Property, SerializedPrimaryKey, Unique } from '@mikro-orm/core';
@Entity({ tableName: 'people' }) export class Person { ${member} }`;
    expect(summary({ 'a.ts': text })).toEqual(expected.map((line) => `Person(people).${line}`));
  });

  it('follows base classes and relations', () => {
    const entities = read({
      'base.ts': `import { PrimaryKey } from '@mikro-orm/decorators/legacy';\nexport abstract class Base { @PrimaryKey() id!: number }`,
      'user.ts': `import { Collection } from '@mikro-orm/core';
import { Entity, ManyToOne, OneToMany, Property } from '@mikro-orm/decorators/legacy';
import { Base } from './base';
@Entity() export class UserCard extends Base {
  @Property() email: string;
  @ManyToOne() owner!: Owner;
  @OneToMany({ entity: () => Book, mappedBy: 'author' }) books = new Collection<Book>(this);
}`,
    });
    expect(entities).toMatchObject([
      {
        name: 'UserCard',
        table: 'user_card',
        origin: 'mikroorm',
        fields: ['id', 'email', 'owner', 'books'],
        relations: ['Owner', 'Book'],
        identifiers: [{ field: 'id', kind: 'sequential', place: { file: 'base.ts', line: 2 } }],
      },
    ]);
  });

  it('reads defined entities', () => {
    expect(
      summary({
        'a.ts': `import { defineEntity, EntitySchema, p } from '@mikro-orm/core';
const A = defineEntity({ name: 'A', tableName: 'as', properties: { id: p.integer().primary(), email: p.string().unique() } });
const B = defineEntity({ name: 'B', properties: (p) => ({ id: p.uuid().primary() }) });
const C = new EntitySchema({ name: 'C', properties: { id: { type: 'number', primary: true }, a: { kind: 'm:1', entity: () => 'A' } } });
const D = defineEntity({ name: 'D', properties: { id: p.integer().primary().autoincrement(false), no: p.integer().autoincrement() } });`,
      }),
    ).toEqual([
      'A(as).id* sequential: one numeric primary key: p.integer()',
      'A(as).email assigned: p.string().unique()',
      'B(b).id* random: p.uuid()',
      'C(c).id* sequential: one numeric primary key: number',
      'D(d).id* assigned: p.integer().primary().autoincrement(false)',
      'D(d).no sequential: autoincrement()',
    ]);
  });
});

describe('Drizzle', () => {
  test.each([
    ['pg', 'id: serial().primaryKey()', 'id* sequential: serial().primaryKey()'],
    ['pg', "no: bigserial('number', { mode: 'number' })", "no sequential: bigserial('number', { mode: 'number' })"],
    ['pg', 'id: t.serial().primaryKey()', 'id* sequential: t.serial().primaryKey()'],
    [
      'pg',
      'id: integer().primaryKey().generatedAlwaysAsIdentity()',
      'id* sequential: integer().primaryKey().generatedAlwaysAsIdentity()',
    ],
    ['pg', 'id: integer().primaryKey()', 'id* assigned: integer().primaryKey()'],
    ['pg', 'id: uuid().defaultRandom().primaryKey()', 'id* random: uuid().defaultRandom().primaryKey()'],
    ['pg', 'id: uuid().primaryKey()', 'id* random: uuid().primaryKey()'],
    ['pg', 'id: uuid().primaryKey().default(sql`uuidv7()`)', 'id* random: uuid().primaryKey().default(…)'],
    ['pg', 'id: text().primaryKey().$defaultFn(() => nanoid())', 'id* random: text().primaryKey().$defaultFn(…)'],
    ['pg', 'id: text().primaryKey().$defaultFn(createId)', 'id* random: text().primaryKey().$defaultFn(createId)'],
    ['pg', 'id: primaryId()', 'id* sequential: primaryId()'],
    ['pg', '...key', 'id* sequential: integer().primaryKey().generatedByDefaultAsIdentity()'],
    ['pg', 'email: text().unique()', 'email assigned: text().unique()'],
    ['mysql', 'id: int().primaryKey().autoincrement()', 'id* sequential: int().primaryKey().autoincrement()'],
    ['mysql', 'id: int().primaryKey()', 'id* assigned: int().primaryKey()'],
    ['sqlite', 'id: integer().primaryKey()', 'id* sequential: integer().primaryKey()'],
    ['sqlite', 'id: text().primaryKey()', 'id* assigned: text().primaryKey()'],
  ])('%s: %s', (dialect, column, expected) => {
    const text = `import { bigserial, int, integer, serial, text, uuid, ${dialect}Table } from 'drizzle-orm/${dialect}-core';
import { sql } from 'drizzle-orm';
import { createId } from '@paralleldrive/cuid2';
import { nanoid } from 'nanoid';
import { key, primaryId } from './columns';
export const people = ${dialect}Table('persons', (t) => ({ ${column} }));`;
    const columns = `import { integer, serial } from 'drizzle-orm/pg-core';
export const primaryId = () => serial().primaryKey();
export const key = { id: integer().primaryKey().generatedByDefaultAsIdentity() };`;
    expect(summary({ 'a.ts': text, 'columns.ts': columns })).toEqual([`people(persons).${expected}`]);
  });

  it('follows prefixes, schemas and references', () => {
    const entities = read({
      'a.ts': `import * as pg from 'drizzle-orm/pg-core';
const createTable = pg.pgTableCreator((name) => \`shop_\${name}\`);
const auth = pg.pgSchema('auth');
export const users = auth.table('user', { id: pg.serial().primaryKey(), password: pg.text() });
export const orders = createTable('order', { id: pg.uuid(), userId: pg.integer('user_id').notNull().references(() => users.id) });
export const loop = pg.pgTable('loop', { id: again });
const again = again.primaryKey();
const other = ownTable('other', { id: pg.serial() });`,
    });
    expect(entities).toMatchObject([
      { name: 'users', table: 'user', fields: ['id', 'password'], relations: [] },
      { name: 'orders', table: 'order', fields: ['id', 'userId'], relations: ['users'] },
      { name: 'loop', table: 'loop', fields: ['id'] },
    ]);
  });
});

describe('Knex', () => {
  test.each([
    ["t.increments('no')", "no* sequential: t.increments('no')"],
    ['t.increments()', 'id* sequential: t.increments()'],
    ["t.bigIncrements('id').comment('x')", "id* sequential: t.bigIncrements('id')"],
    ["t.specificType('id', 'serial').primary()", "id* sequential: t.specificType('id', 'serial')"],
    ["t.uuid('id').primary()", "id* random: t.uuid('id')"],
    ["t.string('id').primary().defaultTo(knex.fn.uuid())", "id* random: t.string('id')"],
    ["t.integer('id').primary(); t.timestamps()", "id* assigned: t.integer('id')"],
    ["t.string('email').unique()", "email assigned: t.string('email')"],
  ])('%s', (column, expected) => {
    const text = `import { knex } from 'knex';\nexport const up = (db) => db.schema.createTable('people', (t) => { ${column} });`;
    expect(summary({ 'a.ts': text })).toEqual([`people(people).${expected}`]);
  });
});

describe('Kysely', () => {
  test.each([
    ["'id', 'serial', (c) => c.primaryKey()", "id* sequential: addColumn('id', 'serial')"],
    ["'no', 'integer', (c) => c.primaryKey().autoIncrement()", "no* sequential: addColumn('no', 'integer')"],
    ["'id', 'bigint', (c) => c.generatedAlwaysAsIdentity().primaryKey()", "id* sequential: addColumn('id', 'bigint')"],
    ["'id', 'uuid', (c) => c.primaryKey().notNull()", "id* random: addColumn('id', 'uuid')"],
    ["'id', 'varchar(40)', (c) => c.primaryKey()", "id* assigned: addColumn('id', 'varchar(40)')"],
    ["'email', 'text', (c) => c.unique()", "email assigned: addColumn('email', 'text')"],
  ])('%s', (column, expected) => {
    const text = `import { sql } from 'kysely';\nexport const up = (db) => db.schema.createTable('people').ifNotExists().addColumn(${column}).execute();`;
    expect(summary({ 'a.ts': text })).toEqual([`people(people).${expected}`]);
  });
});

describe('Sequelize', () => {
  test.each([
    ['{ name: DataTypes.STRING }', 'id* sequential: no primary key declared'],
    [
      '{ id: { type: DataTypes.INTEGER, autoIncrement: true, primaryKey: true } }',
      'id* sequential: autoIncrement: true',
    ],
    [
      '{ id: { type: DataTypes.INTEGER, primaryKey: true } }',
      'id* assigned: { type: DataTypes.INTEGER, primaryKey: true }',
    ],
    [
      '{ id: { type: DataTypes.UUID, defaultValue: DataTypes.UUIDV4, primaryKey: true } }',
      'id* random: defaultValue: DataTypes.UUIDV4',
    ],
    ['{ id: { type: DataTypes.UUID, primaryKey: true } }', 'id* random: DataTypes.UUID'],
    [
      '{ id: { type: DataTypes.STRING(36), defaultValue: () => nanoid(), primaryKey: true } }',
      'id* random: defaultValue: …',
    ],
    [
      `{ id: { type: DataTypes.INTEGER, defaultValue: sequelize.literal("nextval('s')"), primaryKey: true } }`,
      "id* sequential: defaultValue: sequelize.literal('nextval('s')')",
    ],
    [
      "{ id: { type: DataTypes.UUID, defaultValue: sequelize.fn('gen_random_uuid'), primaryKey: true } }",
      "id* random: defaultValue: sequelize.fn('gen_random_uuid')",
    ],
  ])('define: %s', (attributes, expected) => {
    expect(
      summary({
        'models/user.js': `module.exports = (sequelize, DataTypes) => sequelize.define('User', ${attributes});`,
      }),
    ).toEqual([`User(Users).${expected}`]);
  });

  it('reads a model file that is handed everything', () => {
    const entities = read({
      'user.js': `'use strict';
module.exports = function (db, DataTypes) {
  var User = db.define('User', { login: { type: DataTypes.STRING, unique: true, field: 'user_login' } }, { tableName: 'accounts' });
  User.associate = (models) => { User.hasMany(models.Post, { as: 'posts' }); models.Post.belongsTo(User); };
  return User;
};`,
    });
    expect(entities).toMatchObject([
      { name: 'User', table: 'accounts', origin: 'sequelize', fields: ['id', 'login'], relations: ['Post'] },
    ]);
    expect(entities[0]?.identifiers).toMatchObject([
      { field: 'id', kind: 'sequential', place: { file: 'user.js', line: 3, column: 24 } },
      { field: 'login', column: 'user_login', kind: 'assigned' },
    ]);
  });

  it('reads init in its forms', () => {
    expect(
      summary({
        'a.ts': `import { DataTypes, Model, Sequelize } from 'sequelize';
const sequelize = new Sequelize('sqlite::memory:');
class Category extends Model {}
Category.init({ name: DataTypes.STRING }, { sequelize });
class Person extends Model { static initModel(sequelize) { return super.init(attributes, { sequelize, freezeTableName: true }); } }
const attributes = { key: { type: DataTypes.UUID, primaryKey: true } };
class Link extends Model {}
Link.init({}, { sequelize, modelName: 'link', tableName: 'links' });
Link.removeAttribute('id');
const Empty = sequelize.define('Empty', {});`,
      }),
    ).toEqual([
      'Category(Categories).id* sequential: no primary key declared',
      'Person(Person).key* random: DataTypes.UUID',
      'link(links).id* sequential: no primary key declared',
      'Empty(Empties).id* sequential: no primary key declared',
    ]);
  });

  it('adds no id to a model from which it is removed', () => {
    expect(summary({ 'a.js': `const T = sequelize.define('T', {});\nT.removeAttribute('id');` })).toEqual([]);
  });

  it('leaves other things that are called define and init alone', () => {
    expect(
      summary({
        'a.js': `app.define('User', { name: Types.STRING });\napp.init({ a: 1 }, { b: 2 });\nsequelize.define(name, {});`,
      }),
    ).toEqual([]);
  });

  it('reads the classes of sequelize-typescript', () => {
    const files = {
      'a.ts': `import { AutoIncrement, BelongsTo, Column, DataType, Default, ForeignKey, Model, PrimaryKey, Table, Unique } from 'sequelize-typescript';
@Table export class Person extends Model { @Unique @Column name: string }
@Table({ tableName: 'orders' }) export class Order extends Model {
  @PrimaryKey @AutoIncrement @Column(DataType.BIGINT) id: number;
  @ForeignKey(() => Person) @Column personId: number;
  @BelongsTo(() => Person) person: Person;
}
@Table export class Key extends Model { @PrimaryKey @Default(DataType.UUIDV4) @Column(DataType.UUID) id: string }
@Table export class Row extends Model { @Column({ type: DataType.INTEGER, primaryKey: true, autoIncrement: true, field: 'row_id' }) id: number }`,
    };
    expect(summary(files)).toEqual([
      'Person(People).id* sequential: no primary key declared',
      'Person(People).name assigned: @Column',
      'Order(orders).id* sequential: @AutoIncrement',
      'Key(Keys).id* random: defaultValue: DataType.UUIDV4',
      'Row(Rows).id* sequential: autoIncrement: true',
    ]);
    expect(read(files)[1]).toMatchObject({ fields: ['id', 'personId', 'person'], relations: ['Person'] });
  });
});

describe('Mongoose', () => {
  const model = (definition: string, more = ''): Files => ({
    'user.js': `const mongoose = require('mongoose');
const { v4: uuid } = require('uuid');
const { Schema } = mongoose;
const schema = new Schema(${definition});
${more}
module.exports = mongoose.model('User', schema);`,
    'counted.js': `const Counter = require('./counter');
const initialize = () => {};
const plugin = (schema, options) => {
  const field = options.field || '_id';
  schema.pre('save', function (next) {
    const doc = this;
    Counter.findOneAndUpdate({ model: options.model }, { $inc: { seq: 1 } }).then((counter) => { doc[field] = counter.seq; next(); });
  });
};
module.exports = { initialize, plugin };`,
    'increment-nothing.js': 'module.exports = (schema) => { schema.set("x", 1); };',
  });
  const objectId = '_id* random: no _id declared: an ObjectId';
  test.each<[string, string, readonly string[]]>([
    ['{ name: String }', '', [objectId]],
    ['{ email: { type: String, unique: true } }', '', [objectId, 'email assigned: { type: String, unique: true }']],
    ['{ _id: Number }', '', ['_id* assigned: Number']],
    ['{ _id: { type: String, default: uuid } }', '', ['_id* random: default: uuid']],
    [
      '{ _id: { type: String, default: () => new mongoose.Types.ObjectId().toHexString() } }',
      '',
      ['_id* random: default: …'],
    ],
    ['{ _id: Schema.Types.ObjectId }', '', ['_id* random: Schema.Types.ObjectId']],
    [
      '{ _id: Number }',
      "schema.plugin(require('mongoose-sequence')(mongoose));",
      ["_id* sequential: plugin(require('mongoose-sequence')(mongoose))"],
    ],
    [
      '{ no: Number }',
      "const AutoIncrement = require('mongoose-sequence')(mongoose);\nschema.plugin(AutoIncrement, { inc_field: 'no' });",
      [objectId, "no sequential: plugin(AutoIncrement, { inc_field: 'no' })"],
    ],
    [
      '{ _id: Number }',
      "schema.plugin(require('mongoose-auto-increment').plugin, 'User');",
      ["_id* sequential: plugin(require('mongoose-auto-increment').plugin, 'User')"],
    ],
    [
      '{ _id: Number }',
      "const counted = require('./counted');\nschema.plugin(counted.plugin, { model: 'User' });",
      ["_id* sequential: plugin(counted.plugin, { model: 'User' })"],
    ],
    [
      '{ no: Number }',
      "schema.plugin(require('./counted').plugin, { field: 'no' });",
      [objectId, "no sequential: plugin(require('./counted').plugin, { field: 'no' })"],
    ],
    [
      '{ _id: Number }',
      "const autoIncrement = require('./increment-nothing');\nschema.plugin(autoIncrement);",
      ['_id* assigned: Number'],
    ],
    ['{ _id: Number }', 'schema.plugin(autoIncrementPlugin);', ['_id* sequential: plugin(autoIncrementPlugin)']],
    ['{ name: String }', 'schema.plugin(paginate);', [objectId]],
    [
      '{ userId: Number }',
      "schema.pre('save', async function () { const counter = await C.findOneAndUpdate({}, { $inc: { seq: 1 } }); this.userId = counter.seq; this.at = Date.now(); });",
      [objectId, "userId sequential: pre('save', …)"],
    ],
    [
      '{ posts: Number }',
      "schema.pre('save', async function () { await C.updateOne({}, { $inc: { posts: 1 } }); this.at = other.date; });",
      [objectId],
    ],
    [
      '{ name: String }',
      'schema.add({ code: { type: String, unique: true } });',
      [objectId, 'code assigned: { type: String, unique: true }'],
    ],
    ['{ name: String }, { _id: false }', '', []],
  ])('%s %s', (definition, more, expected) => {
    expect(summary(model(definition, more))).toEqual(expected.map((line) => `User(users).${line}`));
  });

  it('reads models on a connection, collections, fields and references', () => {
    const entities = read({
      'schema.ts': `import { Schema } from 'mongoose';
export const categorySchema = new Schema({ name: String, owner: { type: Schema.Types.ObjectId, ref: 'User' }, tags: [{ tag: { ref: () => Tag } }] });
export const partSchema = new Schema({ a: String });`,
      'model.ts': `import { categorySchema } from './schema.js';
export const Category = connection.models.Category || connection.model<ICategory>('Category', categorySchema);
export const Log = connection.model('Log', categorySchema, 'log_entries');
connection.model('Category').find();
three.model('House', geometry);`,
    });
    expect(entities.map(({ name, table, fields, relations }) => ({ name, table, fields, relations }))).toEqual([
      { name: 'Category', table: 'categories', fields: ['_id', 'name', 'owner', 'tags'], relations: ['User', 'Tag'] },
      { name: 'Log', table: 'log_entries', fields: ['_id', 'name', 'owner', 'tags'], relations: ['User', 'Tag'] },
    ]);
  });

  it('reads the classes of @nestjs/mongoose and the plugins of their schemas', () => {
    const files = {
      'base.ts': `import { Prop } from '@nestjs/mongoose';\nexport class Base { @Prop({ unique: true }) slug: string }`,
      'user.ts': `import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { Document, Types } from 'mongoose';
import { Base } from './base';
@Schema({ timestamps: true }) export class User extends Base { @Prop() name: string; @Prop({ type: Types.ObjectId, ref: 'Team' }) team: Team }
@Schema({ collection: 'notes' }) export class Note { @Prop({ type: Number }) _id: number; @Prop(String) text: string }
@Schema({ _id: false }) export class Part { @Prop() a: string }
export const UserSchema = SchemaFactory.createForClass(User);
export const NoteSchema = SchemaFactory.createForClass(Note);`,
      'module.ts': `import AutoIncrementFactory from 'mongoose-sequence';
import { NoteSchema } from './user';
const useFactory = (connection) => { const AutoIncrement = AutoIncrementFactory(connection); NoteSchema.plugin(AutoIncrement, { id: 'note' }); };`,
    };
    expect(summary(files)).toEqual([
      'User(users)._id* random: no _id declared: an ObjectId',
      'User(users).slug assigned: @Prop({ unique: true })',
      "Note(notes)._id* sequential: plugin(AutoIncrement, { id: 'note' })",
    ]);
    expect(read(files)[0]).toMatchObject({ fields: ['_id', 'slug', 'name', 'team'], relations: ['Team'] });
  });
});

describe('hostile projects', () => {
  it('end in time on cycles', () => {
    const names = Array.from({ length: 40 }, (_, index) => String(index));
    const stars = names.map((name) => `export * from './f${name}';`).join('\n');
    const files = Object.fromEntries(
      names.map((name) => [
        `f${name}.ts`,
        `${stars}
import { Missing, Entity } from './f${String((Number(name) + 1) % 40)}';
@Entity() export class A${name} extends Missing {}
export const o${name} = { ${names.map((other) => `...o${other}`).join(', ')} };
export const p = () => q(); export const q = () => p();
sequelize.define('A', { ...o${name}, id: { defaultValue: p } });`,
      ]),
    );
    expect(read(files).every((entity) => entity.name === 'A')).toBe(true);
  });

  it('never throw', () => {
    const words = (
      'import { Entity , PrimaryGeneratedColumn } from "typeorm" ; @Entity() class A extends B @PrimaryGeneratedColumn( ) id const schema = new Schema({ ' +
      "} mongoose.model( 'User' , schema ) schema.plugin( sequelize.define( DataTypes.STRING => ( ) super.init( this module.exports = require( './a' ) ..."
    ).split(' ');
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words)), (parts) => {
        const text = parts.join(' ');
        for (const entity of read({ 'a.ts': text, 'b.js': `const mongoose = require('mongoose');${text}` })) {
          expect(entity.name).not.toBe('');
        }
      }),
    );
  });
});

describe('fields that are changed on their way to the database', () => {
  const treated = (files: Files): Record<string, unknown> =>
    Object.fromEntries(
      read(files).map((entity) => [entity.name, entity.treated instanceof Set ? [...entity.treated] : entity.treated]),
    );
  const user = (members: string, more = ''): Files => ({
    'user.ts': `import { BeforeInsert, Column, Entity } from 'typeorm';
import { hash } from 'bcrypt';
import { sealed } from './sealed.js';
${more}
@Entity() export class User { ${members} }`,
  });
  test.each<[string, Files, unknown]>([
    ['nothing', user('@Column() password: string'), undefined],
    ['a transformer', user('@Column({ transformer: sealed }) iban: string'), ['iban']],
    ['a setter', user('@Column() iban: string; set secret(text: string) {}'), ['secret']],
    ['options that a function makes', user('@Column(encrypted()) iban: string'), ['iban']],
    ['a hook', user('@BeforeInsert() async seal() { this.password = await hash(this.password, 12); }'), ['password']],
    ['a hook that only reads', user('@BeforeInsert() check() { if (!this.password) throw new Error(); }'), undefined],
    [
      'a hook that calls a method',
      user('@BeforeInsert() seal() { this.hashAll(); } hashAll() { this.pin = hash(this.pin); }'),
      ['pin'],
    ],
    ['a hook that hands the record on', user('@BeforeInsert() seal() { sealed(this); }'), 'all'],
    ['a hook by a computed name', user('@BeforeInsert() seal() { this[name] = hash(this[name]); }'), 'all'],
  ])('%s', (_, files, expected) => {
    expect(treated(files)['User']).toEqual(expected);
  });

  test.each<[string, string, unknown]>([
    ['a hook', "schema.pre('save', function () { this.pin = hash(this.pin); });", ['pin']],
    ['a hook before reads', "schema.pre('find', function () { this.pin = 1; });", undefined],
    ['a harmless plugin', "schema.plugin(require('mongoose-paginate-v2'));", undefined],
    ['a plugin that nobody knows', "schema.plugin(require('mongoose-vault'));", 'all'],
    ['a setter of a path', "schema.path('pin').set(hash);", ['pin']],
  ])('Mongoose: %s', (_, more, expected) => {
    const text = `const mongoose = require('mongoose');
const schema = new mongoose.Schema({ pin: String });
${more}
mongoose.model('User', schema);`;
    expect(treated({ 'user.js': text })['User']).toEqual(expected);
  });
});
