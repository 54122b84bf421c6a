import { foundBy, shapesOfRegex } from '../program/regex-shape.js';
import { asksText, sameText } from '../program/text-shape.js';
import { propertyOf, textOf, type ExternalValue, type Value } from '../program/value.js';
import { pathText, restText, type Visit } from './visit.js';

/** Asks a function of the project about the request. */
type Asking = (question: Value) => boolean | undefined;

/**
 * Whether a list of exceptions lets a request go past a guard, for some spelling of its path; `undefined` where the
 * list cannot be read. A text is the whole path; a regular expression may match anywhere; without methods all are meant.
 */
export function isExempt(
  options: Value | undefined,
  visit: Visit,
  request: ExternalValue,
  ask: Asking,
): boolean | undefined {
  if (options?.kind === 'function') return ask(options);
  if (options?.kind !== 'object' || options.spread.length > 0) return undefined;
  const relative = propertyOf(options, 'useOriginalUrl');
  const inner = relative?.kind === 'literal' && relative.value === false;
  const path = inner ? restText(visit, request) : pathText(visit.path, request, visit.exactCase);
  const { properties } = options;
  const custom = properties.get('custom');
  return anyOf([
    custom ? ask(custom) : false,
    anyOf(itemsOf(properties.get('path')).map((item) => matches(item, path, visit.method))),
    anyOf(itemsOf(properties.get('ext')).map((item) => asksText(path, 'endsWith', item) !== false)),
    // Methods alone open every path.
    properties.has('method') ? names(properties.get('method'), visit.method) : false,
  ]);
}

/** What is not decided lets some caller through: the one who chooses the spelling. */
function matches(item: Value | undefined, path: Value, method: string): boolean | undefined {
  if (item?.kind === 'object') {
    const methods = item.properties.get('method') ?? item.properties.get('methods');
    return allOf([matches(item.properties.get('url'), path, method), methods ? names(methods, method) : true]);
  }
  if (item?.kind === 'literal' || item?.kind === 'text') return sameText(path, item) !== false;
  return item && shapesOfRegex(item) ? foundBy(item, path) !== false : undefined;
}

function names(list: Value | undefined, method: string): boolean | undefined {
  return anyOf(
    itemsOf(list).map((item) => {
      const name = textOf(item);
      return name === undefined ? undefined : method === 'ALL' || name === method;
    }),
  );
}

/** The items of a list, or the one thing that stands where a list may; `undefined` for what is not known of it. */
function itemsOf(list: Value | undefined): readonly (Value | undefined)[] {
  if (!list || list.kind === 'undefined') return [];
  if (list.kind !== 'array') return [list];
  return list.open ? [...list.items, undefined] : list.items;
}

function anyOf(answers: readonly (boolean | undefined)[]): boolean | undefined {
  return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
}

function allOf(answers: readonly (boolean | undefined)[]): boolean | undefined {
  return answers.includes(false) ? false : answers.includes(undefined) ? undefined : true;
}
