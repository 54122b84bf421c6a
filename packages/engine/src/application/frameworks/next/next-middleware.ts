import { nextGoesOn, nextRewrites } from '../../../catalog/frameworks/nextjs.js';
import type { Interpreter, Outcome } from '../../../program/interpreter.js';
import { identifies, withProofs, type Flow, type Proof } from '../../../program/proof.js';
import {
  externalValue,
  memberOf,
  optionsOf,
  textOf,
  unionOf,
  unknownValue,
  type ExternalValue,
  type Option,
  type Origin,
  type Value,
} from '../../../program/value.js';
import type { CatalogSemantics } from '../../catalog-semantics.js';
import { Chain, type Calling, type ChainState } from '../../chain.js';
import { nextUrlOf } from '../../shapes/fetch-request-shape.js';
import { readProperty } from '../../where-of.js';
import type { NextFile } from './next-files.js';
import { takesPath } from './path-pattern.js';

/** One thing that a request runs through in front of all handlers. */
interface Layer {
  readonly chain: Chain;
  readonly value: Value;
  /** Paths that it lets everybody to. */
  readonly except?: string;
}

/** What stands in front of the handlers of an application, and for which paths. */
export class NextMiddleware {
  readonly #layers: readonly Layer[];
  readonly #matcher: Value | undefined;

  constructor(
    file: NextFile,
    readonly interpreter: Interpreter,
    readonly semantics: CatalogSemantics,
  ) {
    const record = interpreter.module(file.facts.path);
    const exported = (name: string): Value | undefined => (record ? interpreter.exported(record, name) : undefined);
    const value = exported('middleware') ?? exported('proxy') ?? exported('default');
    const config = exported('config');
    this.#matcher = config && (config.kind === 'object' ? config.properties.get('matcher') : unknownValue);
    this.#layers = value ? this.#layersOf(value, { file: file.facts, span: { start: 0, end: 0 } }) : [];
  }

  /** The state behind it of a request for one path. */
  after(start: ChainState, method: string, path: string): ChainState {
    const taken = this.#takes(path);
    if (taken === undefined) return { ...start, unknown: true };
    if (!taken) return start;
    const visit = { method, path, base: '', exact: true };
    return this.#layers.reduce(
      (state, { chain, value, except }) =>
        except !== undefined && path.startsWith(except) ? state : chain.after(state, value, visit),
      start,
    );
  }

  /** Without a matcher every path is taken. What asks for headers or cookies is left to the caller, who goes past it. */
  #takes(path: string): boolean | undefined {
    const matcher = this.#matcher;
    if (!matcher) return true;
    const samples = samplePaths(path);
    let unread = matcher.kind === 'unknown' || (matcher.kind === 'array' && matcher.open);
    for (const item of matcher.kind === 'array' ? matcher.items : [matcher]) {
      const conditional = readProperty(item, 'has') ?? readProperty(item, 'missing');
      const source = textOf(item.kind === 'object' ? item.properties.get('source') : item);
      if (conditional) continue;
      // The caller chooses how long the path is.
      const taken = samples.map((sample) => (source === undefined ? undefined : takesPath(source, sample)));
      if (taken.every((answer) => answer === true)) return true;
      if (taken.includes(undefined)) unread = true;
    }
    return unread ? undefined : false;
  }

  #layersOf(value: Value, origin: Origin): readonly Layer[] {
    const layer = (calling: Calling, of: Value): { chain: Chain; value: Value } => ({
      chain: new Chain(this.interpreter, this.semantics, origin, calling),
      value: of,
    });
    const plain = nextCalling(this.semantics, (request) => [request, unknownValue]);
    if (value.kind !== 'external') return [layer(plain, value)];
    const { path, call } = value;
    const inner = call?.args.find((arg) => arg.kind === 'function');
    if (path === '@clerk/nextjs/server#clerkMiddleware()') {
      const auth = externalValue('@clerk/nextjs/server#auth', value.origin);
      const calling = nextCalling(this.semantics, (request) => [auth, request, unknownValue]);
      return inner ? [layer(calling, inner)] : [];
    }
    // https://next-auth.js.org/configuration/nextjs#middleware: without a callback a token is enough.
    if (withAuthPath.test(path)) {
      const options = call?.args.find((arg) => arg.kind === 'object');
      const asks = readProperty(readProperty(options, 'callbacks'), 'authorized');
      const first = asks ? layer(this.#deciding('token', 'req'), asks) : layer(plain, guardOf(value));
      // Where people log in: packages/next-auth/src/next/middleware.ts.
      return [first, ...(inner ? [layer(plain, inner)] : [])].map((item) => ({ ...item, except: '/api/auth' }));
    }
    // https://authjs.dev/reference/nextjs: a function of the project's own decides instead of the callback.
    const [, made] = authPath.exec(path) ?? [];
    if (made !== undefined) {
      if (inner) return [layer(plain, inner)];
      const options = configOf(value);
      const asks = readProperty(readProperty(options, 'callbacks'), 'authorized');
      return asks ? [layer(this.#deciding('auth', 'request'), asks)] : options ? [] : [layer(plain, unknownValue)];
    }
    return [layer(plain, value)];
  }

  /** A callback that says yes or no. */
  #deciding(caller: string, request: string): Calling {
    const { interpreter, semantics } = this;
    return {
      handed: (received) => {
        const properties = new Map<string, Value>([
          [caller, externalValue('express#Request.auth', received.origin)],
          [request, withAddress(received)],
        ]);
        return [{ kind: 'object', properties, spread: [], origin: received.origin }];
      },
      takesErrors: () => false,
      handedOn: (outcome) =>
        ways(outcome, ({ value, proofs }) => {
          if (isAnswer(value, semantics)) return undefined;
          const gained = interpreter.refine(value, true);
          return gained && [...proofs, ...gained];
        }),
    };
  }
}

