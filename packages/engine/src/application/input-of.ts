import type { Catalog } from '../catalog/catalog.js';
import { limits } from '../limits.js';
import { optionsOf, textOf, type ExternalValue, type Value } from '../program/value.js';

/** Parts of a request that the caller writes. */
export const requestInputs: ReadonlySet<string> = new Set([
  'body',
  'query',
  'params',
  'headers',
  'cookies',
  'signedCookies',
  'files',
  'file',
  'rawBody',
  'rawHeaders',
  'url',
  'originalUrl',
  'path',
  'baseUrl',
  'hostname',
  'host',
  'ip',
  'ips',
  'protocol',
  'subdomains',
  'args',
]);

/** Methods of a request that read a part of it by name. */
const inputMethods: ReadonlyMap<string, string> = new Map([
  ['get', 'headers'],
  ['header', 'headers'],
  ['param', 'params'],
]);

const requestPath = /^express#Request\.([A-Za-z]+)(.*)$/;

/**
 * Where in the request a value comes from, `params.id`, or `undefined`. Looks through conversions, text that is put
 * together, and operators that hand a value on.
 */
export function inputOf(value: Value | undefined, catalog: Catalog, depth = 0): string | undefined {
  if (!value || depth > limits.inputDepth) return undefined;
  switch (value.kind) {
    case 'external':
      return inputOfExternal(value, catalog, depth);
    case 'text':
      if (value.ask) return value.ask((text) => firstInput(text.parts, catalog, depth));
      return firstInput(value.parts, catalog, depth);
    case 'union':
      return firstInput(
        optionsOf(value).map((option) => option.value),
        catalog,
        depth,
      );
    case 'array':
      return firstInput(value.items, catalog, depth);
    case 'object':
      return firstInput([...value.properties.values(), ...value.spread], catalog, depth + 2);
    default:
      return undefined;
  }
}

/** Everything in the request that a value may come from. */
export function inputsOf(value: Value | undefined, catalog: Catalog): ReadonlySet<string> {
  const inputs = new Set<string>();
  const parts = value?.kind === 'array' ? value.items : value ? optionsOf(value).map((option) => option.value) : [];
  for (const part of parts) {
    const input = inputOf(part, catalog);
    if (input !== undefined) inputs.add(input);
  }
  return inputs;
}

/** The parts of the request that a value may come from: `headers`, `cookies`. */
export function inputHeads(value: Value | undefined, catalog: Catalog): ReadonlySet<string> {
  const heads = new Set<string>();
  for (const option of value ? optionsOf(value) : []) {
    const input = inputOf(option.value, catalog);
    if (input !== undefined) heads.add(input.split('.')[0] ?? input);
  }
  return heads;
}

function firstInput(values: readonly Value[], catalog: Catalog, depth: number): string | undefined {
  for (const value of values) {
    const found = inputOf(value, catalog, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function inputOfExternal(value: ExternalValue, catalog: Catalog, depth: number): string | undefined {
  const match = value.path.startsWith('express#') ? requestPath.exec(value.path) : null;
  if (match) {
    const [, head = '', rest = ''] = match;
    if (value.call && inputMethods.has(head) && rest === '()') {
      return `${inputMethods.get(head)}.${textOf(value.call.args[0]) ?? '*'}`;
    }
    if (!value.call && requestInputs.has(head)) return head + rest;
  }
  if (!value.call) return value.receiver ? inputOf(value.receiver, catalog, depth + 1) : undefined;
  const entry = catalog.find(value.at);
  if (entry?.data || entry?.mint || entry?.proves) return undefined;
  if (entry?.decodes !== undefined) return inputOf(value.call.args[entry.decodes], catalog, depth + 1);
  if (entry?.converts === 'arguments') return firstInput(value.call.args, catalog, depth);
  if (entry?.converts !== undefined) {
    return inputOf(
      entry.converts === 'receiver' ? value.receiver : value.call.args[entry.converts],
      catalog,
      depth + 1,
    );
  }
  // What a method makes of a text or a list is still that text: `trim`, `split`, `map`.
  if (value.path.startsWith('?.') || match || /^global#.*\(\)\.\w+\(\)$/.test(value.path))
    return inputOf(value.receiver, catalog, depth + 1);
  if (/^global#(\+|-|\*|\/|%)\(\)$/.test(value.path)) return firstInput(value.call.args, catalog, depth);
  return undefined;
}
