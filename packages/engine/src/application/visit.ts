import { memberOf, unionOf, unknownValue, type ExternalValue, type Origin, type Value } from '../program/value.js';
import type { AddressTrace } from './address-trace.js';

/** A request for one route, as a layer on the way to it sees it. */
export interface Visit {
  /** `ALL` for any method. */
  readonly method: string;
  /** The whole path of the route. */
  readonly path: string;
  /** What of it stands before the stack that the layer is on. */
  readonly base: string;
  /** Whether the layer is a handler of a route: `next('route')` leaves it. */
  readonly inRoute?: boolean;
  /** Whether an error that the layer hands on ends before the route, so that a further `next()` goes on to it. */
  readonly errorsEnd?: boolean;
  /** What else the framework says of the route, or says in other words, by the names of the request's members. */
  readonly told?: ReadonlyMap<string, Value>;
  /** Whether the framework finds a route in the case alone in which it is written. */
  readonly exactCase?: boolean;
  /** What of it tells the path as it was sent, where the framework finds routes in the decoded one: `/%61dmin` for `/admin`. */
  readonly asSent?: 'path and url' | 'url';
  /** Whether it finds one in that spelling alone: neither in another case nor with a slash at the end. */
  readonly exact?: boolean;
  /** Keeps a record of what the layer reads of where the request goes. */
  readonly trace?: AddressTrace;
}

/** The same for who sends the path as it is written. */
export function writtenVisit(visit: Visit): Visit {
  const { method, path, base, inRoute, errorsEnd, told, trace } = visit;
  return {
    ...{ method, path, base, exactCase: true, exact: true },
    ...(inRoute === undefined ? {} : { inRoute }),
    ...(errorsEnd === undefined ? {} : { errorsEnd }),
    ...(told ? { told } : {}),
    ...(trace ? { trace } : {}),
  };
}

/** Whether no other spelling of its path leads to the route. */
export function isWrittenAlone({ exact, exactCase, asSent }: Visit): boolean {
  return exact === true && exactCase === true && asSent === undefined;
}

/** In which other ways a path may be spelled that lead to the same route, for a person. */
export function spellingsOf({ path, exact, exactCase, asSent, trace }: Visit): readonly string[] {
  trace?.read();
  const escaped = path.replace(
    /^(\/:?\w*?)([a-z])/i,
    (_, before: string, letter: string) => `${before}%${letter.charCodeAt(0).toString(16)}`,
  );
  return [
    ...(exact || exactCase ? [] : ['in another case']),
    ...(exact ? [] : ['with a slash at the end']),
    ...(asSent ? [`\`${escaped}\``] : []),
  ];
}

/** What a layer may ask a request to know where it goes. */
const askedMembers = [
  ...['method', 'path', 'url', 'originalUrl', 'baseUrl'],
  ...['routeOptions', 'routeConfig', 'routerPath', 'routerMethod'],
];

/** Whether something of a request has been read that says where it goes. */
export function asksWhere(request: ExternalValue): boolean {
  for (const [name] of request.knownMembers()) {
    if (askedMembers.includes(name) && !request.findProperty(name)) return true;
  }
  return false;
}

/** What a request says of where it goes, by the names of its members. */
export function addressOf(request: ExternalValue, visit: Visit): ReadonlyMap<string, Value> {
  const { origin } = request;
  const whole = pathText(visit.path, request, visit.exactCase, visit.exact);
  const rest = restText(visit, request);
  const { asSent } = visit;
  const given = new Map<string, Value>([
    ['path', sent(rest, asSent === 'path and url')],
    ['url', withQuery(sent(rest, asSent !== undefined), origin, visit.exactCase)],
    ['originalUrl', withQuery(sent(whole, asSent !== undefined), origin, visit.exactCase)],
  ]);
  const { trace } = visit;
  if (trace)
    for (const [name, value] of given)
      if (value.kind === 'text') given.set(name, trace.follow(partName(name, visit), value));
  if (visit.method !== 'ALL') given.set('method', { kind: 'literal', value: visit.method, origin });
  for (const [name, value] of visit.told ?? []) given.set(name, value);
  return given;
}

