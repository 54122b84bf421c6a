import type { CallExpression, FileFacts } from '../../facts/file-facts.js';
import type { Entity } from '../entity.js';
import type { DeclarationFiles } from './declaration-files.js';
import { placeIn, toEntity } from './declared-entity.js';
import type { DeclaredColumn, Decision } from './declared-entity.js';
import { stringOf } from './literal-values.js';
import { printExpression } from './print-expression.js';

const creating = new Set(['createTable', 'createTableIfNotExists']);
const creatingWord = /createTable/;
/** https://knexjs.org/guide/schema-builder.html: what is no column of its own. */
const noColumn = new Set([
  'primary',
  'unique',
  'index',
  'foreign',
  'timestamps',
  'comment',
  'engine',
  'charset',
  'inherits',
]);

/** `knex.schema.createTable('users', (table) => { table.increments('id'); … })` */
export function readKnexTables(files: DeclarationFiles, file: FileFacts): readonly Entity[] {
  const makes = ({ callee }: CallExpression): boolean => callee.kind === 'member' && creating.has(callee.property);
  if (!files.callsNear(file, creatingWord).some(({ call }) => makes(call))) return [];
  const calls = files.callsOf(file);
  return calls.flatMap(({ call }): Entity[] => {
    const [first, body] = call.args;
    const table = stringOf(first);
    if (!makes(call) || !first || table === undefined) return [];
    if (body?.kind !== 'function') return [];
    const columns = new Map<CallExpression, Map<string, CallExpression>>();
    for (const site of calls) {
      if (site.functionId !== body.id) continue;
      const said = new Map<string, CallExpression>();
      const made = innermost(site.call, said);
      // The whole chain is visited first, what is inside of it later.
      if (made && !columns.has(made)) columns.set(made, said);
    }
    const read = [...columns].flatMap(([made, said]) => readColumn(file, made, said) ?? []);
    return [
      toEntity({
        name: table,
        table,
        origin: 'knex',
        place: placeIn(file, first),
        columns: read.map(({ column }) => column),
        relations: read.flatMap(({ refers }) => refers ?? []),
      }),
    ];
  });
}

/** `table.increments('id')` of `table.increments('id').primary()`, and what is said behind it. */
function innermost(call: CallExpression, said: Map<string, CallExpression>): CallExpression | undefined {
  let current = call;
  while (current.callee.kind === 'member') {
    const { object, property } = current.callee;
    if (object.kind !== 'call') return object.kind === 'name' ? current : undefined;
    said.set(property, current);
    current = object;
  }
  return undefined;
}

function readColumn(
  file: FileFacts,
  made: CallExpression,
  said: ReadonlyMap<string, CallExpression>,
): { readonly column: DeclaredColumn; readonly refers: string | undefined } | undefined {
  const type = made.callee.kind === 'member' ? made.callee.property : '';
  const counts = /^(big)?increments$/i.test(type);
  const name = stringOf(made.args[0]) ?? (counts ? 'id' : undefined);
  if (name === undefined || noColumn.has(type)) return undefined;
  const isPrimary = said.has('primary') || counts;
  const referred = stringOf(said.get('references')?.args[0]);
  const refers =
    stringOf(said.get('inTable')?.args[0]) ?? (referred?.includes('.') === true ? referred.split('.')[0] : undefined);
  return {
    column: {
      field: name,
      column: name,
      primary: isPrimary,
      unique: said.has('unique'),
      ...decide(made, type, counts, said),
      place: placeIn(file, made),
    },
    refers,
  };
}

function decide(
  made: CallExpression,
  type: string,
  counts: boolean,
  said: ReadonlyMap<string, CallExpression>,
): Decision {
  const evidence = printExpression(made);
  if (counts) return { kind: 'sequential', evidence };
  if (type === 'specificType' && /serial/i.test(stringOf(made.args[1]) ?? '')) return { kind: 'sequential', evidence };
  if (type === 'uuid') return { kind: 'random', evidence };
  const byDefault = said.get('defaultTo')?.args[0];
  const text = byDefault ? printExpression(byDefault) : '';
  if (/nextval/i.test(text)) return { kind: 'sequential', evidence };
  return { kind: /uuid|ulid|cuid/i.test(text) ? 'random' : 'assigned', evidence };
}
