import type { AccessPath } from '../../../program/access-path.js';
import {
  h3Application,
  h3Makers,
  h3Names,
  h3Readers,
  h3Router,
  h3Verbs,
  nuxtAuthUtils,
} from '../../../catalog/frameworks/h3.js';
import type { FileFacts } from '../../../facts/file-facts.js';
import type { Interpreter } from '../../../program/interpreter.js';
import {
  externalValue,
  memberOf,
  Notes,
  textOf,
  type ExternalValue,
  type Origin,
  type Value,
} from '../../../program/value.js';
import type { OddShape } from '../../catalog-semantics.js';
import { nextUrlOf } from '../../shapes/fetch-request-shape.js';
import { configMakers, runtimeConfig } from './runtime-config.js';

const eventPath = 'h3#H3Event()';
const sessionPath = 'h3#Session()';
const settingsStep = 'nitropack/runtime#';
const settingsReader = 'useRuntimeConfig';

/** The request that stands behind an event, and behind its session. */
const requests = new Notes<ExternalValue>();

/** An event of one request: what a middleware puts into its context is kept with the request. */
export function eventOf(request: ExternalValue): ExternalValue {
  const { origin } = request;
  const event = externalValue(eventPath, origin, undefined, { args: [], construct: true });
  const context = memberOf(request, 'context');
  if (!context.findProperty('params')) context.properties.set('params', memberOf(request, 'params'));
  const node: Value = { kind: 'object', properties: new Map([['req', request]]), spread: [], origin };
  event.properties.set('context', context);
  event.properties.set('node', node);
  event.properties.set('headers', memberOf(request, 'headers'));
  requests.set(event, request);
  return event;
}

/** Names of Nuxt's own modules that need no import. */
const sessionNames: ReadonlySet<string> = new Set(
  Object.keys(nuxtAuthUtils.calls).map((path) => path.slice(path.indexOf('#') + 1, -2)),
);

/** What events do that no entry of the catalog says, and what was registered where. */
export class H3Shape implements OddShape {
  /** Functions and objects that were made handlers of. */
  readonly handlers = new Set<Value>();
  /** Registrations on applications and routers, in their order. */
  readonly registrations = new Map<ExternalValue, ExternalValue[]>();

  evaluates({ root }: AccessPath): boolean {
    return root.step === 'h3#' || root.step === 'nuxt-auth-utils#' || root.step === settingsStep;
  }

  readsFrom({ text }: AccessPath): boolean {
    return text === eventPath || text === sessionPath;
  }

  evaluateMember(object: ExternalValue, name: string, origin: Origin, interpreter: Interpreter): Value | undefined {
    const request = object.path === eventPath || object.path === sessionPath ? requests.get(object) : undefined;
    if (!request) return undefined;
    if (object.path === sessionPath) return name === 'data' ? memberOf(request, 'session', origin) : undefined;
    return name === 'path' || name === 'method' ? interpreter.member(request, name, origin) : undefined;
  }

  evaluateCall(call: ExternalValue, interpreter: Interpreter): Value | undefined {
    const { path, receiver, origin } = call;
    if (path === `${settingsStep}${settingsReader}()`) return runtimeConfig(origin, interpreter);
    if (path === 'nuxt-auth-utils#getUserSession()') {
      const request = requestAt(call);
      return request && { kind: 'object', properties: new Map(), spread: [memberOf(request, 'auth')], origin };
    }
    if (!path.startsWith('h3#')) return undefined;
    if (h3Makers.has(path)) {
      const [made] = call.call?.args ?? [];
      if (made) this.handlers.add(made);
      return undefined;
    }
    if (receiver?.kind === 'external' && receiver.run === call.run && isRegistration(receiver, path)) {
      const list = this.registrations.get(receiver) ?? [];
      if (list.length === 0) this.registrations.set(receiver, list);
      list.push(call);
      return undefined;
    }
    return read(call);
  }

  /** Nuxt and Nitro know these, and what `server/utils` exports, without an import: https://nitro.build/guide/utils */
  globalOf(name: string, interpreter: Interpreter): Value | undefined {
    const { files } = interpreter;
    this.#utilities ??= utilitiesOf(files);
    const path = this.#utilities.get(name);
    const record = path === undefined ? undefined : interpreter.module(path);
    if (record) return interpreter.exported(record, name);
    const known = pathOfGlobal(name);
    const [file] = files.values();
    return known === undefined || !file || nitroRoots(files.keys()).length === 0
      ? undefined
      : externalValue(known, { file, span: { start: 0, end: 0 } });
  }

  #utilities: ReadonlyMap<string, string> | undefined;
}

function pathOfGlobal(name: string): string | undefined {
  if (h3Names.has(name)) return `h3#${name}`;
  if (sessionNames.has(name)) return `nuxt-auth-utils#${name}`;
  return name === settingsReader ? `${settingsStep}${name}` : configMakers.get(name);
}

/** Folders with a `server` that Nitro may build from its files. */
export function nitroRoots(paths: Iterable<string>): readonly string[] {
  const roots = new Set<string>();
  for (const path of paths) {
    const [, root] = /^(.*?\/|)server\/(?:api|routes|middleware)\//.exec(path) ?? [];
    if (root !== undefined) roots.add(root);
  }
  return [...roots];
}

/** What the utilities of such a server export, and where. */
function utilitiesOf(files: ReadonlyMap<string, FileFacts>): ReadonlyMap<string, string> {
  const utilities = new Map<string, string>();
  const roots = nitroRoots(files.keys());
  for (const facts of roots.length > 0 ? files.values() : []) {
    if (!roots.some((root) => facts.path.startsWith(`${root}server/utils/`))) continue;
    for (const item of facts.exports)
      if ('exported' in item && item.exported !== 'default') utilities.set(item.exported, facts.path);
  }
  return utilities;
}

function isRegistration({ path }: ExternalValue, called: string): boolean {
  const name = called.slice(called.lastIndexOf('.') + 1, -2);
  return (path === h3Application && name === 'use') || (path === h3Router && h3Verbs.has(name));
}

/** `getRouterParam(event, 'id')`, `useSession(event, …)` */
function read(call: ExternalValue): Value | undefined {
  const name = call.path.slice('h3#'.length, -2);
  const part = h3Readers.get(name);
  const isSession = name === 'useSession' || name === 'getSession';
  const request = part !== undefined || isSession ? requestAt(call) : undefined;
  if (!request) return undefined;
  if (isSession) {
    const session = externalValue(sessionPath, call.origin, undefined, { args: [], construct: true });
    requests.set(session, request);
    return session;
  }
  if (name === 'getRequestURL') return nextUrlOf(request, call.origin);
  const whole = memberOf(request, part ?? '', call.origin);
  const key = textOf(call.call?.args[1]);
  if (key === undefined) return request.findProperty(part ?? '') ?? whole;
  return memberOf(whole, part === 'headers' ? key.toLowerCase() : key, call.origin);
}

function requestAt({ call }: ExternalValue): ExternalValue | undefined {
  const [event] = call?.args ?? [];
  return event?.kind === 'external' ? requests.get(event) : undefined;
}
