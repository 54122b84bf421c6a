import type { CallExpression, Expression, FileFacts, FunctionFacts } from '../../facts/file-facts.js';
import type { Place } from '../../finding/place.js';
import type { DeclarationFiles } from './declaration-files.js';
import { placeIn } from './declared-entity.js';
import { findValue, lastName, stringOf } from './literal-values.js';
import { printExpression } from './print-expression.js';
import { allFunctions, visitExpressions, visitStatements } from './walk-facts.js';

/** A call of a schema's `plugin`, `pre` or `add`. */
export interface SchemaHook {
  readonly file: FileFacts;
  readonly call: CallExpression;
  readonly method: string;
}

/** A field that a plugin or a hook counts up. */
export interface MongooseCounter {
  readonly field: string;
  readonly evidence: string;
  readonly place: Place;
}

const countingPackages = new Set([
  'mongoose-sequence',
  'mongoose-auto-increment',
  'mongoose-plugin-autoinc',
  '@typegoose/auto-increment',
]);
const countingName = /auto_?inc|increment/i;

/** The fields that are counted by plugins, and by `pre('save')` hooks that draw from a counter document with `$inc`. */
export function findCounters(files: DeclarationFiles, hooks: readonly SchemaHook[]): readonly MongooseCounter[] {
  return hooks.flatMap((hook): MongooseCounter[] => {
    const fields =
      hook.method === 'plugin'
        ? findPluginFields(files, hook)
        : hook.method === 'pre'
          ? findHookFields(files, hook)
          : [];
    const { file, call } = hook;
    const [first, second] = call.args;
    const shown = [first, second].filter((arg) => arg !== undefined).map(printExpression);
    return fields.map((field) => ({
      field,
      evidence: `${hook.method}(${shown.join(', ')})`,
      place: placeIn(file, call),
    }));
  });
}

function findPluginFields(files: DeclarationFiles, { file, call }: SchemaHook): readonly string[] {
  const [plugin, options] = call.args;
  if (!plugin) return [];
  const settings = files.findProperties(file, options);
  const named = stringOf(findValue(settings, 'inc_field', 'field', 'incField'));
  const fields = named === undefined ? ['_id'] : [named];
  const meaning = files.follow(file, plugin);
  switch (meaning?.kind) {
    case 'package':
      return countingPackages.has(meaning.source) ? fields : [];
    case 'value': {
      // `require('mongoose-sequence')(mongoose)`.
      const maker = meaning.value.kind === 'call' ? files.follow(meaning.file, meaning.value.callee) : undefined;
      return maker?.kind === 'package' && countingPackages.has(maker.source) ? fields : [];
    }
    case 'function': {
      if (!increments(meaning.file, meaning.function)) return [];
      const assigned = named === undefined ? findCountedFields(meaning.file, meaning.function) : [];
      return assigned.length > 0 ? assigned : fields;
    }
    case undefined:
      return countingName.test(printExpression(plugin)) ? fields : [];
    default:
      return [];
  }
}

function findHookFields(files: DeclarationFiles, { file, call }: SchemaHook): readonly string[] {
  const [event, handler] = call.args;
  const events = event?.kind === 'array' ? event.items : [event];
  if (!handler || !events.some((each) => ['save', 'validate'].includes(stringOf(each) ?? ''))) return [];
  const meaning = files.follow(file, handler);
  if (meaning?.kind !== 'function' || !increments(meaning.file, meaning.function)) return [];
  return findCountedFields(meaning.file, meaning.function);
}

/** Whether a function, or one within it, uses MongoDB's `$inc`. */
function increments(file: FileFacts, fn: FunctionFacts): boolean {
  return allExpressions(file, fn).some(
    (expression) =>
      expression.kind === 'object' &&
      expression.properties.some((property) => property.kind !== 'spread' && property.key === '$inc'),
  );
}

/** What a counter document calls its number. */
const counterValue = /^(?:seq|count|value|next|current|last)/i;

/** The fields of `this` that are set to a counter's number: `this.userId = counter.seq`. */
function findCountedFields(file: FileFacts, fn: FunctionFacts): readonly string[] {
  const documents = new Set<string>();
  for (const inner of allFunctions(file, fn)) {
    visitStatements(inner.body ?? [], (statement) => {
      if (statement.kind === 'let' && statement.pattern.kind === 'name' && statement.value?.kind === 'this') {
        documents.add(statement.pattern.name);
      }
    });
  }
  return allExpressions(file, fn).flatMap((expression) => {
    if (expression.kind !== 'assign' || expression.target.kind !== 'target') return [];
    const { target } = expression.target;
    if (target.kind !== 'member' || expression.value.kind !== 'member') return [];
    const own = target.object.kind === 'this' || documents.has(lastName(target.object) ?? '');
    return own && counterValue.test(expression.value.property) ? [target.property] : [];
  });
}

function allExpressions(file: FileFacts, fn: FunctionFacts): readonly Expression[] {
  const found: Expression[] = [];
  for (const each of allFunctions(file, fn)) visitExpressions(each.body ?? [], (expression) => found.push(expression));
  return found;
}
