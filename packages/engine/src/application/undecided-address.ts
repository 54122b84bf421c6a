import { limits } from '../limits.js';
import { conditionsSince } from '../program/condition.js';
import type { Flow } from '../program/proof.js';
import { includesPath } from '../program/native-members.js';
import { shapesOfRegex } from '../program/regex-shape.js';
import type { Value } from '../program/value.js';

/** What asks a text, or a list of texts, and is undecided where a caller may choose the spelling. */
const question = /^\?\.(?:startsWith|endsWith|includes|indexOf|match)\(\)$/;
const test = 'global#RegExp().test()';
const equality = /^global#[!=]==?\(\)$/;

/**
 * Whether a request gets on this way by a test of where it goes that cannot be followed: for one route the test says yes and for another
 * no, and nobody can tell for which. A test that is undecided for the spelling alone is not meant: there the caller chooses.
 */
export function hangsOnAddress(flow: Flow): boolean {
  return conditionsSince(flow.condition, undefined).some(({ values }) => isUndecided(values, 0));
}

function isUndecided(values: readonly Value[], depth: number): boolean {
  if (depth > limits.questionDepth) return false;
  // Two texts that are compared.
  if (values.length === 2 && values.some(isAddress))
    return !values.every((value) => isAddress(value) || isWritten(value));
  return values.some((value) => {
    if (value.kind === 'union')
      return isUndecided(
        value.options.map((option) => option.value),
        depth + 1,
      );
    if (value.kind !== 'external') return false;
    const { path, call, receiver } = value;
    const args = call?.args ?? [];
    if (equality.test(path)) return isUndecided(args, depth + 1);
    if (question.test(path) && receiver && isAddress(receiver)) return !isWritten(args[0]);
    if (path === test && args[0] && isAddress(args[0])) return !isWritten(receiver);
    const [list, item] = args;
    if (path === includesPath && item && isAddress(item)) return !isWritten(list);
    // What a callback asks of each item of a list.
    const { yields } = value;
    const parts = [...(receiver ? [receiver] : []), ...args, ...(yields ? [yields] : [])];
    return parts.some((part) => isAddress(part) || isUndecided([part], depth + 1));
  });
}

function isAddress(value: Value): boolean {
  return (
    value.kind === 'text' &&
    (value.address === true || value.parts.some((part) => part.kind === 'text' && part.address))
  );
}

function isWritten(value: Value | undefined): boolean {
  switch (value?.kind) {
    case 'literal':
    case 'text':
    case 'undefined':
      return true;
    case 'array':
      return !value.open && value.items.every(isWritten);
    case 'external':
      return shapesOfRegex(value) !== undefined;
    default:
      return false;
  }
}