function partName(name: string, visit: Visit): string {
  return isWrittenAlone(visit) ? `${name} as it is written` : name;
}

/** What a layer may be asked of the address of a request, by the names under which a trace follows it. */
export function partsOfAddress(request: ExternalValue, visit: Visit): ReadonlyMap<string, Value> {
  const parts = new Map<string, Value>();
  for (const spelled of [visit, writtenVisit(visit)])
    for (const [name, value] of addressOf(request, spelled)) parts.set(partName(name, spelled), value);
  return parts;
}

/** Runs something while a request says where it goes. */
export function withVisit<Result>(request: ExternalValue, visit: Visit | undefined, run: () => Result): Result {
  if (!visit) return run();
  const given = addressOf(request, visit);
  const set = [...given].filter(([name]) => !request.findProperty(name));
  for (const [name, value] of set) request.properties.set(name, value);
  const result = run();
  // The next layer has its own view of the path.
  for (const [name, value] of set) if (request.findProperty(name) === value) request.properties.delete(name);
  return result;
}

/** The path below the layer's stack. */
export function restText(visit: Visit, request: ExternalValue): Value {
  const base = visit.base.split('/').filter(Boolean);
  // Whatever a star stands for is cut off as well.
  if (base.some((segment) => segment.includes('*'))) return unknownText(request.origin);
  const rest = visit.path.split('/').filter(Boolean).slice(base.length);
  return pathText(`/${rest.join('/')}`, request, visit.exactCase, visit.exact);
}

/** A path as a request may spell it: in most frameworks routes are found in any case, and with a slash at the end. */
export function pathText(path: string, request: ExternalValue, exactCase = false, exact = false): Value {
  const { origin } = request;
  const literal = (value: string): Value => ({ kind: 'literal', value, origin });
  const parts: Value[] = [];
  let known = '';
  let open = false;
  for (const segment of path.split('/').filter(Boolean)) {
    const [, name] = /^:(\w+)$/.exec(segment) ?? [];
    if (name === undefined && !/[:*{}()?+[\]\\]/.test(segment)) known += `/${segment}`;
    else if (name !== undefined) {
      const segment = memberOf(memberOf(request, 'params'), name);
      parts.push(literal(`${known}/`), { kind: 'text', parts: [segment], origin, without: '/?' });
      known = '';
    } else {
      // What is optional, or stands for several segments, may be followed by anything.
      parts.push(literal(known === '' && parts.length === 0 ? '/' : known), unknownValue);
      known = '';
      open = true;
      break;
    }
  }
  if (known !== '' || parts.length === 0) parts.push(literal(known === '' ? '/' : known));
  if (exact) return { kind: 'text', parts, origin, address: true };
  if (!open && path !== '/') parts.push(either('/', origin));
  return { kind: 'text', parts, origin, anyCase: !exactCase, address: true };
}

function sent(path: Value, asSent: boolean): Value {
  return asSent && path.kind === 'text' ? { ...path, anyEscape: true } : path;
}

function withQuery(path: Value, origin: Origin, exactCase = false): Value {
  const query: Value = { kind: 'text', parts: [{ kind: 'literal', value: '?', origin }, unknownValue], origin };
  return { kind: 'text', parts: [path, maybe(query, origin)], origin, anyCase: !exactCase, address: true };
}

function unknownText(origin: Origin): Value {
  return { kind: 'text', parts: [unknownValue], origin, address: true };
}

function either(text: string, origin: Origin): Value {
  return maybe({ kind: 'literal', value: text, origin }, origin);
}

function maybe(value: Value, origin: Origin): Value {
  return unionOf([
    { value: { kind: 'literal', value: '', origin }, proofs: [] },
    { value, proofs: [] },
  ]);
}
