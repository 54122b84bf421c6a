import type { Catalog } from '../../catalog/catalog.js';
import type { ExternalValue, Value } from '../../program/value.js';
import type { OddShape } from '../catalog-semantics.js';
import { inputOf } from '../input-of.js';

/**
 * Message codes and ciphers, and where what they make goes. The same functions name caches and encrypt columns: a code
 * is a seal where it leaves in a token, a cookie or a response, or where it is compared with something of the request.
 */
export class SealShape implements OddShape {
  readonly #made = new Set<ExternalValue>();
  readonly #seals = new Set<ExternalValue>();

  constructor(readonly catalog: Catalog) {}

  isSeal(call: ExternalValue): boolean {
    return this.#seals.has(call);
  }

  evaluateCall(call: ExternalValue): undefined {
    const entry = this.catalog.find(call.path);
    const args = call.call?.args ?? [];
    if (entry?.keys?.some((position) => position.onlyAsSeal === true) === true) this.#made.add(call);
    else if (this.#made.size === 0) return;
    else if (call.path === 'crypto#timingSafeEqual()') this.#compare(args[0], args[1]);
    else if (call.path === 'express#Response.cookie()') this.#seal(args[1]);
    else if (entry?.responds !== undefined) this.#seal(args[entry.responds]);
    else if (entry?.mint) for (const argument of args) this.#seal(argument);
  }

  compare(left: Value, right: Value): void {
    if (this.#made.size > 0 && left.kind !== 'literal' && right.kind !== 'literal') this.#compare(left, right);
  }

  #compare(left: Value | undefined, right: Value | undefined): void {
    for (const [code, other] of [
      [left, right],
      [right, left],
    ] as const) {
      const made = this.#madeIn(code);
      if (made.length > 0 && this.#madeIn(other).length === 0 && inputOf(other, this.catalog) !== undefined) {
        for (const call of made) this.#seals.add(call);
      }
    }
  }

  #seal(value: Value | undefined): void {
    for (const call of this.#madeIn(value)) this.#seals.add(call);
  }

  #madeIn(value: Value | undefined): readonly ExternalValue[] {
    const found: ExternalValue[] = [];
    if (value) this.#collect(value, found, new Set());
    return found;
  }

  #collect(value: Value, into: ExternalValue[], seen: Set<Value>): void {
    if (seen.has(value) || seen.size > 400) return;
    seen.add(value);
    switch (value.kind) {
      case 'external':
        if (this.#made.has(value)) into.push(value);
        if (value.receiver) this.#collect(value.receiver, into, seen);
        for (const argument of value.call?.args ?? []) this.#collect(argument, into, seen);
        return;
      case 'object':
        for (const property of [...value.properties.values(), ...value.spread]) this.#collect(property, into, seen);
        return;
      case 'array':
        for (const item of value.items) this.#collect(item, into, seen);
        return;
      case 'text':
        for (const part of value.parts) this.#collect(part, into, seen);
        return;
      case 'union':
        for (const option of value.options) this.#collect(option.value, into, seen);
        return;
      default:
    }
  }
}
