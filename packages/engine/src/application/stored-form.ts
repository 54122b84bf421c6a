import type { Catalog } from '../catalog/catalog.js';
import { limits } from '../limits.js';
import type { ExternalValue, Value } from '../program/value.js';
import { inputOf } from './input-of.js';

/** In which form a value arrives somewhere, where all that is done to it on the way is known. */
export interface StoredForm {
  /** `plain`: as it came in, in another spelling at most; `fast-hash`: as a fast hash without a salt. */
  readonly form: 'plain' | 'fast-hash';
  /** Whether the caller sends it, the program makes it up, or it was read from where it is stored. */
  readonly from: 'request' | 'generated' | 'stored';
  /** `body.password` */
  readonly input?: string;
}

/** Methods that spell a text in another way, or put texts together and take them apart. */
const spelling: ReadonlySet<string> = new Set([
  ...['trim', 'trimStart', 'trimEnd', 'toString', 'valueOf', 'toLowerCase', 'toUpperCase', 'normalize'],
  ...['replace', 'replaceAll', 'slice', 'substring', 'substr', 'padStart', 'padEnd', 'join', 'split', 'concat'],
]);

/** `undefined` for what is made of something else, or by something that is not known. */
export function storedFormOf(value: Value | undefined, catalog: Catalog, depth = 0): StoredForm | undefined {
  if (!value || depth > limits.storedFormDepth) return undefined;
  switch (value.kind) {
    case 'external':
      return formOfExternal(value, catalog, depth);
    case 'union':
      return formOfAll(
        value.options.map((option) => option.value),
        catalog,
        depth,
      );
    case 'text':
      return formOfAll(value.parts, catalog, depth);
    case 'array':
      return formOfAll(value.items, catalog, depth);
    default:
      return undefined;
  }
}

/** What is written down in the program adds nothing; where the others differ, nobody knows. */
function formOfAll(values: readonly Value[], catalog: Catalog, depth: number): StoredForm | undefined {
  let shared: StoredForm | undefined;
  for (const value of values) {
    if (value.kind === 'literal' || value.kind === 'undefined') continue;
    const own = storedFormOf(value, catalog, depth + 1);
    if (!own || (shared && (shared.form !== own.form || shared.from !== own.from))) return undefined;
    shared ??= own;
  }
  return shared;
}

function formOfExternal(value: ExternalValue, catalog: Catalog, depth: number): StoredForm | undefined {
  if (!value.call) {
    const input = isHeld(value) ? inputOf(value, catalog) : undefined;
    return input === undefined ? undefined : { form: 'plain', from: 'request', input };
  }
  const { args } = value.call;
  const entry = catalog.find(value.at);
  if (entry?.generates) return { form: 'plain', from: 'generated' };
  if (entry?.data || entry?.mint || entry?.proves || entry?.hashesPassword || entry?.seals !== undefined)
    return undefined;
  if (entry?.derives !== undefined) {
    const source = storedFormOf(
      entry.derives === 'receiver' ? value.receiver : args[entry.derives],
      catalog,
      depth + 1,
    );
    // What is only fed into a hash is no hash yet.
    return entry.fastHash === true && source ? { ...source, form: 'fast-hash' } : isFed(value) ? source : undefined;
  }
  if (entry?.converts === 'arguments') return formOfAll(args, catalog, depth);
  if (entry?.converts !== undefined)
    return storedFormOf(entry.converts === 'receiver' ? value.receiver : args[entry.converts], catalog, depth + 1);
  const method = value.at.parent?.step;
  if (value.path === 'global#+()' || value.path === 'global#String()') return formOfAll(args, catalog, depth);
  if (method === 'map') return storedFormOf(value.yields, catalog, depth + 1);
  if (method !== undefined && spelling.has(method) && value.receiver)
    return storedFormOf(value.receiver, catalog, depth + 1);
  // `req.param('pin')`
  const input = /^express#Request\.\w+\(\)$/.test(value.path) ? inputOf(value, catalog) : undefined;
  return input === undefined ? undefined : { form: 'plain', from: 'request', input };
}

function isFed({ path }: ExternalValue): boolean {
  return /^crypto#createHash\(\)(\.update\(\))+$/.test(path);
}

/** Whether it is read from the request by names alone, and not from what a function made of it. */
function isHeld(value: ExternalValue): boolean {
  let current: Value | undefined = value;
  while (current?.kind === 'external' && !current.call && !current.path.startsWith('express#Request'))
    current = current.receiver;
  return current?.kind === 'external' && !current.call;
}
