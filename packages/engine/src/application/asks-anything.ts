import type { FunctionFacts } from '../facts/file-facts.js';
import { limits } from '../limits.js';

/** Conversions, answers and messages: calls that ask nobody. */
const plain = /^(done|cb|callback|next|Number|String|Boolean|BigInt|parseInt|parseFloat|super|require)$/;
const logs = /^(console|log|logger|debug)$/i;

/** Whether a function calls something that may look up what it was handed; functions within it count. */
export function asksAnything(facts: FunctionFacts, functions: readonly FunctionFacts[]): boolean {
  return (facts.body ?? []).some((statement) => callsWithin(statement, functions, 0));
}

function callsWithin(node: unknown, functions: readonly FunctionFacts[], depth: number): boolean {
  if (typeof node !== 'object' || node === null) return false;
  if (depth > limits.syntaxDepth) return true;
  const { kind, callee, id, ...rest } = node as { kind?: unknown; callee?: unknown; id?: unknown; new?: unknown };
  // What is made is mostly an error.
  if (kind === 'call' && rest.new !== true && !isPlain(callee)) return true;
  const inner = kind === 'function' && typeof id === 'number' ? functions[id] : undefined;
  if (inner && asksAnything(inner, functions)) return true;
  return Object.values(node).some((item) => callsWithin(item, functions, depth + 1));
}

function isPlain(callee: unknown): boolean {
  const { kind, name, object, property } = callee as {
    kind?: unknown;
    name?: unknown;
    object?: unknown;
    property?: unknown;
  };
  if (kind === 'name') return typeof name === 'string' && plain.test(name);
  if (kind !== 'member') return false;
  const owner = object as { kind?: unknown; name?: unknown; property?: unknown };
  const named = owner.kind === 'name' ? owner.name : owner.property;
  return (
    (typeof named === 'string' && logs.test(named)) ||
    (typeof property === 'string' && /^(toString|trim|includes|startsWith|map|filter|some|every)$/.test(property))
  );
}
