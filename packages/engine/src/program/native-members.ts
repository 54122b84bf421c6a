import { AccessPath } from './access-path.js';
import { findSettlement } from './promise.js';
import { escapedPath } from './escaped.js';
import type { Parts } from './interpreter/parts.js';
import type { Proof } from './proof.js';
import { composedText } from './composed-text.js';
import { limits } from '../limits.js';
import { joinFlows, type Flow } from './proof.js';
import { foundBy, writtenRegex } from './regex-shape.js';
import { piecesOf, withoutLastSlash } from './text-pieces.js';
import { asksText, inCase, sameText } from './text-shape.js';
import {
  chosenBy,
  externalValue,
  memberOf,
  native,
  optionsOf,
  textOf,
  undefinedValue,
  unionOf,
  unknownValue,
  type ArrayValue,
  type ExternalValue,
  type FunctionValue,
  type ObjectValue,
  type Option,
  type Origin,
  type TextValue,
  type Value,
} from './value.js';

/** What the language itself provides on values that are known. */
export function nativeMember(parts: Parts, object: Value, name: string): Value | undefined {
  switch (object.kind) {
    case 'array':
      return arrayMember(parts, object, name);
    case 'function':
      return functionMember(parts, object, name);
    case 'literal':
    case 'text':
      return textMember(parts, object, name);
    case 'object':
      return maps.has(object)
        ? mapMember(parts, object, name)
        : name === 'hasOwnProperty'
          ? native(name, () => unknownValue)
          : undefined;
    default:
      return undefined;
  }
}

function functionMember(parts: Parts, target: FunctionValue, name: string): Value | undefined {
  switch (name) {
    case 'bind':
      return native('bind', (args) => ({
        ...target,
        ...(args[0] && !target.facts.arrow ? { thisValue: target.thisValue ?? args[0] } : {}),
        bound: [...target.bound, ...args.slice(1)],
      }));
    case 'call':
      return native('call', (args, origin) => parts.calls.call(target, args.slice(1), origin, args[0]));
    case 'apply':
      return native('apply', (args, origin) => {
        const list = args[1];
        return parts.calls.call(target, list?.kind === 'array' ? list.items : [], origin, args[0]);
      });
    case 'prototype': {
      const prototype: ObjectValue = {
        kind: 'object',
        properties: new Map(),
        spread: [],
        origin: { file: target.file, span: target.facts },
      };
      (target.properties ??= new Map()).set('prototype', prototype);
      return prototype;
    }
    default:
      return undefined;
  }
}

/** Objects that stand for a `Map`: their properties are its entries. */
const maps = new WeakSet<ObjectValue>();

function mapMember(parts: Parts, map: ObjectValue, name: string): Value | undefined {
  const values = (): Option[] => {
    const options: Option[] = [];
    for (const list of [map.properties.values(), map.spread]) {
      for (const value of list) if (options.push({ value, proofs: [] }) >= limits.options) return options;
    }
    return options;
  };
  // Sessions and tokens that a process keeps itself: who names one has been given it.
  const asking = (args: readonly Value[], site: Origin): ExternalValue =>
    externalValue(AccessPath.of('global#Map()').member(name).called, site, undefined, { args, construct: false });
  const proofsOf = (args: readonly Value[], site: Origin): readonly Proof[] => {
    const proves = parts.semantics.meaningOf(asking(args, site))?.proves;
    return proves ? [{ kind: proves.kind, origin: site, by: `Map.${name}` }] : [];
  };
  switch (name) {
    case 'set':
      return native(name, (args) => {
        const key = keyOf(args[0]);
        if (key === undefined) {
          if (map.spread.length < limits.items) map.spread.push(args[1] ?? undefinedValue);
        } else map.properties.set(key, args[1] ?? undefinedValue);
        return map;
      });
    case 'get':
      return native(name, (args, site) => {
        const key = keyOf(args[0]);
        const known = key === undefined ? undefined : map.properties.get(key);
        if (known) return known;
        const [asked = undefinedValue] = args;
        const proofs = textOf(asked) === undefined ? proofsOf(args, site) : [];
        // Nobody asks a map that stays empty: what comes later, a request has put there.
        if (map.properties.size === 0 && map.spread.length === 0)
          return chosenBy(unionOf([{ value: unknownValue, proofs }, missing]), asked);
        const found = fittingValues(map, asked).map((option) => ({ ...option, proofs: [...option.proofs, ...proofs] }));
        return chosenBy(unionOf([...found, missing]), asked);
      });
    case 'has':
      return native(name, (args, site) => (proofsOf(args, site).length > 0 ? asking(args, site) : unknownValue));
    case 'forEach':
      return native(name, (args, site) => {
        if (args[0]) for (const { value } of values()) parts.calls.call(args[0], [value], site);
        return undefinedValue;
      });
    case 'values':
      return native(name, () => ({
        kind: 'array',
        items: values().map((option) => option.value),
        open: false,
        origin: map.origin,
      }));
    default:
      return undefined;
  }
}

