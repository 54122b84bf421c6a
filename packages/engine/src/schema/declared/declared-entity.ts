import type { Expression, FileFacts, Span } from '../../facts/file-facts.js';
import type { Place } from '../../finding/place.js';
import type { Entity, Identifier, IdentifierKind, TreatedFields } from '../entity.js';
import { createPlaces } from '../text-places.js';
import { printExpression } from './print-expression.js';

/** What decides how a key comes about, in words. */
export interface Decision {
  readonly kind: IdentifierKind;
  readonly evidence: string;
}

/** A column as a declaration tells of it. */
export interface DeclaredColumn extends Decision {
  readonly field: string;
  readonly column: string;
  readonly primary: boolean;
  readonly unique: boolean;
  readonly place: Place;
}

export interface DeclaredEntity {
  readonly name: string;
  readonly table: string;
  readonly origin: Entity['origin'];
  readonly place: Place;
  readonly columns: readonly DeclaredColumn[];
  readonly relations: readonly string[];
  readonly treated?: TreatedFields;
}

export function placeIn(file: FileFacts, span: Span): Place {
  return createPlaces(file.path, file.lineStarts).place(span.start, span.end);
}

export function decideBy(kind: IdentifierKind, expression: Expression): Decision {
  return { kind, evidence: printExpression(expression) };
}

/** Keeps of the columns those that identify a record. */
export function toEntity({ columns, relations, ...declared }: DeclaredEntity): Entity {
  const identifiers = columns.flatMap(({ unique, ...column }): Identifier[] =>
    column.primary || unique || column.kind === 'sequential' ? [column] : [],
  );
  return {
    ...declared,
    identifiers,
    fields: columns.map((column) => column.field),
    relations: [...new Set(relations)],
    declaredAt: new Map(columns.map(({ field, place }) => [field, place])),
  };
}
