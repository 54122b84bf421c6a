import type { CallExpression, FileFacts } from '../../facts/file-facts.js';
import type { Entity } from '../entity.js';
import type { DeclarationFiles } from './declaration-files.js';
import { placeIn, toEntity } from './declared-entity.js';
import type { DeclaredColumn, Decision } from './declared-entity.js';
import { stringOf } from './literal-values.js';
import { printExpression } from './print-expression.js';

const creating = /createTable/;

/** `db.schema.createTable('person').addColumn('id', 'serial', (column) => column.primaryKey())`: https://kysely.dev/docs/migrations */
export function readKyselyTables(files: DeclarationFiles, file: FileFacts): readonly Entity[] {
  if (!files.callsNear(file, creating).some(({ call }) => methodOf(call) === 'createTable')) return [];
  const calls = files.callsOf(file);
  const seen = new Set<CallExpression>();
  return calls.flatMap(({ call }): Entity[] => {
    const chain = chainOf(call);
    const made = chain[0];
    // The whole chain is visited first, what is inside of it later.
    if (!made || seen.has(made)) return [];
    seen.add(made);
    const [first] = made.args;
    const table = stringOf(first);
    const added = chain.filter((item) => methodOf(item) === 'addColumn');
    if (!first || table === undefined || added.length === 0) return [];
    const read = added.flatMap((item) => readColumn(file, item, saidIn(item, calls)) ?? []);
    return [
      toEntity({
        name: table,
        table,
        origin: 'kysely',
        place: placeIn(file, first),
        columns: read.map(({ column }) => column),
        relations: read.flatMap(({ refers }) => refers ?? []),
      }),
    ];
  });
}

/** The calls from `createTable` to this one; none where it does not lead there. */
function chainOf(call: CallExpression): readonly CallExpression[] {
  const chain: CallExpression[] = [];
  let current: CallExpression | undefined = call;
  while (current?.callee.kind === 'member') {
    chain.unshift(current);
    if (current.callee.property === 'createTable') return chain;
    const { object }: { readonly object: CallExpression['callee'] } = current.callee;
    current = object.kind === 'call' ? object : undefined;
  }
  return [];
}

function methodOf({ callee }: CallExpression): string {
  return callee.kind === 'member' ? callee.property : '';
}

/** What the function behind a column says of it, by the names of its calls. */
function saidIn(
  column: CallExpression,
  calls: ReturnType<DeclarationFiles['callsOf']>,
): ReadonlyMap<string, CallExpression> {
  const told = column.args[2];
  const said = new Map<string, CallExpression>();
  if (told?.kind !== 'function') return said;
  for (const site of calls) if (site.functionId === told.id) said.set(methodOf(site.call), site.call);
  return said;
}

function readColumn(
  file: FileFacts,
  made: CallExpression,
  said: ReadonlyMap<string, CallExpression>,
): { readonly column: DeclaredColumn; readonly refers: string | undefined } | undefined {
  const name = stringOf(made.args[0]);
  if (name === undefined) return undefined;
  const column: DeclaredColumn = {
    field: name,
    column: name,
    primary: said.has('primaryKey'),
    unique: said.has('unique') || said.has('primaryKey'),
    ...decide(made, said),
    place: placeIn(file, made),
  };
  return { column, refers: stringOf(said.get('references')?.args[0])?.split('.')[0] };
}

const counting = ['autoIncrement', 'identity', 'generatedAlwaysAsIdentity', 'generatedByDefaultAsIdentity'];

function decide(made: CallExpression, said: ReadonlyMap<string, CallExpression>): Decision {
  const [name, type] = made.args;
  const text = type ? (stringOf(type) ?? printExpression(type)) : '';
  const evidence = `addColumn(${[name, type].map((item) => (item ? printExpression(item) : '')).join(', ')})`;
  const byDefault = said.get('defaultTo')?.args[0];
  const given = byDefault ? printExpression(byDefault) : '';
  if (/serial|auto_?increment/i.test(text) || counting.some((item) => said.has(item)) || /nextval/i.test(given))
    return { kind: 'sequential', evidence };
  if (/uuid|ulid|cuid/i.test(given) || text === 'uuid') return { kind: 'random', evidence };
  return { kind: 'assigned', evidence };
}