function keyOf(value: Value | undefined): string | undefined {
  return textOf(value) ?? (value?.kind === 'external' && !value.call ? value.path : undefined);
}

/** Text operations that keep a text what it is for the analysis: a path stays that path, a key stays that key. */
const keepsText = new Set(['toString', 'trim', 'trimEnd', 'trimStart', 'normalize', 'valueOf', 'toLocaleString']);

function textMember(parts: Parts, object: Value & { kind: 'literal' | 'text' }, name: string): Value | undefined {
  if (keepsText.has(name)) return native(name, () => object);
  const asked = askedOfText(parts, object, name);
  if (asked) return asked;
  const text = textOf(object);
  if (object.kind === 'text') return object.address ? partOfAddress(object, name) : undefined;
  if (text === undefined) return undefined;
  const { origin } = object;
  const literal = (value: string | number | boolean): Value => ({ kind: 'literal', value, origin });
  switch (name) {
    case 'length':
      return literal(text.length);
    case 'toLowerCase':
      return native(name, () => literal(text.toLowerCase()));
    case 'toUpperCase':
      return native(name, () => literal(text.toUpperCase()));
    case 'split':
      return native(name, (args) => {
        const separator = textOf(args[0]);
        const items = separator === undefined ? [] : text.split(separator).map(literal);
        return { kind: 'array', items, open: separator === undefined, origin };
      });
    case 'slice':
    case 'substring':
      return native(name, (args) => {
        const [start, end] = args.map((arg) =>
          arg.kind === 'literal' && typeof arg.value === 'number' ? arg.value : undefined,
        );
        const isKnown = start !== undefined && (args.length < 2 || end !== undefined);
        return isKnown ? literal(text[name](start, end)) : object;
      });
    case 'replace':
    case 'replaceAll':
      return native(name, ([search, replacement]) => {
        const [found, put] = [textOf(search), textOf(replacement)];
        if (put === undefined) return object;
        const ending = found === undefined && put === '' ? endingsIn(search) : undefined;
        if (ending) return literal(withoutEnding(text, ending));
        return found === undefined || put.includes('$') ? object : literal(text[name](found, put));
      });
    case 'repeat':
    case 'padStart':
    case 'padEnd':
      return native(name, () => object);
    case 'concat':
      return native(name, (args) => {
        const rest = args.map(textOf);
        return rest.every((part) => part !== undefined) ? composedText(text + rest.join(''), origin) : object;
      });
    default:
      return undefined;
  }
}

const withoutQuery = (text: TextValue, origin: Origin): Value | undefined => piecesOf(text, '?', origin)?.items[0];

/** What is taken off an address, by how it is written, and what is left of it. */
const replaced: ReadonlyMap<string, (text: TextValue, origin: Origin) => Value | undefined> = new Map([
  [String.raw`\?.*`, withoutQuery],
  [String.raw`\?.*$`, withoutQuery],
  [String.raw`\/$`, withoutLastSlash],
  [String.raw`\/+$`, withoutLastSlash],
]);

/** What is left of where a request goes without its query, without the slash at its end, or of its segments. */
function partOfAddress(text: TextValue, name: string): Value | undefined {
  const unknown = (args: readonly Value[], site: Origin): Value =>
    externalValue(AccessPath.of('?').member(name).called, site, text, { args, construct: false });
  if (name === 'split')
    return native(name, (args, site) => {
      const separator = textOf(args[0]);
      return (separator === undefined ? undefined : piecesOf(text, separator, site)) ?? unknown(args, site);
    });
  if (name !== 'replace') return undefined;
  return native(name, (args, site) => {
    const source = textOf(args[1]) === '' && args[0] ? writtenRegex(args[0])?.source : undefined;
    const kept = source === undefined ? undefined : replaced.get(source)?.(text, site);
    return kept ?? unknown(args, site);
  });
}

