import type { Expression, FileFacts, FunctionFacts } from '../../facts/file-facts.js';
import type { DeclarationFiles } from '../declared/declaration-files.js';
import { lastName } from '../declared/literal-values.js';
import { Treatment } from '../declared/treated-fields.js';
import { allFunctions, visitExpressions } from '../declared/walk-facts.js';
import type { Entity } from '../entity.js';

const extending = /\$(?:extends|use)/;

/**
 * The models with what extensions and middlewares of the client change of their fields. One of the project's own may be for any model;
 * one of a package for any field, unless its name says what it is for: https://www.prisma.io/docs/orm/prisma-client/client-extensions/query
 */
export function treatPrismaModels(models: readonly Entity[], files: DeclarationFiles): readonly Entity[] {
  if (models.length === 0) return models;
  const treatment = new Treatment(files);
  for (const file of files.all()) {
    for (const { call } of files.callsNear(file, extending)) {
      const method = call.callee.kind === 'member' ? call.callee.property : undefined;
      if (method !== '$extends' && method !== '$use') continue;
      for (const arg of call.args) addExtension(treatment, file, arg);
    }
  }
  const { treated } = treatment;
  if (treated === undefined) return models;
  return models.map((model) => ({ ...model, treated: join(model.treated, treated) }));
}

function join(a: Entity['treated'], b: NonNullable<Entity['treated']>): NonNullable<Entity['treated']> {
  return a === undefined ? b : a === 'all' || b === 'all' ? 'all' : new Set([...a, ...b]);
}

/** Extensions that change no value that is written, and one that encrypts the fields that the schema marks. */
const harmless =
  /accelerate|read-?replica|pulse|optimize|pagina|cache|soft-?delet|metrics|opentelemetry|field-encryption/i;

function addExtension(treatment: Treatment, file: FileFacts, extension: Expression): void {
  const meaning = treatment.files.follow(file, extension);
  switch (meaning?.kind) {
    case 'function':
      addMiddleware(treatment, meaning.file, meaning.function);
      return;
    case 'package':
      if (!harmless.test(meaning.source)) treatment.addAll();
      return;
    case 'value': {
      const { value } = meaning;
      if (value.kind === 'object') {
        addQueries(treatment, meaning.file, value);
        return;
      }
      if (value.kind !== 'call') break;
      // `Prisma.defineExtension({ query })`
      const [first] = value.args;
      if (lastName(value.callee) === 'defineExtension' && first) {
        addExtension(treatment, meaning.file, first);
        return;
      }
      const maker = treatment.files.follow(meaning.file, value.callee);
      if (maker?.kind === 'package' && harmless.test(maker.source)) return;
      if (maker?.kind === 'function') {
        addMiddleware(treatment, maker.file, maker.function);
        return;
      }
      break;
    }
    default:
  }
  treatment.addAll();
}

/** `{ query: { user: { create({ args, query }) { … } } } }`; what computes results changes nothing that is stored. */
function addQueries(treatment: Treatment, file: FileFacts, extension: Expression): void {
  const query = treatment.files.findProperties(file, extension)?.find(({ key }) => key === 'query');
  if (query) addOperations(treatment, query.file, query.value);
}

function addOperations(treatment: Treatment, file: FileFacts, operations: Expression): void {
  const properties = treatment.files.findProperties(file, operations);
  for (const { file: where, value } of properties ?? []) addOperations(treatment, where, value);
  if (properties) return;
  const meaning = treatment.files.follow(file, operations);
  if (meaning?.kind === 'function') addMiddleware(treatment, meaning.file, meaning.function);
  else treatment.addAll();
}

/** What is handed the arguments of a query as a whole, other than the query itself, may change any field of them. */
function addMiddleware(treatment: Treatment, file: FileFacts, fn: FunctionFacts): void {
  treatment.addFunction(file, fn);
  for (const each of allFunctions(file, fn)) {
    visitExpressions(each.body ?? [], (expression) => {
      if (
        expression.kind !== 'call' ||
        /^(query|next|log|info|debug|keys|isArray)$/.test(lastName(expression.callee) ?? '')
      )
        return;
      if (expression.args.some((arg) => /^(args|data|params|create|update)$/.test(lastName(arg) ?? '')))
        treatment.addAll();
    });
  }
}
