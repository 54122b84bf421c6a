import type { Place } from '../finding/place.js';

/**
 * How a record's key comes about. `sequential`: counted by the database or by hand, so that the next one can be named;
 * `random`: cannot be enumerated (uuid, cuid, nanoid, ObjectId); `assigned`: given by the caller or taken from elsewhere.
 */
export type IdentifierKind = 'sequential' | 'random' | 'assigned' | 'unknown';

export interface Identifier {
  /** The field as code names it. */
  readonly field: string;
  /** The column as the database names it. */
  readonly column: string;
  readonly kind: IdentifierKind;
  readonly primary: boolean;
  /** The words that decide it, as written: `@default(autoincrement())`, `SERIAL`, `no primary key declared`. */
  readonly evidence: string;
  readonly place: Place;
}

/** A model, entity class, collection or table. */
export interface Entity {
  /** As code names it: `User`. */
  readonly name: string;
  /** As the database names it: `users`. */
  readonly table: string;
  readonly origin: 'prisma' | 'sql' | 'typeorm' | 'sequelize' | 'mongoose' | 'mikroorm' | 'drizzle' | 'knex' | 'kysely';
  readonly place: Place;
  /** The primary key and every further column that counts or is unique. */
  readonly identifiers: readonly Identifier[];
  /** Names of all fields, as code names them. */
  readonly fields: readonly string[];
  /** Names of the entities that fields of this one refer to. */
  readonly relations: readonly string[];
  /** Where fields are declared. */
  readonly declaredAt?: ReadonlyMap<string, Place>;
  readonly treated?: TreatedFields;
}

/**
 * Fields whose values the entity's own code changes on their way into the database: hooks, setters, transformers.
 * `all` where some of that code could not be followed.
 */
export type TreatedFields = ReadonlySet<string> | 'all';

export interface SchemaProblem {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

export interface SchemaResult {
  readonly entities: readonly Entity[];
  readonly problems: readonly SchemaProblem[];
}