/** `/\.js$/`, `/\.(js|ts)$/`: the endings that the expression finds, where it is written as plainly as that. */
function endingsIn(expression: Value | undefined): readonly string[] | undefined {
  const source = expression && writtenRegex(expression)?.source;
  const [, one, several] = /^\\\.(?:(\w+)|\((?:\?:)?(\w+(?:\|\w+)*)\))\$$/.exec(source ?? '') ?? [];
  return (one ?? several)?.split('|').map((ending) => `.${ending}`);
}

function withoutEnding(text: string, endings: readonly string[]): string {
  const found = endings.find((ending) => text.endsWith(ending));
  return found === undefined ? text : text.slice(0, text.length - found.length);
}

/** Questions to a text, and its cases, where what is known of it is enough. */
function askedOfText(parts: Parts, object: Value & { kind: 'literal' | 'text' }, name: string): Value | undefined {
  const undecided = (args: readonly Value[], site: Origin): Value => {
    const call = externalValue(AccessPath.of('?').member(name).called, site, object, { args, construct: false });
    return parts.semantics.evaluateCall(call) ?? call;
  };
  switch (name) {
    case 'startsWith':
    case 'endsWith':
    case 'includes':
      return native(name, (args, site) => {
        const answer = args.length === 1 ? asksText(object, name, args[0]) : undefined;
        return answer === undefined ? undecided(args, site) : { kind: 'literal', value: answer, origin: site };
      });
    case 'indexOf':
      return native(name, (args, site) => {
        const at = asksText(object, 'startsWith', args[0])
          ? 0
          : asksText(object, 'includes', args[0]) === false
            ? -1
            : undefined;
        return at === undefined ? undecided(args, site) : { kind: 'literal', value: at, origin: site };
      });
    case 'match':
      return native(name, (args, site) => {
        const found = args[0] && foundBy(args[0], object);
        return found === undefined ? undecided(args, site) : matchOf(found, object, site);
      });
    case 'toLowerCase':
      return object.kind === 'text' ? native(name, () => inCase(object, (text) => text.toLowerCase())) : undefined;
    case 'toUpperCase':
      return object.kind === 'text' ? native(name, () => inCase(object, (text) => text.toUpperCase())) : undefined;
    default:
      return undefined;
  }
}

/** What looking for a regular expression in a text gives: the text, and what is not written down of it for its groups. */
function matchOf(found: boolean, text: Value, origin: Origin): Value {
  return found
    ? { kind: 'array', items: [text, ...unwrittenIn(text)], open: true, origin }
    : { kind: 'literal', value: null, origin };
}

function unwrittenIn(value: Value): readonly Value[] {
  if (value.kind === 'text') return value.parts.flatMap(unwrittenIn);
  return value.kind === 'external' ? [value] : [];
}

/** What stands under the keys that a text may be which is not known in whole. */
export function fittingValues({ properties, spread }: ObjectValue, key: Value): readonly Option[] {
  const text = textOf(key);
  const fits = (name: string): boolean =>
    text === undefined
      ? key.kind !== 'text' || sameText(key, { kind: 'literal', value: name, origin: key.origin }) !== false
      : name === text;
  const options: Option[] = [];
  for (const [name, value] of properties) if (fits(name)) options.push({ value, proofs: [] });
  for (const value of spread) options.push({ value, proofs: [] });
  return options.slice(0, limits.options);
}

/** Whether a text is in a list, where enough of both is written down. */
function holdsText(array: ArrayValue, value: Value | undefined): boolean | undefined {
  if (!value || array.open || array.items.length === 0) return undefined;
  const text = textOf(value);
  const answers = array.items.map((item) => {
    const other = textOf(item);
    return text === undefined || other === undefined ? sameText(item, value) : text === other;
  });
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}

/** How many a filter has kept, where a test decides it. */
const keptNumbers = new WeakMap<ArrayValue, Value>();

