import { limits } from '../limits.js';
import type { ExternalValue, Value } from '../program/value.js';
import { placeOf } from './place-of.js';
import type { ChainState } from './chain.js';

/**
 * What can be told apart of two states behind the same layer. Where a layer does the same for two routes, what stands
 * behind it is followed once for both.
 */
export function signatureOf(state: ChainState | undefined): string {
  if (!state) return '';
  const { proofs, guards, unknown, optional, bypasses, ignored, decoded, tests, queries, limiters, records } = state;
  return JSON.stringify([
    proofs.map((proof) => [proof.kind, proof.name, proof.by, placeOf(proof.origin)]),
    guards.map((guard) => [guard.name, guard.verdict, guard.proves, guard.why, guard.place]),
    [unknown, optional, bypasses.length, ignored.length, decoded.length, queries.length],
    tests.map((test) => [test.truthy, placeOf(test.origin)]),
    limiters.map((limiter) => [limiter.by, limiter.place]),
    records.length,
    writtenTo(state.request),
    writtenTo(state.response),
  ]);
}

function writtenTo(object: ExternalValue): readonly string[] {
  const own = object.hasProperties() ? [...object.properties] : [];
  const inner = [...object.knownMembers()].flatMap(([name, member]) =>
    member.hasProperties() ? [...member.properties].map(([key, value]) => [`${name}.${key}`, value] as const) : [],
  );
  return [...own, ...inner].map(([name, value]) => `${name}=${written(value, 0)}`);
}

function written(value: Value, depth: number): string {
  if (depth > limits.stateDepth) return '';
  switch (value.kind) {
    case 'literal':
      return JSON.stringify(value.value);
    case 'external':
      return `${value.path}@${String(value.origin.span.start)}`;
    case 'union':
      return value.options
        .map((option) => `${written(option.value, depth + 1)}:${String(option.proofs.length)}`)
        .join('|');
    case 'text':
      return value.parts.map((part) => written(part, depth + 1)).join('+');
    case 'object':
    case 'array':
      return `${value.kind}@${String(value.origin.span.start)}`;
    default:
      return value.kind;
  }
}
