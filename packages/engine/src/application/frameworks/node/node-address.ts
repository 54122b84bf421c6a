import type { AccessPath } from '../../../program/access-path.js';
import type { Interpreter } from '../../../program/interpreter.js';
import { writtenRegex } from '../../../program/regex-shape.js';
import { textOf, type ExternalValue, type Origin, type Value } from '../../../program/value.js';
import type { OddShape } from '../../catalog-semantics.js';
import { fitsPattern, readPathPattern, segmentsOf } from './path-pattern.js';

const addresses: ReadonlySet<string> = new Set(['global#URL()', 'url#URL()', 'url#parse()']);
const splits = '?.split()';
const matches: ReadonlySet<string> = new Set(['?.match()', 'global#RegExp().exec()', 'global#RegExp().test()']);

/** Where the request goes that a handler is given, and how the handler may take that apart. */
export class NodeAddress implements OddShape {
  /** The request that is being followed. */
  request: ExternalValue | undefined;

  evaluates({ text }: AccessPath): boolean {
    return text === splits || matches.has(text);
  }

  readsFrom({ text }: AccessPath): boolean {
    return addresses.has(text);
  }

  evaluateMember(object: ExternalValue, name: string, origin: Origin, interpreter: Interpreter): Value | undefined {
    const { request } = this;
    if (!request) return undefined;
    const path = pathWithin(object.call?.args[0]);
    if (!path) return undefined;
    switch (name) {
      case 'pathname':
        return path;
      case 'path':
      case 'href':
        return interpreter.member(request, 'url', origin);
      case 'searchParams':
      case 'query':
      case 'search':
        return interpreter.member(request, 'query', origin);
      default:
        return undefined;
    }
  }

  evaluateCall({ path, receiver, call, origin }: ExternalValue): Value | undefined {
    if (!this.request || !call) return undefined;
    const [first] = call.args;
    if (path === splits) return receiver && segments(receiver, textOf(first), origin);
    const isOfText = path === '?.match()';
    const [regex, text] = isOfText ? [first, receiver] : [receiver, first];
    const written = regex && writtenRegex(regex);
    const pattern = written?.flags === '' ? readPathPattern(written.source) : undefined;
    const fits = pattern && text && fitsPattern(pattern, text);
    if (fits === undefined || !text) return undefined;
    if (path.endsWith('.test()')) return { kind: 'literal', value: fits, origin };
    return fits ? matchIn(text, origin) : { kind: 'literal', value: null, origin };
  }
}

/** `pathname.split('/')`: what is written down segment by segment, with the parameters between. */
function segments(path: Value, separator: string | undefined, origin: Origin): Value | undefined {
  if (separator === '?') return { kind: 'array', items: [path], open: false, origin };
  const found = separator === '/' ? segmentsOf(path) : undefined;
  if (!found) return undefined;
  const end = found.findIndex((segment) => segment === 'rest');
  const known = found.flatMap((segment) => (segment === 'rest' ? [] : [segment]));
  const items: Value[] = [{ kind: 'literal', value: '', origin }, ...known.slice(0, end < 0 ? undefined : end)];
  if (end >= 0) items.push(path);
  return { kind: 'array', items, open: end >= 0, origin };
}

/** The path, and its parameters for the groups of what was looked for. */
function matchIn(path: Value, origin: Origin): Value {
  const parameters = (segmentsOf(path) ?? []).flatMap((segment) =>
    segment === 'rest' || segment.kind === 'literal' ? [] : [segment],
  );
  return { kind: 'array', items: [path, ...parameters], open: true, origin };
}

/** The path of an address that is put together of it: `new URL(req.url, base)`, `http://${host}${req.url}`. */
function pathWithin(value: Value | undefined): Value | undefined {
  if (value?.kind === 'literal') {
    const text = textOf(value)?.replace(/^\w+:\/\/[^/]*/, '');
    return text?.startsWith('/') === true ? { ...value, value: text.replace(/[?#].*$/, '') } : undefined;
  }
  if (value?.kind !== 'text') return undefined;
  const start = value.parts.findIndex((part) => /^\/(?!\/)/.test(textOf(part) ?? ''));
  if (start < 0) return undefined;
  const parts = value.parts.slice(start);
  const [only] = parts;
  return parts.length === 1 && only ? only : { ...value, parts };
}