/** None where all answers are no, with what that says, and some where one is yes: `needed.filter((item) => !granted.includes(item)).length`. */
function keptNumber({ refinement }: Parts, answers: readonly Value[], origin: Origin): Value | undefined {
  if (answers.length === 0 || answers.some((answer) => surely(answer) !== undefined)) return undefined;
  const refused = answers.map((answer) => refinement.refine(answer, false));
  const kept = joinFlows(answers.flatMap((answer) => ({ proofs: refinement.refine(answer, true) ?? [] })));
  const none: Option = {
    value: { kind: 'literal', value: 0, origin },
    proofs: [...new Set(refused.flatMap((proofs) => proofs ?? []))],
  };
  const some: Option = { value: { kind: 'literal', value: answers.length, origin }, proofs: kept?.proofs ?? [] };
  return unionOf([none, some]);
}

function arrayMember(parts: Parts, array: ArrayValue, name: string): Value | undefined {
  const { origin } = array;
  const list = (items: Value[], open = array.open): ArrayValue => ({ kind: 'array', items, open, origin });
  const each = (callback: Value | undefined, site: Origin): Value[] =>
    callback === undefined
      ? []
      : parts.spreads
          .elementsOf(array)
          .map((item, index) =>
            parts.promises.callDetached(callback, [item, { kind: 'literal', value: index, origin }, array], site),
          );
  switch (name) {
    case 'length':
    case 'size':
      return array.open
        ? unknownValue
        : (keptNumbers.get(array) ?? { kind: 'literal', value: array.items.length, origin });
    case 'forEach':
      return native(name, (args, site) => (each(args[0], site), undefinedValue));
    case 'map':
      return native(name, (args, site) => list(each(args[0], site)));
    case 'flatMap':
      return native(name, (args, site) => {
        const result = list([]);
        for (const value of each(args[0], site)) parts.spreads.spreadInto(result, value);
        return result;
      });
    case 'flat':
      return native(name, () => {
        const result = list([]);
        for (const value of array.items) {
          if (value.kind === 'array') parts.spreads.spreadInto(result, value);
          else result.items.push(value);
        }
        return result;
      });
    case 'filter':
      return native(name, (args, site) => {
        // `filter(Boolean)` and conditions: an item that may be kept is kept, with what is proved where it is.
        const answers = each(args[0]?.kind === 'function' ? args[0] : undefined, site);
        const items = array.items.map((item, index) => {
          const answer = answers[index];
          const proofs = answer ? parts.refinement.refine(answer, true) : [];
          // One of a list that is written down, and surely not asked for.
          if (proofs === undefined && answer?.kind === 'literal' && !array.open) return undefinedValue;
          return proofs && proofs.length > 0 ? unionOf([{ value: item, proofs }]) : item;
        });
        const kept = list(items.filter((item) => item.kind !== 'undefined'));
        const number = array.open ? undefined : keptNumber(parts, answers, site);
        if (number) keptNumbers.set(kept, number);
        return kept;
      });
    case 'find':
    case 'findLast':
    case 'at':
    case 'pop':
    case 'shift':
      return native(name, (args, site) => {
        if (name.startsWith('find')) each(args[0], site);
        return unionOf([...parts.spreads.elementsOf(array).map((value) => ({ value, proofs: [] })), missing]);
      });
    case 'includes':
    case 'has':
    case 'delete':
      return native(name, (args, site) => {
        const held = holdsText(array, args[0]);
        if (held !== undefined) return { kind: 'literal', value: held, origin: site };
        const item = args[0] ?? undefinedValue;
        return externalValue(includesPath, site, undefined, { args: [array, item], construct: false });
      });
    case 'some':
    case 'every':
      return native(name, (args, site) => {
        const asks =
          args[0]?.kind === 'function' || (args[0]?.kind === 'external' && args[0].path === 'global#Boolean');
        const answers = asks ? each(args[0], site) : [];
        if (!asks) return unknownValue;
        if (array.open) {
          const question = externalValue(AccessPath.of('?').member(name).called, site, array, {
            args,
            construct: false,
          });
          question.answers.yields = unionOf(answers.map((value) => ({ value, proofs: [] })));
          return question;
        }
        // Of none, every one is what it should be, and none is.
        if (answers.length === 0) return { kind: 'literal', value: name === 'every', origin: site };
        const truths = answers.map(surely);
        if (truths.includes(name === 'some')) return { kind: 'literal', value: name === 'some', origin: site };
        if (!truths.includes(undefined)) return { kind: 'literal', value: name === 'every', origin: site };
        const [first] = answers;
        const answer = unionOf(answers.map((value) => ({ value, proofs: [] })));
        return first?.kind === 'union' && first.chosenBy ? chosenBy(answer, first.chosenBy) : answer;
      });
    case 'indexOf':
    case 'findIndex':
      return native(name, (args, site) => {
        const [first] = args;
        if (first?.kind === 'function') each(first, site);
        else if (first) {
          if (holdsText(array, first) === false) return { kind: 'literal', value: -1, origin: site };
          return externalValue(includesPath, site, undefined, { args: [array, first], construct: false });
        }
        return unknownValue;
      });
    case 'push':
    case 'unshift':
    case 'add':
      return native(name, (args) => {
        keptNumbers.delete(array);
        if (array.items.length + args.length > limits.items) array.open = true;
        else if (name === 'unshift') array.items.unshift(...args);
        else array.items.push(...args);
        return name === 'add' ? array : unknownValue;
      });
    case 'concat':
      return native(name, (args) => {
        const result = list([...array.items]);
        for (const value of args) {
          if (value.kind === 'array' || value.kind === 'union') parts.spreads.spreadInto(result, value);
          else result.items.push(value);
        }
        return result;
      });
    case 'slice':
    case 'reverse':
    case 'sort':
    case 'values':
    case 'toSorted':
      return native(name, () => list([...array.items]));
    case 'reduce':
      return native(name, (args, site) => {
        const [callback, initial] = args;
        if (!callback) return unknownValue;
        let value: Value = initial ?? unknownValue;
        for (const item of parts.spreads.elementsOf(array)) value = parts.calls.call(callback, [value, item], site);
        return value;
      });
    case 'join':
      return native(name, (args) => {
        const texts = array.items.map(textOf);
        const separator = args[0] ? textOf(args[0]) : ',';
        if (array.open || separator === undefined || !texts.every((text) => text !== undefined)) {
          return { kind: 'text', parts: array.items, origin };
        }
        return composedText(texts.join(separator), origin);
      });
    default:
      return undefined;
  }
}

