import type { ExternalValue, Value } from '../../../program/value.js';

/**
 * What is registered on an instance holds for it and for those below it, in whatever order it was registered:
 * lib/hooks.js hands a hook to the instances that there are below, and a new one starts with those above it.
 */
export interface FastifyContext {
  readonly instance: ExternalValue;
  readonly parent: FastifyContext | undefined;
  readonly prefix: string;
  readonly children: FastifyContext[];
  readonly decorations: Map<string, Value>;
  /** Calls of plugins that are not part of the project. */
  readonly plugins: Value[];
}

/** An instance with those above it, the outermost first. */
export function withOuter(context: FastifyContext): readonly FastifyContext[] {
  const outer: FastifyContext[] = [];
  for (let current: FastifyContext | undefined = context; current; current = current.parent) outer.unshift(current);
  return outer;
}

/** A decoration of an instance, or of one above it. */
export function decorationOf(context: FastifyContext, name: string): Value | undefined {
  for (let current: FastifyContext | undefined = context; current; current = current.parent) {
    const value = current.decorations.get(name);
    if (value) return value;
  }
  return undefined;
}
