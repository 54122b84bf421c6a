import { emptyFacts } from '../facts/empty-facts.js';
import { sameText } from './text-shape.js';
import { externalValue, originOf, textOf, wholeFile, type ExternalValue, type Origin, type Value } from './value.js';

/** Whether it is surely truthy or falsy. */
export function truthOf(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'literal':
      return Boolean(value.value);
    case 'undefined':
      return false;
    case 'object':
    case 'array':
    case 'function':
    case 'native':
    case 'class':
      return true;
    case 'external':
      return value.path === falsyPath ? false : truthOfTest(value);
    case 'text':
      // An address of which a record is kept begins with a slash.
      if (value.ask) return true;
      return value.parts.some((part) => part.kind === 'literal' && Boolean(part.value)) ? true : undefined;
    default:
      return undefined;
  }
}

/** What a test of constants gives. */
export function truthOfTest(value: ExternalValue): boolean | undefined {
  if (!value.call || value.at.root.step !== 'global#') return undefined;
  const [left, right] = value.call.args;
  switch (value.path) {
    case 'global#!()': {
      const truth = left && truthOf(left);
      return truth === undefined ? undefined : !truth;
    }
    case 'global#===()':
    case 'global#==()':
    case 'global#!==()':
    case 'global#!=()':
      if (!left || !right) return undefined;
      if (!isConstant(left) || !isConstant(right)) {
        const same = sameText(left, right);
        return same === undefined ? undefined : same !== value.path.includes('!');
      }
      return sameConstant(left, right, !/[=!]==/.test(value.path)) !== value.path.includes('!');
    case 'global#instanceof()':
      if (right?.kind !== 'external' || right.path !== 'global#RegExp') return undefined;
      return left && typeNameOf(left) === 'string'
        ? false
        : left?.kind === 'external' && isRegex(left)
          ? true
          : undefined;
    default:
      return undefined;
  }
}

function isRegex(value: ExternalValue): boolean {
  return value.path === 'global#RegExp()';
}

/** What `typeof` gives for a value whose kind is known. */
function typeNameOf(value: Value): string | undefined {
  switch (value.kind) {
    case 'literal':
      return value.value === null ? 'object' : typeof value.value;
    case 'text':
      return 'string';
    case 'function':
      return 'function';
    case 'external':
      return isRegex(value) ? 'object' : undefined;
    default:
      return undefined;
  }
}

/** `typeof value === 'string'` */
export function hasType(left: Value, right: Value): boolean | undefined {
  const operand = typeOperand(left);
  const name = operand === left ? undefined : typeNameOf(operand);
  const asked = textOf(right);
  return name === undefined || asked === undefined ? undefined : name === asked;
}

export function typeOperand(value: Value): Value {
  return value.kind === 'external' && value.path === 'global#typeof()' ? (value.call?.args[0] ?? value) : value;
}

/** What is falsy, whatever else it is. */
export const falsyPath = '?falsy';
const nowhere: Origin = { file: emptyFacts(''), span: wholeFile };

/** The falsy rest of `a && b` where `a` may be truthy: what it was matters no more. */
export function asFalsy(value: Value): Value {
  return externalValue(falsyPath, originOf(value) ?? nowhere);
}

/** What has no members: to ask for one throws. */
export function isNothing(value: Value): boolean {
  return value.kind === 'undefined' || (value.kind === 'literal' && value.value === null);
}

export function isMissing(value: Value): boolean {
  if (value.kind === 'undefined' || value.kind === 'unknown' || value.kind === 'external') return true;
  return value.kind === 'literal' && value.value === null;
}

export function isConstant(value: Value): boolean {
  return value.kind === 'literal' || value.kind === 'undefined';
}

/** @param loosely As `==` compares, for which `null` and `undefined` are one. */
export function sameConstant(a: Value, b: Value, loosely: boolean): boolean {
  const left = a.kind === 'literal' ? a.value : undefined;
  const right = b.kind === 'literal' ? b.value : undefined;
  return left === right || (loosely && (left ?? undefined) === (right ?? undefined));
}

/** What equality with a constant says of the other side's truth. */
export function constantSense(constant: Value, typeofSide: boolean): boolean | undefined {
  if (constant.kind === 'undefined') return false;
  if (constant.kind !== 'literal') return undefined;
  if (typeofSide) return constant.value === 'undefined' ? false : constant.value === 'object' ? undefined : true;
  if (constant.value === null || constant.value === false || constant.value === '' || constant.value === 0)
    return false;
  // `list.indexOf(x) === -1`: it is not there.
  return constant.value !== -1;
}
