import type { Catalog } from '../../catalog/catalog.js';
import type { CallEntry } from '../../catalog/library.js';
import { limits } from '../../limits.js';
import type { AccessPath } from '../../program/access-path.js';
import type { ExternalValue, Value } from '../../program/value.js';
import type { OddShape } from '../catalog-semantics.js';
import { inputOf } from '../input-of.js';

/** Calls that a code may go into, beside those that the catalog knows as answers and mints. */
const sealed: ReadonlySet<string> = new Set([
  'crypto#createDecipheriv().update()',
  'crypto#timingSafeEqual()',
  'express#Response.cookie()',
]);

/**
 * Message codes and ciphers, and where what they make goes. The same functions name caches and encrypt columns: a code
 * is a seal where it leaves in a token, a cookie or a response, or where it is compared with something of the request.
 * A decipher is one where it opens what came in.
 */
export class SealShape implements OddShape {
  readonly #made = new Set<ExternalValue>();
  readonly #seals = new Set<ExternalValue>();

  constructor(readonly catalog: Catalog) {}

  isSeal(call: ExternalValue): boolean {
    return this.#seals.has(call);
  }

  evaluates({ text }: AccessPath, entry: CallEntry | undefined): boolean {
    return (
      sealed.has(text) ||
      entry?.responds !== undefined ||
      entry?.mint !== undefined ||
      entry?.keys?.some((position) => position.onlyAsSeal === true) === true
    );
  }

  evaluateCall(call: ExternalValue): undefined {
    const entry = this.catalog.find(call.at);
    const args = call.call?.args ?? [];
    if (call.path === 'crypto#createDecipheriv().update()') this.#open(call.receiver, args[0]);
    else if (call.path === 'crypto#createDecipheriv()') return;
    else if (entry?.keys?.some((position) => position.onlyAsSeal === true) === true) this.#made.add(call);
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

  #open(decipher: Value | undefined, text: Value | undefined): void {
    if (decipher?.kind !== 'external' || !text) return;
    if (this.#find(text, (value) => this.#cameIn(value)).length > 0) this.#seals.add(decipher);
  }

  /** Whether the caller wrote it, or a token says it that came from there. */
  #cameIn(value: ExternalValue): boolean {
    if (value.call && this.catalog.find(value.at)?.proves?.kind === 'token') return true;
    return inputOf(value, this.catalog) !== undefined;
  }

  #madeIn(value: Value | undefined): readonly ExternalValue[] {
    return value ? this.#find(value, (item) => this.#made.has(item)) : [];
  }

  /** The values of that kind from which a value is put together. */
  #find(value: Value, isWanted: (value: ExternalValue) => boolean): readonly ExternalValue[] {
    const found: ExternalValue[] = [];
    this.#collect(value, isWanted, found, new Set());
    return found;
  }

  #collect(value: Value, isWanted: (value: ExternalValue) => boolean, into: ExternalValue[], seen: Set<Value>): void {
    if (seen.has(value) || seen.size > limits.valuesWithin) return;
    seen.add(value);
    const inner = (values: Iterable<Value>): void => {
      for (const item of values) this.#collect(item, isWanted, into, seen);
    };
    switch (value.kind) {
      case 'external': {
        if (isWanted(value)) into.push(value);
        // What a record holds was put there by somebody else, whatever it was asked for with.
        if (this.catalog.find(value.at)?.data) return;
        if (value.receiver) inner([value.receiver]);
        if (value.call && this.#isMadeOfArguments(value)) inner(value.call.args);
        return;
      }
      case 'object':
        inner(value.properties.values());
        inner(value.spread);
        return;
      case 'array':
        inner(value.items);
        return;
      case 'text':
        inner(value.parts);
        return;
      case 'union':
        inner(value.options.map((option) => option.value));
        return;
      default:
    }
  }

  #isMadeOfArguments(call: ExternalValue): boolean {
    const entry = this.catalog.find(call.at);
    return entry?.converts !== undefined || entry?.derives !== undefined || putsTogether.test(call.path);
  }
}

/** Conversions, and what joins texts and bytes. */
const putsTogether = /^(?:global#|buffer#|crypto#)|\.(?:concat|join|push|replace|replaceAll)\(\)$/;
