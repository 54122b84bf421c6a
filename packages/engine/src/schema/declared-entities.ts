import type { FileFacts } from '../facts/file-facts.js';
import { comparePlaces } from '../finding/place.js';
import type { DeclarationFiles } from './declared/declaration-files.js';
import { readDrizzleTables } from './declared/read-drizzle.js';
import { readKnexTables } from './declared/read-knex.js';
import { readKyselyTables } from './declared/read-kysely.js';
import { readMikroOrmClasses, readMikroOrmSchemas } from './declared/read-mikroorm.js';
import { collectSchemaHooks, readMongooseClasses, readMongooseModels } from './declared/read-mongoose.js';
import { readSequelizeClasses } from './declared/read-sequelize-classes.js';
import { readSequelizeModels } from './declared/read-sequelize.js';
import { readTypeormClasses, readTypeormSchemas } from './declared/read-typeorm.js';
import { ModelHooks } from './declared/sequelize-hooks.js';
import { collectSubscribers } from './declared/typeorm-subscribers.js';
import type { Entity } from './entity.js';

/**
 * The entities that code declares for TypeORM, MikroORM, Sequelize, Mongoose, Drizzle, Knex and Kysely, in the order of their places. Libraries are known by
 * the names under which they are imported; base classes, schemas and plugins are followed over the project's files.
 */
export function readDeclaredEntities(declarations: DeclarationFiles): readonly Entity[] {
  const all = [...declarations.all()];
  const sources = new Set<string>();
  for (const { imports, required } of all) {
    for (const { source } of imports) sources.add(source);
    for (const source of required) sources.add(source);
  }
  const imports = (name: RegExp): boolean => [...sources].some((source) => name.test(source));
  // A library that no file of the project imports declares nothing in it. Sequelize's model files may import nothing themselves.
  const usesMikroOrm = imports(/^@mikro-orm\//);
  const usesDrizzle = imports(/^drizzle-orm\/\w+-core$/);
  const usesKnex = imports(/^(knex|objection|bookshelf)$/);
  const usesKysely = imports(/^kysely$/);
  const usesMongoose = imports(/mongoose|typegoose/);
  const usesTypeormSchemas = all.some(namesEntitySchema);
  const subscribers = collectSubscribers(declarations);
  const modelHooks = new ModelHooks(declarations);
  const hooks = usesMongoose ? collectSchemaHooks(declarations) : undefined;
  const entities: Entity[] = [];
  for (const file of declarations.all()) {
    entities.push(
      ...readTypeormClasses(declarations, file, subscribers),
      ...(usesTypeormSchemas ? readTypeormSchemas(declarations, file, subscribers) : []),
      ...readSequelizeModels(declarations, file, modelHooks),
      ...readSequelizeClasses(declarations, file, modelHooks),
    );
    if (usesMikroOrm)
      entities.push(...readMikroOrmClasses(declarations, file), ...readMikroOrmSchemas(declarations, file));
    if (usesKnex) entities.push(...readKnexTables(declarations, file));
    if (usesKysely) entities.push(...readKyselyTables(declarations, file));
    if (usesDrizzle) entities.push(...readDrizzleTables(declarations, file));
    if (hooks)
      entities.push(
        ...readMongooseModels(declarations, file, hooks),
        ...readMongooseClasses(declarations, file, hooks),
      );
  }
  return entities.sort((a, b) => comparePlaces(a.place, b.place));
}

/** Whether a file imports TypeORM's class for schemas, by its name or with all the rest. */
function namesEntitySchema(file: FileFacts): boolean {
  const isWhole = (imported: string): boolean => imported === '*' || imported === 'default';
  return (
    file.imports.some(
      ({ source, imported }) => imported === 'EntitySchema' || (source === 'typeorm' && isWhole(imported)),
    ) || file.required.includes('typeorm')
  );
}