/** What a question that was answered for one item comes to. */
function surely(answer: Value): boolean | undefined {
  return answer.kind === 'literal' ? Boolean(answer.value) : undefined;
}

/** What stands for all the properties that a record was given by a spread. */
export const spreadName = '...';

/** Whether a value is in a list, where that is not known. */
export const includesPath = 'global#includes()';

const missing: Option = { value: undefinedValue, proofs: [] };

/** Functions of the platform whose result can be computed. */
export function callNative(
  parts: Parts,
  callee: ExternalValue,
  args: readonly Value[],
  origin: Origin,
): Value | undefined {
  const [first, second] = args;
  const { step } = callee.at;
  if ((step === 'call' || step === 'apply') && isOwnMethod(callee.receiver, first)) {
    // `router[method].call(router, path, handler)`: what it is called on is what it belongs to.
    const given = step === 'call' ? args.slice(1) : second?.kind === 'array' ? second.items : [];
    return parts.calls.call(callee.receiver, given, origin, first);
  }
  switch (callee.path) {
    case 'global#Promise':
      return promise(parts, first, origin);
    case 'global#Set': {
      const set: ArrayValue = { kind: 'array', items: [], open: false, origin };
      if (first) parts.spreads.spreadInto(set, first);
      return set;
    }
    case 'global#Map': {
      const map: ObjectValue = { kind: 'object', properties: new Map(), spread: [], origin };
      maps.add(map);
      for (const entry of first?.kind === 'array' ? first.items : []) {
        const key = entry.kind === 'array' ? keyOf(entry.items[0]) : undefined;
        if (key !== undefined && entry.kind === 'array') map.properties.set(key, entry.items[1] ?? undefinedValue);
      }
      return map;
    }
    case 'global#Promise.resolve':
      return parts.promises.settled(first ?? undefinedValue);
    case 'global#Promise.reject':
      parts.state.flow = undefined;
      return unknownValue;
    case 'global#Promise.all':
      return first?.kind === 'array'
        ? { ...first, items: first.items.map((item) => parts.promises.settled(item)) }
        : (first ?? unknownValue);
    case 'global#Promise.race':
    case 'global#Promise.any':
      // Whichever comes first: what the others would have proved is not known.
      return first?.kind === 'array'
        ? unionOf(first.items.map((item) => ({ value: findSettlement(item)?.value ?? item, proofs: [] })))
        : (first ?? unknownValue);
    case 'global#Promise.allSettled':
    case 'global#Object.freeze':
    case 'global#Object.seal':
    case 'global#structuredClone':
    case 'global#Array.from':
    case 'global#Object.create':
      return callee.path === 'global#Array.from' && second ? undefined : (first ?? unknownValue);
    case 'global#Object.assign':
    case 'global#Object.defineProperties': {
      if (first?.kind === 'object') for (const value of args.slice(1)) parts.spreads.assignAll(first, value);
      else if (first?.kind === 'external' && first.call)
        for (const value of args.slice(1)) assignToRecord(first, value);
      else if (first?.kind === 'external')
        // `Object.assign(req, value)`
        for (const value of args.slice(1))
          if (value.kind === 'object')
            for (const [key, inner] of value.properties) parts.assignments.assignMember(first, key, inner);
      return first ?? unknownValue;
    }
    case 'global#Object.defineProperty': {
      const name = textOf(second);
      const descriptor = args[2]?.kind === 'object' ? args[2].properties : undefined;
      const getter = descriptor?.get('get');
      const value = descriptor?.get('value') ?? (getter && parts.calls.call(getter, [], origin));
      if (first?.kind === 'object' && name !== undefined && name !== '__esModule' && value)
        first.properties.set(name, value);
      return first ?? unknownValue;
    }
    case 'global#Object.keys':
    case 'global#Object.values':
    case 'global#Object.entries':
      return first?.kind === 'object' ? listOf(callee.path.slice('global#Object.'.length), first, origin) : undefined;
    case 'global#Object.fromEntries':
      return first?.kind === 'array' ? fromEntries(first, origin) : undefined;
    case 'global#RegExp().test':
    case 'global#RegExp().exec': {
      const found = callee.receiver && foundBy(callee.receiver, first);
      if (found === undefined) return undefined;
      return callee.path.endsWith('.test')
        ? { kind: 'literal', value: found, origin }
        : matchOf(found, first ?? unknownValue, origin);
    }
    case 'path#join':
    case 'path#resolve':
    case 'path#posix.join':
      return joinedPath(args, origin);
    case 'path#normalize':
      return first;
    case 'path#basename':
    case 'path#posix.basename':
      return lastNameOf(first, second);
    case 'path#extname':
    case 'path#posix.extname':
      return endingOf(first);
    case 'path#parse':
    case 'path#posix.parse':
      return parsedPath(first, origin);
    case 'fs#readdirSync':
    case 'fs#readdir':
    case 'fs#promises.readdir':
    case 'fs/promises#readdir':
      return namesInFolder(parts, first, second, origin);
    case 'path#dirname':
      return parentOf(first, origin);
    case 'url#fileURLToPath':
      return first;
    case 'global#decodeURI':
    case 'global#decodeURIComponent':
      return first?.kind === 'text' && first.address ? decoded(first) : undefined;
    case 'global#String':
      return first?.kind === 'literal' && typeof first.value === 'string' ? first : undefined;
    default:
      return undefined;
  }
}

