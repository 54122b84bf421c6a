import { isPath, pathsIn } from '../path-values.js';
import { limits } from '../../../limits.js';
import { honoApplications, honoRegistering, honoVerbs } from '../../../catalog/frameworks/hono.js';
import type { Interpreter } from '../../../program/interpreter.js';
import {
  externalValue,
  Notes,
  optionsOf,
  propertyOf,
  textOf,
  type ExternalValue,
  type Origin,
  type Value,
} from '../../../program/value.js';
import { nestedItems } from '../../nested-items.js';
import { mergePaths } from './hono-paths.js';

/** Handlers for some methods and a path, or, without methods, middlewares. */
export interface Registration {
  readonly methods: readonly string[] | undefined;
  readonly path: string;
  readonly values: readonly Value[];
  readonly origin: Origin;
  /** The application that it was made on. */
  readonly application: ExternalValue;
}

/** An application while the program starts: `src/hono-base.ts` of Hono. */
interface Started {
  readonly base: string;
  /** Shared with what `basePath` gives. */
  readonly registrations: Registration[];
  /** The path of the last registration: the next one may leave it out. */
  path: string;
  /** What `new Hono()` gave. */
  readonly root: ExternalValue;
}

const started = new Notes<Started>();

/**
 * Does at start-up what Hono does: applications hold one flat list in the order of the calls, `route` copies what the
 * other one holds at that moment, and `basePath` gives the same list below a path.
 */
export class HonoRegistry {
  readonly #mounted = new Set<ExternalValue>();
  /** Applications with registrations, those as well that a function nobody calls is handed. */
  readonly applications = new Set<ExternalValue>();

  isMounted(application: ExternalValue): boolean {
    return this.#mounted.has(application);
  }

  registrationsOf(application: ExternalValue): readonly Registration[] {
    return started.get(application)?.registrations ?? [];
  }

  /** What a call of an application's method comes to, where that is not the application itself. */
  register(call: ExternalValue, interpreter: Interpreter): Value | undefined {
    if (honoApplications.has(call.path)) {
      initialise(call, interpreter);
      return undefined;
    }
    const { receiver, path, run } = call;
    const name = path.slice(path.lastIndexOf('.') + 1, -2);
    if (receiver?.kind !== 'external' || !honoRegistering.has(name)) return undefined;
    const application = startedAt(receiver);
    // What a request does to an application is done while nobody registers any more.
    if (!application || receiver.run !== run) return undefined;
    this.applications.add(application.root);
    const args = call.call?.args ?? [];
    if (name === 'basePath') return below(application, receiver, args[0], call);
    this.#add(application, receiver, name, args, call.origin);
    return undefined;
  }

  #add(to: Started, on: ExternalValue, name: string, args: readonly Value[], origin: Origin): void {
    const [first, second] = args;
    const add = (methods: readonly string[] | undefined, path: string, values: readonly Value[]): void => {
      if (values.length === 0 || to.registrations.length >= limits.stackLayers) return;
      to.registrations.push({ methods, path: mergePaths(to.base, path), values, origin, application: on });
    };
    if (name === 'use') {
      if (first && isPath(first)) for (const path of pathsIn(first)) add(undefined, (to.path = path), args.slice(1));
      else add(undefined, (to.path = '*'), args);
    } else if (name === 'on') {
      const methods = textsOf(first).map((method) => method.toUpperCase());
      for (const path of second ? [...nestedItems(second)].flatMap((item) => pathsIn(item)) : [])
        add(methods, path, args.slice(2));
    } else if (name === 'openapi') {
      const path = textOf(propertyOf(first, 'path'));
      const method = textOf(propertyOf(first, 'method'));
      if (path === undefined || method === undefined || !second) return;
      const before = propertyOf(first, 'middleware');
      add([method.toUpperCase()], path.replace(/\/\{(.+?)\}/g, '/:$1'), before ? [before, second] : [second]);
    } else if (name === 'route' || name === 'mount') {
      for (const path of first ? pathsIn(first) : [])
        for (const { value } of second ? optionsOf(second) : []) this.#mount(to, path, value);
    } else if (honoVerbs.has(name)) {
      const values = first && isPath(first) ? args.slice(1) : args;
      for (const path of first && isPath(first) ? pathsIn(first) : [to.path])
        add([name.toUpperCase()], (to.path = path), values);
    }
  }

  #mount(to: Started, path: string, value: Value): void {
    // `app.mount('/api', other.fetch)`
    const target =
      value.kind === 'external' && value.path.endsWith('.fetch') && value.receiver ? value.receiver : value;
    const inner = target.kind === 'external' ? startedAt(target) : undefined;
    if (!inner) return;
    this.#mounted.add(inner.root);
    for (const registration of [...inner.registrations]) {
      if (to.registrations.length >= limits.stackLayers) return;
      const merged = mergePaths(mergePaths(to.base, path), registration.path);
      to.registrations.push({ ...registration, path: merged });
    }
  }
}

function startedAt(application: ExternalValue): Started | undefined {
  const known = started.get(application);
  if (known || !application.call || !honoApplications.has(application.path)) return known;
  const begun: Started = { base: '/', registrations: [], path: '/', root: application };
  started.set(application, begun);
  return begun;
}

/** `createFactory({ initApp: (app) => … }).createApp()` */
function initialise(application: ExternalValue, interpreter: Interpreter): void {
  const maker = application.receiver;
  const init = maker?.kind === 'external' ? propertyOf(maker.call?.args[0], 'initApp') : undefined;
  if (init) interpreter.call(init, [application], application.origin);
}

function below(of: Started, on: ExternalValue, path: Value | undefined, call: ExternalValue): ExternalValue {
  const inner = externalValue(on.path, call.origin, undefined, { args: [], construct: true });
  inner.run = call.run;
  const base = mergePaths(of.base, (path && pathsIn(path)[0]) ?? '/');
  started.set(inner, { base, registrations: of.registrations, path: '/', root: of.root });
  return inner;
}

/** Whether options of a setting say that a slash at the end makes another path. */
export function isStrict(application: ExternalValue): boolean {
  const strict = propertyOf(application.call?.args[0], 'strict');
  return !(strict?.kind === 'literal' && strict.value === false);
}

function textsOf(value: Value | undefined): readonly string[] {
  return value ? [...nestedItems(value)].flatMap((item) => textOf(item) ?? []) : [];
}
