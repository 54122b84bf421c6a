import { nodeServers } from '../catalog/frameworks/node-servers.js';
import type { Place } from '../finding/place.js';
import { optionsOf, propertyOf, type ExternalValue, type Value } from '../program/value.js';
import { placeOf } from './place-of.js';

/** An address that an application of the project listens on. */
export interface Binding {
  /** As far as the code says: a setting may choose another one. */
  readonly ports: readonly number[];
  /** Whether only the machine itself can get there: a loopback address, a socket in its file system. */
  readonly isLocal: boolean;
  readonly place: Place;
}

/** An application as it is served, apart from all that it is made of. */
export interface Server {
  /** The file that makes it. */
  readonly file: string;
  readonly bindings: readonly Binding[];
}

/**
 * `app.listen(3000)`, `http.createServer(app).listen(3000)`, `serve({ fetch: app.fetch, port: 3000 })`.
 *
 * @param startup What was called while the modules ran.
 */
export function serverOf(application: ExternalValue, startup: readonly ExternalValue[]): Server {
  const bindings: Binding[] = [];
  for (const call of listeningOf(application)) bindings.push(bindingOf(call));
  for (const call of startup) {
    if (!nodeServers.has(call.path) || !call.call?.args.some((arg) => isOf(arg, application))) continue;
    if (call.path.endsWith('#serve()')) bindings.push(bindingOf(call));
    for (const inner of listeningOf(call)) bindings.push(bindingOf(inner));
  }
  return { file: application.origin.file.path, bindings };
}

function listeningOf(owner: ExternalValue): readonly ExternalValue[] {
  return owner.knownCalls().filter(({ path }) => path.endsWith('.listen()'));
}

/** The application itself, what it makes of itself (`app.callback()`, `app.fetch`), and options that name it. */
function isOf(value: Value, application: ExternalValue): boolean {
  if (value === application) return true;
  if (value.kind === 'external') return value.receiver === application;
  const handler = propertyOf(value, 'fetch');
  return handler !== undefined && isOf(handler, application);
}

function bindingOf({ call, origin }: ExternalValue): Binding {
  const [first, second] = call?.args ?? [];
  const options = first?.kind === 'object' ? first : undefined;
  const port = options ? propertyOf(options, 'port') : first;
  const host = options ? (propertyOf(options, 'host') ?? propertyOf(options, 'hostname')) : second;
  const socket = options ? propertyOf(options, 'path') : first;
  return {
    ports: optionsOf(port ?? { kind: 'undefined' }).flatMap(({ value }) => {
      const number = value.kind === 'literal' ? Number(value.value) : NaN;
      return Number.isInteger(number) && number > 0 ? [number] : [];
    }),
    isLocal: isAll(host, isLoopback) || isAll(socket, (text) => text.startsWith('/') || text.endsWith('.sock')),
    place: placeOf(origin),
  };
}

/** Whether each text that it may be is of a kind. */
function isAll(value: Value | undefined, test: (text: string) => boolean): boolean {
  if (!value) return false;
  return optionsOf(value).every(
    ({ value: option }) => option.kind === 'literal' && typeof option.value === 'string' && test(option.value),
  );
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}