/** A path in the form in which it is found. */
function decoded(text: TextValue): TextValue {
  const parts = text.parts.map((part) => (part.kind === 'text' ? decoded(part) : part));
  return { ...text, parts, anyEscape: false };
}

/** What `readdirSync(__dirname)` finds, as far as it is code: each file is loaded by a name of its own then. */
function namesInFolder(
  parts: Parts,
  folder: Value | undefined,
  options: Value | undefined,
  origin: Origin,
): Value | undefined {
  const path = textOf(folder);
  // With options or a callback it gives something else than names.
  if (path === undefined || (options && textOf(options) === undefined)) return undefined;
  const names = parts.modules.namesIn(path.replace(/^\.\//, '').replace(/^\.$/, ''));
  if (names.length === 0 || names.length > limits.loopRounds) return undefined;
  return {
    kind: 'array',
    items: names.map((value) => ({ kind: 'literal', value, origin })),
    open: false,
    origin,
  };
}

function lastNameOf(path: Value | undefined, ending: Value | undefined): Value | undefined {
  const text = textOf(path);
  const end = ending === undefined ? '' : textOf(ending);
  if (path?.kind !== 'literal' || text === undefined || end === undefined) return undefined;
  const name = text.replace(/\/+$/, '').split('/').at(-1) ?? '';
  return { ...path, value: end !== name && name.endsWith(end) ? name.slice(0, name.length - end.length) : name };
}

function endingOf(path: Value | undefined): Value | undefined {
  const text = textOf(path);
  if (path?.kind !== 'literal' || text === undefined) return undefined;
  return { ...path, value: /(?<=[^/])\.[^./]*$/.exec(text)?.[0] ?? '' };
}

function parsedPath(path: Value | undefined, origin: Origin): Value | undefined {
  const ext = endingOf(path);
  const base = lastNameOf(path, undefined);
  const name = lastNameOf(path, ext);
  if (!ext || !base || !name) return undefined;
  return { kind: 'object', properties: new Map(Object.entries({ base, ext, name })), spread: [], origin };
}

/** `Object.assign(record, changes)`: what is not known by name is kept under the name of a spread. */
function assignToRecord(record: ExternalValue, changes: Value): void {
  for (const { value } of optionsOf(changes)) {
    if (value.kind === 'object') {
      for (const [name, inner] of value.properties) record.properties.set(name, inner);
      for (const spread of value.spread) record.properties.set(spreadName, spread);
    } else if (value.kind !== 'undefined' && value.kind !== 'literal') record.properties.set(spreadName, value);
  }
}

function listOf(what: string, object: ObjectValue, origin: Origin): ArrayValue {
  const items: Value[] = [];
  for (const [name, value] of object.properties) {
    const key: Value = { kind: 'literal', value: name, origin };
    if (what === 'keys') items.push(key);
    else if (what === 'values') items.push(value);
    else items.push({ kind: 'array', items: [key, value], open: false, origin });
  }
  return { kind: 'array', items, open: object.spread.length > 0, origin };
}

function fromEntries(entries: ArrayValue, origin: Origin): Value {
  const object: ObjectValue = { kind: 'object', properties: new Map(), spread: [], origin };
  for (const entry of entries.items) {
    const key = entry.kind === 'array' ? textOf(entry.items[0]) : undefined;
    if (key !== undefined && entry.kind === 'array') object.properties.set(key, entry.items[1] ?? undefinedValue);
    else object.spread.push(entry);
  }
  return object;
}

/** `path.join(__dirname, 'routes', name)`: folders are relative to the root, `__dirname` of a root file is ''. */
function joinedPath(args: readonly Value[], origin: Origin): Value | undefined {
  const known: string[] = [];
  const rest: Value[] = [];
  for (const arg of args) {
    const text = textOf(arg);
    if (text === undefined || rest.length > 0) rest.push(arg);
    else known.push(text);
  }
  const segments: string[] = [];
  for (const segment of known.join('/').split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '.' && segment !== '') segments.push(segment);
  }
  const start: Value = { kind: 'literal', value: segments.join('/') + (rest.length > 0 ? '/' : ''), origin };
  if (rest.length === 0) return start;
  return known.length === 0 ? undefined : { kind: 'text', parts: [start, ...rest], origin };
}

function parentOf(value: Value | undefined, origin: Origin): Value | undefined {
  const text = textOf(value);
  return text === undefined
    ? undefined
    : { kind: 'literal', value: text.slice(0, Math.max(0, text.lastIndexOf('/'))), origin };
}

function isOwnMethod(method: Value | undefined, self: Value | undefined): method is ExternalValue {
  return method?.kind === 'external' && !method.call && self !== undefined && method.receiver === self;
}

/** `new Promise((resolve, reject) => …)`: goes on where it is resolved, throws where it is rejected. */
function promise(parts: Parts, executor: Value | undefined, origin: Origin): Value {
  if (!executor) return unknownValue;
  const start = parts.state.flow;
  const options: Option[] = [];
  const flows: (Flow | undefined)[] = [];
  const seen = { escaped: false };
  const resolve = native('resolve', (args) => {
    const value = args[0] ?? undefinedValue;
    if (value.kind === 'external' && value.path === escapedPath) seen.escaped = true;
    else if (parts.state.flow) {
      flows.push(parts.state.flow);
      options.push(...optionsOf(value));
    }
    return undefinedValue;
  });
  const reject = native('reject', () => undefinedValue);
  parts.calls.call(executor, [resolve, reject], origin);
  parts.state.flow = flows.length > 0 && !seen.escaped ? joinFlows(flows) : start;
  return options.length > 0 ? unionOf(options) : memberOf(promiseResult(origin), 'resolved');
}

function promiseResult(origin: Origin): ExternalValue {
  return externalValue('?promise', origin);
}
