import { optionsOf, propertyOf, type ClassValue, type ExternalValue, type Value } from '../../../program/value.js';

/** Decorators as they are applied in the end: composed ones taken apart. */
export function flattenDecorators(decorators: readonly Value[]): readonly ExternalValue[] {
  const flat: ExternalValue[] = [];
  for (const decorator of decorators) {
    for (const { value } of optionsOf(decorator)) {
      if (value.kind === 'array') flat.push(...flattenDecorators(value.items));
      if (value.kind !== 'external') continue;
      if (value.path === '@nestjs/common#applyDecorators()') flat.push(...flattenDecorators(value.call?.args ?? []));
      else flat.push(value);
    }
  }
  return flat;
}

/** The class and the classes that it extends, itself first. */
export function lineageOf(start: ClassValue): readonly ClassValue[] {
  const lineage: ClassValue[] = [];
  for (
    let current: Value | undefined = start;
    current?.kind === 'class' && !lineage.includes(current);
    current = current.superClass
  ) {
    lineage.push(current);
  }
  return lineage;
}

/** Decorators of the class itself or, where it has none of the kind, of what it extends. */
export function classDecorators(target: ClassValue): readonly ExternalValue[] {
  return flattenDecorators(target.decorators);
}

export function methodDecorators(owner: ClassValue, name: string): readonly ExternalValue[] {
  return flattenDecorators(owner.memberDecorators.get(name) ?? []);
}

/** Metadata that decorators write: pairs of key and value, the first of a key wins. */
export function metadataOf(decorators: readonly ExternalValue[]): readonly (readonly [Value, Value])[] {
  const pairs: (readonly [Value, Value])[] = [];
  for (const decorator of decorators) {
    const [first, second] = decorator.call?.args ?? [];
    if (decorator.path === '@nestjs/common#SetMetadata()' && first)
      pairs.push([first, second ?? { kind: 'undefined' }]);
    else if (isCreatedDecorator(decorator.receiver)) {
      const written = first ?? { kind: 'undefined' };
      pairs.push([decorator.receiver, written]);
      const key = propertyOf(decorator.receiver.call?.args[0], 'key');
      if (key) pairs.push([key, written]);
    }
  }
  return pairs;
}

function isCreatedDecorator(value: Value | undefined): value is ExternalValue {
  return value?.kind === 'external' && value.call !== undefined && value.path.endsWith('Reflector.createDecorator()');
}

export function sameKey(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a.kind === 'literal' && b.kind === 'literal') return a.value === b.value;
  return a.kind === 'external' && b.kind === 'external' && a.path === b.path && a.origin.span === b.origin.span;
}

/** Names of the classes in a list, alternatives and wrappers looked through. */
export function listOf(value: Value | undefined, name: string): readonly Value[] {
  const list = propertyOf(value, name);
  return list ? itemsOf(list) : [];
}

/** The values in nested lists, each list once: one may hold itself. */
export function itemsOf(value: Value): readonly Value[] {
  return itemsWithin(value, new Set());
}

function itemsWithin(value: Value, seen: Set<Value>): readonly Value[] {
  switch (value.kind) {
    case 'array':
      if (seen.has(value)) return [];
      seen.add(value);
      return value.items.flatMap((item) => itemsWithin(item, seen));
    case 'union':
      return value.options.flatMap((option) => itemsWithin(option.value, seen));
    case 'undefined':
    case 'literal':
      return [];
    default:
      return [value];
  }
}
