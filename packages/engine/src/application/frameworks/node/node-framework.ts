import { httpServers, serverResponse } from '../../../catalog/frameworks/node-http.js';
import { limits } from '../../../limits.js';
import type { Outcome } from '../../../program/interpreter.js';
import { conditionsSince } from '../../../program/condition.js';
import type { Event } from '../../../program/semantics.js';
import {
  externalValue,
  memberOf,
  textOf,
  undefinedValue,
  type ExternalValue,
  type FunctionValue,
  type Origin,
  type Value,
} from '../../../program/value.js';
import { Chain, fork, type ChainState } from '../../chain.js';
import { placeOf } from '../../place-of.js';
import { isAnswered } from '../../reach.js';
import type { FollowedProgram, FollowedRoute, Framework } from '../framework.js';
import { NodeAddress } from './node-address.js';
import { writtenAddresses } from './written-addresses.js';

const asked: readonly string[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
/** A method and a path that no handler asks for by name. */
const unnamed = 'LINK';
/** Whichever method it is. */
const any = 'ANY';
const nowhere = '/\u0000/\u0000';

/** A path that a handler may know. */
interface Address {
  readonly method: string | undefined;
  readonly path: string;
  readonly origin: Origin;
}

interface Ran {
  readonly outcome: Outcome;
  readonly state: ChainState;
}

/**
 * Servers of Node.js whose handler is a function of the project. What it answers where is told by what it does for each
 * of the paths that the program writes down.
 */
export class NodeFramework implements Framework {
  // A program may import them to ask others.
  readonly packages = [];
  readonly shape = new NodeAddress();

  keeps(): boolean {
    // Servers are kept for every framework: one may listen for its application.
    return false;
  }

  *routes(program: FollowedProgram): Iterable<FollowedRoute> {
    const seen = new Set<FunctionValue['facts']>();
    for (const server of new Set(program.startup)) {
      if (!httpServers.has(server.path)) continue;
      for (const handler of handlersOf(server)) {
        if (seen.has(handler.facts)) continue;
        seen.add(handler.facts);
        yield* new Dispatch(server, handler, program, this.shape).routes();
      }
    }
  }
}

/** `createServer((request, response) => …)`, `server.on('request', …)` */
function handlersOf(server: ExternalValue): readonly FunctionValue[] {
  const listeners = server.knownCalls().flatMap(({ path, call }) => {
    const [event, listener] = call?.args ?? [];
    return /\.(on|addListener)\(\)$/.test(path) && textOf(event) === 'request' && listener ? [listener] : [];
  });
  return [...(server.call?.args ?? []), ...listeners].filter((value) => value.kind === 'function');
}

/** What one handler does, path by path. */
class Dispatch {
  readonly #site: Origin;
  readonly #chain: Chain;

  constructor(
    readonly server: ExternalValue,
    readonly handler: FunctionValue,
    readonly program: FollowedProgram,
    readonly shape: NodeAddress,
  ) {
    this.#site = { file: handler.file, span: handler.facts };
    this.#chain = new Chain(program.interpreter, program.semantics, this.#site);
  }

  *routes(): Iterable<FollowedRoute> {
    const shown = new Set<string>();
    for (const address of this.#addresses()) {
      const tried = triedPath(address.path);
      if (!this.#isKnown(any, tried)) continue;
      for (const method of address.method === undefined ? [...asked, unnamed] : [address.method]) {
        if (!this.#isKnown(method, tried) || !this.#isOwn(method, tried)) continue;
        const title = `${method} ${address.path}`;
        if (!shown.has(title)) yield this.#route(method, address.path, address.path, address.origin);
        shown.add(title);
      }
    }
    for (const method of [...asked, unnamed])
      if (this.#isOwn(method, nowhere)) yield this.#route(method, '/*', shown.size === 0 ? '/*' : nowhere, this.#site);
  }

  /** Whether something happens at a path that does not happen anywhere. */
  #isKnown(method: string, path: string): boolean {
    return signatureOf(this.#run(method, path).outcome) !== signatureOf(this.#run(method, nowhere).outcome);
  }

  /** Whether a path is served for this method, and not just for any. */
  #isOwn(method: string, path: string): boolean {
    const { outcome } = this.#run(method, path);
    if (!this.#serves(outcome)) return false;
    return method === unnamed || signatureOf(outcome) !== signatureOf(this.#run(unnamed, path).outcome);
  }

  /** @param askedFor The path that the handler is followed with. */
  #route(method: string, path: string, askedFor: string, origin: Origin): FollowedRoute {
    const { outcome, state } = this.#run(method, askedFor);
    return {
      method: method === unnamed ? 'ALL' : method,
      path,
      place: placeOf(origin),
      handler: placeOf(this.#site),
      router: placeOf(this.server.origin),
      server: this.server,
      framework: 'node',
      state,
      outcome,
      answersByReturn: false,
    };
  }

  /** Whether it does something for a request beside turning it away. */
  #serves(outcome: Outcome): boolean {
    const { semantics } = this.program;
    if (isAnswered(outcome, semantics)) return true;
    return outcome.events.some(({ call }) => {
      const entry = semantics.catalog.find(call.at);
      return entry?.data !== undefined || entry?.mint !== undefined || entry?.effect !== undefined;
    });
  }

  readonly #ran = new Map<string, Ran>();

  #run(method: string, path: string): Ran {
    const key = `${method} ${path}`;
    const known = this.#ran.get(key);
    if (known) return known;
    const { interpreter } = this.program;
    const { start } = this.#chain;
    const request = fork(start.request);
    const response = externalValue(serverResponse, this.#site);
    const { address, parameters } = addressOf(path, request, this.#site);
    // `for await (const chunk of request)`
    request.properties.set('0', memberOf(request, 'body'));
    request.properties.set('url', address);
    request.properties.set('path', address);
    if (method !== any) request.properties.set('method', { kind: 'literal', value: method, origin: this.#site });
    this.shape.request = request;
    const followed = interpreter.follow(this.handler, undefinedValue, [request, response], this.#site, []);
    this.shape.request = undefined;
    const outcome = { ...followed, events: followed.events.filter((event) => !isOfOther(event, parameters)) };
    const ran = { outcome, state: { ...start, request, response } };
    this.#ran.set(key, ran);
    return ran;
  }

  /** What the program writes down of paths, in the file of the handler and those that it imports. */
  #addresses(): readonly Address[] {
    const { interpreter } = this.program;
    const files = [this.handler.file];
    for (const facts of files)
      for (const source of [
        ...facts.imports.filter((item) => !item.typeOnly).map((item) => item.source),
        ...facts.required,
      ]) {
        const target = interpreter.resolve(facts.path, source);
        const next = target === undefined ? undefined : interpreter.files.get(target);
        if (next && !files.includes(next) && files.length < limits.dispatchFiles) files.push(next);
      }
    const addresses = new Map<string, Address & { readonly isAsked: boolean }>();
    for (const file of files)
      for (const { method, path, isAsked, start, end } of writtenAddresses(file)) {
        const key = `${method ?? ''} ${path}`;
        const known = addresses.get(key);
        if (known && (known.isAsked || !isAsked)) continue;
        addresses.set(key, { method, path, isAsked, origin: { file, span: { start, end } } });
      }
    return [...addresses.values()].slice(0, limits.dispatchPaths);
  }
}

/** Of all that a path may go on with, something that no handler knows. */
function triedPath(path: string): string {
  return path.endsWith('/*') ? `${path.slice(0, -2)}${nowhere}` : path;
}

/** A path as a request has it: its parameters stand for whatever the caller writes there. */
function addressOf(
  path: string,
  request: ExternalValue,
  origin: Origin,
): { readonly address: Value; readonly parameters: ReadonlySet<Value> } {
  const params = memberOf(request, 'params');
  const parameters = new Set<Value>();
  const parts: Value[] = [];
  let known = '';
  const flush = (text: string): void => {
    if (text !== '') parts.push({ kind: 'literal', value: text, origin });
    known = '';
  };
  for (const segment of path.split('/').slice(1)) {
    const [, name] = /^:(\w+)$/.exec(segment) ?? [];
    known += '/';
    if (segment === '*') {
      flush(known);
      const rest = memberOf(params, '*');
      parameters.add(rest);
      parts.push(rest);
    } else if (name === undefined) known += segment;
    else {
      const parameter = memberOf(params, name);
      parameter.answers.isThere = true;
      parameters.add(parameter);
      flush(known);
      parts.push({ kind: 'text', parts: [parameter], origin, without: '/' });
    }
  }
  flush(known);
  const [only] = parts;
  const address: Value = parts.length === 1 && only?.kind === 'literal' ? only : { kind: 'text', parts, origin };
  return { address, parameters };
}

/** What happens only where a parameter is the name of another path: `/orders/mine` beside `/orders/:id`. */
function isOfOther({ condition }: Event, parameters: ReadonlySet<Value>): boolean {
  if (parameters.size === 0) return false;
  return conditionsSince(condition, undefined).some(
    ({ values, truthy }) =>
      truthy &&
      values.some((value) => textOf(value)?.startsWith('/')) &&
      values.some((value) => value.kind === 'text' && value.parts.some((part) => isParameter(part, parameters))),
  );
}

function isParameter(part: Value, parameters: ReadonlySet<Value>): boolean {
  return parameters.has(part) || (part.kind === 'text' && part.parts.some((inner) => parameters.has(inner)));
}

/** What happens, and on whose behalf. */
function signatureOf({ events }: Outcome): string {
  return events
    .map(({ call, stack }) => {
      const sites: string[] = [];
      for (let entry = stack; entry; entry = entry.around)
        sites.push(`${entry.site.file.path}:${String(entry.site.span.start)}`);
      return `${call.path} ${call.origin.file.path} ${String(call.origin.span.start)} ${sites.join(' ')}`;
    })
    .join('\n');
}
