import { limits } from '../../limits.js';
import { spreadName } from '../native-members.js';
import type { Semantics } from '../semantics.js';
import {
  absentValue,
  literal,
  memberOf,
  optionsOf,
  originOf,
  unionOf,
  unknownValue,
  wholeFile,
  type ArrayValue,
  type ExternalValue,
  type ObjectValue,
  type UnionValue,
  type Value,
} from '../value.js';
import type { ExecutionState } from './execution-state.js';
import type { Parts } from './parts.js';

/** What objects and lists take from one another: `{ ...value }`, `Object.assign`, `[...value]`, the rounds of a loop. */
export class Spreads {
  constructor(
    private readonly state: ExecutionState,
    private readonly semantics: Semantics,
    private readonly parts: Parts,
  ) {}

  /** `{ ...value }` and `Object.assign(object, value)`. */
  assignAll(object: ObjectValue, value: Value): void {
    if (value.kind === 'union') {
      this.assignOneOf(object, value);
      return;
    }
    const known = value.kind === 'external' && value.call ? this.semantics.evaluateSpread(value) : undefined;
    if (known) this.assignAll(object, known);
    else if (value.kind === 'object') {
      for (const [name, inner] of value.properties)
        if (inner !== absentValue || !object.properties.has(name)) object.properties.set(name, inner);
      for (const spread of value.spread) this.addSpread(object, spread, value);
      if (value.classOf) addSpread(object, value);
    } else if (value.kind !== 'undefined' && value.kind !== 'literal') {
      this.addSpread(object, value);
      // What the program has written into it is known, whatever else is there.
      if (value.kind === 'external') for (const [name, inner] of writtenIn(value)) object.properties.set(name, inner);
    }
  }

  /** @param from The object that the spread was put into before: its own properties lie over it. */
  private addSpread(object: ObjectValue, value: Value, from?: ObjectValue): void {
    addSpread(object, value);
    // What the caller writes may have any property, those that were set before as well.
    if (value.kind !== 'external' || !this.semantics.isInput(value)) return;
    for (const [name, before] of object.properties) {
      if (from?.properties.has(name)) continue;
      object.properties.set(name, unionOf([...optionsOf(before), { value: memberOf(value, name), proofs: [] }]));
    }
  }

  /** A property that only some of the alternatives have is there or is not. */
  private assignOneOf(object: ObjectValue, { options }: UnionValue): void {
    const names = new Set(
      options.flatMap((option) => (option.value.kind === 'object' ? [...option.value.properties.keys()] : [])),
    );
    for (const name of names) {
      const before = object.properties.get(name) ?? absentValue;
      object.properties.set(
        name,
        unionOf(
          options.map((option) => ({
            ...option,
            value: (option.value.kind === 'object' ? option.value.properties.get(name) : undefined) ?? before,
          })),
        ),
      );
    }
    for (const { value } of options) {
      if (value.kind === 'object') {
        for (const spread of value.spread) this.addSpread(object, spread, value);
        if (value.classOf) addSpread(object, value);
      } else if (value.kind !== 'undefined' && value.kind !== 'literal') this.assignAll(object, value);
    }
  }

  /** `[...value]` */
  spreadInto(array: ArrayValue, value: Value): void {
    if (value.kind === 'array') {
      const room = limits.items - array.items.length;
      for (const item of value.items.slice(0, Math.max(0, room))) array.items.push(item);
      if (value.open || value.items.length > room) array.open = true;
    } else if (value.kind === 'union') {
      for (const option of value.options) this.spreadInto(array, option.value);
    } else if (value.kind !== 'undefined') {
      array.open = true;
      if (value.kind !== 'literal' && array.items.length < limits.items) array.items.push(value);
    }
  }

  /** What a loop over the value meets. */
  elementsOf(value: Value, keys = false): readonly Value[] {
    if (keys) {
      return value.kind === 'object'
        ? [...value.properties.keys()].slice(0, limits.loopRounds).map((name) => literal(name, value.origin))
        : [unknownValue];
    }
    if (value.kind === 'array') {
      const items = value.items.slice(0, limits.loopRounds);
      return value.open ? [...items, unknownValue] : items;
    }
    if (value.kind === 'union') return value.options.flatMap((option) => this.elementsOf(option.value));
    if (value.kind === 'undefined' || value.kind === 'literal') return [];
    return [this.parts.members.read(value, '0', originOf(value) ?? this.state.origin(wholeFile))];
  }
}

/** What the program has assigned to it and to its members: `args.where.ownerId = user.id`. */
function writtenIn(value: ExternalValue, depth = 0): ReadonlyMap<string, Value> {
  const written = new Map<string, Value>();
  if (depth > limits.recordWriteDepth) return written;
  for (const [name, member] of value.knownMembers()) {
    const inner = writtenIn(member, depth + 1);
    if (inner.size > 0)
      written.set(name, { kind: 'object', properties: new Map(inner), spread: [member], origin: member.origin });
  }
  if (value.hasProperties())
    for (const [name, inner] of value.properties) if (name !== spreadName) written.set(name, inner);
  return written;
}

/** What is put into an object that nobody can name: any property may be of it. */
export function addSpread(object: ObjectValue, value: Value): void {
  if (object.spread.length < limits.items && !object.spread.includes(value)) object.spread.push(value);
}