const withAuthPath = /^next-auth\/middleware#(withAuth)?(\(\))?$/;
const authPath = /^(next-auth#(?:NextAuth)?\(\))\.auth(\(\))?$/;

/** `withAuth` without options, as it is exported by default. */
function guardOf(value: ExternalValue): Value {
  return value.call
    ? value
    : externalValue('next-auth/middleware#withAuth()', value.origin, undefined, { args: [], construct: false });
}

/** What was handed to `NextAuth`. */
function configOf(value: ExternalValue): Value | undefined {
  for (let current: Value | undefined = value; current?.kind === 'external'; current = current.receiver)
    if (/^next-auth#(NextAuth)?\(\)$/.test(current.path)) {
      const options = current.call?.args[0];
      return options?.kind === 'object' ? options : undefined;
    }
  return undefined;
}

/** A middleware lets a request on by what it returns: nothing, or `NextResponse.next()`. */
function nextCalling(semantics: CatalogSemantics, args: (request: ExternalValue) => readonly Value[]): Calling {
  let current: ExternalValue | undefined;
  return {
    handed: (request) => args(withAddress((current = request))),
    takesErrors: () => false,
    handedOn: (outcome) => {
      const on = optionsOf(outcome.value).filter((option) => !isAnswer(option.value, semantics));
      const flows = ways(outcome, ({ value, proofs }) => (isAnswer(value, semantics) ? undefined : proofs));
      // What is written for known callers alone may be the caller's own word for the others.
      if (current && flows.every(({ proofs }) => proofs.some(identifies))) forward(on, current);
      return flows;
    },
  };
}

/** `NextResponse.next({ request: { headers } })`: what a handler reads then is what the middleware has written. */
function forward(on: readonly Option[], request: ExternalValue): void {
  const written = on.map(({ value }) => headersIn(value));
  const [first] = written;
  for (const name of first?.keys() ?? []) {
    const values = written.flatMap((headers) => headers.get(name) ?? []);
    if (values.length < written.length) continue;
    memberOf(request, 'headers').properties.set(name, unionOf(values.map((value) => ({ value, proofs: [] }))));
  }
}

/** The headers that are set on what is handed on, by name. */
function headersIn(answer: Value): ReadonlyMap<string, Value> {
  const options = answer.kind === 'external' ? answer.call?.args[0] : undefined;
  const headers = readProperty(readProperty(options, 'request'), 'headers');
  const found = new Map<string, Value>();
  if (headers?.kind !== 'external') return found;
  for (const { path, call } of headers.calls) {
    const [name, value] = call?.args ?? [];
    const text = textOf(name);
    if (path.endsWith('.set()') && text !== undefined && value) found.set(text.toLowerCase(), value);
  }
  return found;
}

/** The ways on which what is returned lets the request on, each with what it proves. */
function ways({ value, flow }: Outcome, on: (option: Option) => readonly Proof[] | undefined): readonly Flow[] {
  if (!flow) return [];
  return optionsOf(value).flatMap((option) => {
    const proofs = on(option);
    if (!proofs) return [];
    const { settings = flow.settings, condition = flow.condition } = option;
    const reached: Flow = {
      proofs: flow.proofs,
      ...(settings ? { settings } : {}),
      ...(condition ? { condition } : {}),
    };
    return [withProofs(reached, proofs)];
  });
}

function isAnswer(value: Value, { catalog }: CatalogSemantics): boolean {
  if (value.kind !== 'external' || !value.call || value.path === nextGoesOn) return false;
  if (value.path === nextRewrites) return isElsewhere(value.call.args[0]);
  return catalog.find(value.at)?.answers !== undefined;
}

/** A page that is shown in place of what was asked for: `rewrite(new URL('/login', request.url))`. */
function isElsewhere(address: Value | undefined): boolean {
  return address?.kind === 'external' && address.path === 'global#URL()' && textOf(address.call?.args[0]) !== undefined;
}

function withAddress(request: ExternalValue): ExternalValue {
  request.properties.set('nextUrl', nextUrlOf(request, request.origin));
  return request;
}

/** Paths that a route answers, short and long ones. */
function samplePaths(path: string): readonly string[] {
  const named = path.replace(/:\w+/g, '1');
  const [list, optional] = /\/(\{)?\*\w+\}?$/.exec(named) ?? [];
  if (list === undefined) return [named];
  const before = named.slice(0, -list.length);
  return [`${before}/1`, `${before}/1/2`, ...(optional === undefined ? [] : [before === '' ? '/' : before])];
}
