import type { Expression } from '../../facts/file-facts.js';
import { AccessPath } from '../access-path.js';
import { fittingValues, nativeMember } from '../native-members.js';
import { findSettlement } from '../promise.js';
import type { Semantics } from '../semantics.js';
import { isNothing } from '../truth.js';
import {
  chosenAs,
  chosenBy,
  externalValue,
  literal,
  memberOf,
  optionsOf,
  textOf,
  undefinedValue,
  unionOf,
  unknownValue,
  type ClassValue,
  type ObjectValue,
  type Origin,
  type Value,
} from '../value.js';
import type { ExecutionState } from './execution-state.js';
import type { Parts } from './parts.js';

/** Members: what stands under a name in a value, be it its own, inherited, spread into it, of the language or of a package. */
export class Members {
  private readonly unknownPath = AccessPath.of('?');

  constructor(
    private readonly state: ExecutionState,
    private readonly semantics: Semantics,
    private readonly parts: Parts,
  ) {}

  /** `object.name` */
  read(object: Value, name: string, origin: Origin): Value {
    switch (object.kind) {
      case 'object': {
        const own = object.properties.get(name);
        if (own) return own;
        const inherited = object.classOf && this.ofInstance(object, object.classOf, name, origin);
        if (inherited) return inherited;
        const known = nativeMember(this.parts, object, name);
        if (known) return known;
        const spread = object.spread.length > 0 ? this.ofSpread(object, name, origin) : undefined;
        if (spread) return spread;
        return object.classOf && this.hasUnknownBase(object.classOf) ? unknownValue : undefinedValue;
      }
      case 'external': {
        const settlement = findSettlement(object);
        if (settlement) return this.read(settlement.value, name, origin);
        const assigned = object.findProperty(name);
        if (assigned) return assigned;
        const evaluated = object.call && this.semantics.evaluateMember(object, name, origin);
        return evaluated ?? memberOf(object, name, origin);
      }
      case 'class': {
        for (let current: Value | undefined = object; current; current = current.superClass) {
          if (current.kind === 'external') return externalValue(current.at.member(name), origin, object);
          if (current.kind !== 'class') break;
          const value = current.statics.get(name) ?? this.ofClass(current, name);
          if (value) return value;
        }
        return name === 'name' && object.facts.name ? literal(object.facts.name, origin) : unknownValue;
      }
      case 'function': {
        const own = object.properties?.get(name);
        if (own) return own;
        return nativeMember(this.parts, object, name) ?? undefinedValue;
      }
      case 'union':
        return chosenAs(
          unionOf(
            object.options
              .filter((option) => !isNothing(option.value) || object.options.length === 1)
              .map((option) => ({ value: this.read(option.value, name, origin), proofs: option.proofs })),
          ),
          object,
        );
      case 'undefined':
        return undefinedValue;
      case 'unknown':
        return nativeMember(this.parts, object, name) ?? externalValue(this.unknownPath.member(name), origin, object);
      default: {
        if (isNothing(object)) return undefinedValue;
        const known = nativeMember(this.parts, object, name);
        if (known) return known;
        if (object.kind === 'array' && /^\d+$/.test(name)) return object.items[Number(name)] ?? unknownValue;
        return externalValue(this.unknownPath.member(name), origin, object);
      }
    }
  }

  /** What was spread in last wins. */
  private ofSpread(object: ObjectValue, name: string, origin: Origin): Value | undefined {
    let sought = this.state.sought.get(object);
    if (!sought) this.state.sought.set(object, (sought = new Set()));
    if (sought.has(name)) return undefined;
    sought.add(name);
    let found: Value | undefined;
    for (let index = object.spread.length - 1; index >= 0 && !found; index--)
      found = namedOption(object.spread[index] as Value, name);
    for (let index = object.spread.length - 1; index >= 0 && !found; index--) {
      const value = this.read(object.spread[index] as Value, name, origin);
      if (value.kind !== 'undefined') found = value;
    }
    sought.delete(name);
    if (sought.size === 0) this.state.sought.delete(object);
    return found;
  }

  /** `object[key]` */
  readAt(object: Value, key: Value, origin: Origin): Value {
    const options = optionsOf(key);
    const texts = options.map((option) => textOf(option.value));
    if (texts.every((text) => text !== undefined)) {
      return unionOf(
        texts.map((text, index) => ({
          value: this.read(object, text, origin),
          proofs: options[index]?.proofs ?? [],
        })),
      );
    }
    if (object.kind === 'object' && object.spread.length === 0 && object.properties.size > 0) {
      return chosenBy(unionOf([...fittingValues(object, key), { value: undefinedValue, proofs: [] }]), key);
    }
    if (object.kind === 'array')
      return unionOf(this.parts.spreads.elementsOf(object).map((value) => ({ value, proofs: [] })));
    if (object.kind === 'external') return externalValue(object.at.member('[]'), origin, object);
    return unknownValue;
  }

  /** A method, a getter's value, or something of a base class outside the project. */
  private ofInstance(instance: ObjectValue, start: ClassValue, name: string, origin: Origin): Value | undefined {
    for (let current: Value | undefined = start; current; current = current.superClass) {
      if (current.kind === 'external')
        return memberOf(this.parts.classes.externalBase(instance, current), name, origin);
      if (current.kind !== 'class') return undefined;
      const { file, facts } = current;
      if (this.semantics.describes(file.path, facts.name ?? '', name))
        return externalValue(`${file.path}#${facts.name ?? ''}.${name}`, origin, instance);
      for (const member of facts.members) {
        if (member.static || member.name !== name || member.function === undefined) continue;
        if (member.kind === 'setter' || member.kind === 'constructor') continue;
        const value = this.parts.functions.method(current, member.function, instance);
        return member.kind === 'getter' ? this.parts.calls.call(value, [], origin, instance) : value;
      }
    }
    return undefined;
  }

  /** `super.name` */
  readSuper(name: string, expression: Expression): Value {
    const base = this.state.frame.home?.superClass;
    const self = this.state.frame.thisValue;
    const origin = this.state.origin(expression);
    if (base?.kind === 'class' && self.kind === 'object')
      return this.ofInstance(self, base, name, origin) ?? undefinedValue;
    if (base?.kind === 'external') {
      return self.kind === 'object'
        ? memberOf(this.parts.classes.externalBase(self, base), name, origin)
        : memberOf(base, name, origin);
    }
    return unknownValue;
  }

  /** A static member. */
  ofClass(owner: ClassValue, name: string): Value | undefined {
    for (const member of owner.facts.members) {
      if (!member.static || member.name !== name) continue;
      // `static instance: Client`, before anybody has set it.
      if (member.function === undefined)
        return member.type && this.parts.types.typed(member.type, owner.file, owner.scope);
      const value = this.parts.functions.method(owner, member.function, owner);
      return member.kind === 'getter'
        ? this.parts.calls.call(value, [], { file: owner.file, span: member }, owner)
        : value;
    }
    return undefined;
  }

  private hasUnknownBase(start: ClassValue): boolean {
    let current: Value | undefined = start;
    while (current?.kind === 'class') current = current.superClass;
    return current !== undefined;
  }
}

/** `models[model.name] = model` in a loop: the one that was made with this name. */
function namedOption(spread: Value, name: string): Value | undefined {
  return optionsOf(spread).find(({ value }) =>
    value.kind === 'class'
      ? value.facts.name === name
      : value.kind === 'external' && textOf(value.call?.args[0]) === name,
  )?.value;
}
