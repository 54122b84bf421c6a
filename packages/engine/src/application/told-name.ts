import { limits } from '../limits.js';
import { identifies } from '../program/proof.js';
import { textOf, type ExternalValue, type Value } from '../program/value.js';
import { mentionsCaller } from './caller.js';
import type { CatalogSemantics } from './catalog-semantics.js';
import { inputOf } from './input-of.js';
import { isSecretColumn } from './secret-column.js';
import { listedInputs } from './shapes/setting-schemas.js';

/**
 * Who has named something: the `request` alone, the `caller` that was proved, or the `program`. `unknown` where something else
 * has a part in the name that the request cannot know: a number that was drawn, a record.
 */
export type NamedBy = 'request' | 'caller' | 'program' | 'unknown';

export function namedIn(value: Value, semantics: CatalogSemantics, depth = 0): NamedBy {
  if (depth > limits.inputDepth) return 'unknown';
  const inner = (item: Value): NamedBy => namedIn(item, semantics, depth + 1);
  switch (value.kind) {
    case 'literal':
    case 'undefined':
      return 'program';
    case 'text':
      return namedByAll(value.parts.map(inner));
    case 'array':
      return value.open && value.items.length === 0 ? 'unknown' : namedByAny(value.items.map(inner));
    case 'union':
      // What is named where somebody was proved is no way for others.
      return namedByAny(
        value.options.filter((option) => !option.proofs.some(identifies)).map((option) => inner(option.value)),
      );
    case 'external':
      return mentionsCaller(value, semantics) ? 'caller' : namedByExternal(value, semantics, inner);
    default:
      return 'unknown';
  }
}

function namedByExternal(value: ExternalValue, semantics: CatalogSemantics, inner: (item: Value) => NamedBy): NamedBy {
  if (semantics.isSetting(value)) return 'program';
  const { receiver, call } = value;
  if (listedInputs.get(value)) return 'program';
  if (!call) {
    const input = value.path.includes('()') ? undefined : inputOf(value, semantics.catalog);
    if (input === undefined) return receiver ? inner(receiver) : 'unknown';
    return isPlain(input) ? 'request' : 'unknown';
  }
  const converts = semantics.catalog.find(value.at)?.converts;
  if (converts === 'arguments' || value.path === 'global#+()') return namedByAll(call.args.map(inner));
  if (converts === 'receiver') return receiver ? inner(receiver) : 'unknown';
  if (converts !== undefined) {
    const converted = call.args[converts];
    return converted ? inner(converted) : 'unknown';
  }
  if (value.yields && value.path.endsWith('.map()')) return inner(value.yields);
  if (sameText.test(value.path) && receiver) return inner(receiver);
  // `c.req.param('key')`
  const input = receiver?.kind === 'external' && !receiver.call ? inputOf(value, semantics.catalog) : undefined;
  return input !== undefined && inputOf(receiver, semantics.catalog) === undefined && isPlain(input)
    ? 'request'
    : 'unknown';
}

/** Methods after which a text still names the same. */
const sameText =
  /\.(trim|trimStart|trimEnd|toLowerCase|toUpperCase|toString|replace|replaceAll|split|join|slice|substring|normalize|at|pop|shift|concat)\(\)$/;

/** What everybody can write who knows a name; nobody can write what only one was told. */
function isPlain(input: string): boolean {
  const [head = ''] = input.split('.', 1);
  const last = input.slice(input.lastIndexOf('.') + 1);
  return /^(params|query|body|args)$/.test(head) && !isSecretColumn(last) && !/share|public|invite|ticket/i.test(last);
}

/** All of them together make the name. */
function namedByAll(parts: readonly NamedBy[]): NamedBy {
  return (['unknown', 'caller', 'request'] as const).find((by) => parts.includes(by)) ?? 'program';
}

/** One of them is the name. */
function namedByAny(options: readonly NamedBy[]): NamedBy {
  return (['request', 'unknown', 'caller'] as const).find((by) => options.includes(by)) ?? 'program';
}

/** What is written down of a name, and the variables of the environment that it is taken from. */
export function textsIn(value: Value): readonly string[] {
  switch (value.kind) {
    case 'text':
      return value.parts.flatMap((part) => textsIn(part));
    case 'union':
      return value.options.flatMap((option) => textsIn(option.value));
    case 'external': {
      const variable = /^global#process\.env\.(\w+)$/.exec(value.path)?.[1];
      if (variable !== undefined) return [variable];
      return value.call && /[+]\(\)$|join\(\)$/.test(value.path) ? value.call.args.flatMap((arg) => textsIn(arg)) : [];
    }
    default: {
      const text = textOf(value);
      return text === undefined ? [] : [text];
    }
  }
}
