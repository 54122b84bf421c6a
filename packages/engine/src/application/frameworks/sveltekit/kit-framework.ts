import { remoteFunctions } from '../../../catalog/frameworks/sveltekit.js';
import type { FileFacts } from '../../../facts/file-facts.js';
import { escapedPath } from '../../../program/escaped.js';
import type { Interpreter } from '../../../program/interpreter.js';
import {
  externalValue,
  memberOf,
  optionsOf,
  undefinedValue,
  type ExternalValue,
  type NativeValue,
  type ObjectValue,
  type Origin,
  type Value,
} from '../../../program/value.js';
import type { CatalogSemantics } from '../../catalog-semantics.js';
import { Chain, fork, type Calling, type ChainState } from '../../chain.js';
import { placeOf } from '../../place-of.js';
import { beforeHandler } from '../../unread-handler.js';
import type { Visit } from '../../visit.js';
import { exportedBy, originOf, placeOfExport, wholeOf } from '../exported-values.js';
import type { FollowedProgram, FollowedRoute, Framework } from '../framework.js';
import { kitFiles, type KitFile } from './kit-files.js';
import { eventOf, KitShape, routeId } from './kit-shape.js';

/** Exports of a `+server.ts` that answer: https://svelte.dev/docs/kit/routing#server */
const verbs: ReadonlyMap<string, string> = new Map([
  ...['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].map((name) => [name, name] as const),
  ['fallback', 'ALL'],
]);

/** A function that a request ends in. */
interface Found {
  readonly method: string;
  readonly path: string;
  readonly value: Value;
  readonly facts: FileFacts;
  readonly site: Origin;
  readonly id: string;
  /** What a request says of where it goes is the caller's own word: that of a remote function. */
  readonly anywhere?: boolean;
}

/** Endpoints, loads of the server, form actions and remote functions, each where its file lies. */
export class KitFramework implements Framework {
  // A site without any of them is no back end.
  readonly packages = [];
  readonly shape = new KitShape();

  keeps(): boolean {
    return false;
  }

  *routes(program: FollowedProgram): Iterable<FollowedRoute> {
    for (const { directory, dependencies } of program.packages)
      if (dependencies.has('@sveltejs/kit'))
        yield* this.#ofApplication(directory === '' ? '' : `${directory}/`, program);
    this.shape.event = undefined;
  }

  *#ofApplication(root: string, program: FollowedProgram): Iterable<FollowedRoute> {
    const { interpreter, semantics } = program;
    const files = [...kitFiles(root, interpreter.files.keys())];
    const hooks = files.find(({ kind }) => kind === 'hooks');
    const handle = exportedBy(hooks?.file, 'handle', interpreter);
    const layers = handle ? layersOf(handle) : [];
    const layouts = new Map(files.flatMap(({ kind, id, file }) => (kind === 'layout' ? [[id, file] as const] : [])));
    let chain: Chain | undefined;
    for (const file of files) {
      for (const found of foundIn(file, interpreter)) {
        chain ??= new Chain(interpreter, semantics, wholeOf(found.facts), this.#calling(semantics));
        yield this.#follow(found, file, chain, layers, layouts, interpreter);
      }
    }
  }

  #follow(
    { method, path, value, facts, site, id, anywhere }: Found,
    { kind }: KitFile,
    chain: Chain,
    layers: readonly Value[],
    layouts: ReadonlyMap<string, string>,
    interpreter: Interpreter,
  ): FollowedRoute {
    const route: Value = { kind: 'literal', value: id, origin: site };
    // https://svelte.dev/docs/kit/remote-functions: neither the route nor the address may be trusted there.
    const told = new Map(anywhere ? [] : [[routeId, route] as const]);
    const visit: Visit = {
      method,
      path: anywhere ? '/*' : path,
      base: '',
      exact: true,
      exactCase: true,
      asSent: 'path and url',
      told,
    };
    const state = layers.reduce<ChainState>((before, layer) => chain.after(before, layer, visit), chain.start);
    const request = fork(state.request);
    const event = eventOf(request, path);
    if (!anywhere) request.properties.set(routeId, route);
    if (kind === 'page' || kind === 'layout')
      event.properties.set('parent', parentOf(id, kind, layouts, event, interpreter));
    this.shape.event = event;
    const args = anywhere ? [memberOf(request, 'args')] : [event];
    const handler = originOf(value, facts) ?? site;
    return {
      method,
      path,
      place: placeOf(site),
      handler: placeOf(handler),
      router: placeOf(wholeOf(facts)),
      framework: 'sveltekit',
      state: { ...beforeHandler(state, value, chain.semantics), request },
      outcome: interpreter.follow(value, undefinedValue, args, site, state.proofs),
      answersByReturn: true,
    };
  }

  /** `handle` lets a request on by `resolve(event)`: https://svelte.dev/docs/kit/hooks#Server-hooks-handle */
  #calling({ catalog }: CatalogSemantics): Calling {
    let current: NativeValue | undefined;
    return {
      handed: (request, _response, next) => {
        current = next;
        this.shape.event = eventOf(request);
        const properties = new Map<string, Value>([
          ['event', this.shape.event],
          ['resolve', goingOn(next)],
        ]);
        return [{ kind: 'object', properties, spread: [], origin: request.origin }];
      },
      takesErrors: () => false,
      handedOn: ({ value, flow }) => {
        // Something that cannot be followed was handed `resolve` as well.
        const isElsewhere = optionsOf(value).some(
          ({ value: given }) =>
            given.kind === 'unknown' || (given.kind === 'external' && catalog.find(given.at)?.answers === undefined),
        );
        if (flow && isElsewhere && value.kind === 'external') current?.call([escapedAt(value)], value.origin);
        return [];
      },
      goesOn: 'calls resolve()',
      title: 'handle',
    };
  }
}

function escapedAt({ origin }: ExternalValue): ExternalValue {
  return externalValue(escapedPath, origin);
}

/** `resolve(event)` gives the answer of what stands behind. */
function goingOn(next: NativeValue): NativeValue {
  return {
    kind: 'native',
    name: 'resolve',
    call: (_, origin) => {
      next.call([], origin);
      return externalValue('global#Response()', origin, undefined, { args: [], construct: true });
    },
  };
}

/** `sequence(first, second)` runs them one inside the other. */
function layersOf(handle: Value): readonly Value[] {
  return handle.kind === 'external' && handle.path === '@sveltejs/kit/hooks#sequence()'
    ? (handle.call?.args ?? []).flatMap(layersOf)
    : [handle];
}

/**
 * `await parent()` waits for the layouts around, and fails where one of them does; who does not ask runs beside them:
 * https://svelte.dev/docs/kit/load#Using-parent-data.
 */
function parentOf(
  id: string,
  kind: 'page' | 'layout',
  layouts: ReadonlyMap<string, string>,
  event: ObjectValue,
  interpreter: Interpreter,
): NativeValue {
  const folders = id.split('/').filter(Boolean);
  const around = Array.from({ length: folders.length + (kind === 'page' ? 1 : 0) }, (_, count) =>
    layouts.get(`/${folders.slice(0, count).join('/')}`),
  );
  return {
    kind: 'native',
    name: 'parent',
    call: (_, origin) => {
      const given: Value[] = [];
      for (const file of around) {
        const load = exportedBy(file, 'load', interpreter);
        if (!load) continue;
        // Each has a `parent` of its own.
        const inner = { ...event, properties: new Map(event.properties) };
        const own = [...layouts].find(([, path]) => path === file)?.[0] ?? '/';
        inner.properties.set('parent', parentOf(own, 'layout', layouts, event, interpreter));
        given.push(interpreter.settled(interpreter.call(load, [inner], origin)));
      }
      return { kind: 'object', properties: new Map(), spread: given, origin };
    },
  };
}

function* foundIn({ file, kind, id, path }: KitFile, interpreter: Interpreter): Iterable<Found> {
  const facts = interpreter.files.get(file);
  if (!facts) return;
  const export_ = (name: string): { readonly value: Value; readonly site: Origin } | undefined => {
    const value = exportedBy(file, name, interpreter);
    return value && { value, site: placeOfExport(facts, name) ?? wholeOf(facts) };
  };
  const common = { path, facts, id };
  if (kind === 'endpoint') {
    for (const [name, method] of verbs) {
      const found = export_(name);
      if (found) yield { ...common, ...found, method };
    }
  } else if (kind === 'page' || kind === 'layout') {
    const load = export_('load');
    if (load) yield { ...common, ...load, method: 'GET' };
    const actions = kind === 'page' ? export_('actions') : undefined;
    if (actions?.value.kind === 'object') {
      for (const [name, value] of actions.value.properties) {
        const site = originOf(value, facts) ?? actions.site;
        // https://svelte.dev/docs/kit/form-actions#Named-actions
        yield { ...common, value, site, method: 'POST', path: name === 'default' ? path : `${path}?/${name}` };
      }
    }
  } else if (kind === 'remote') {
    for (const item of facts.exports) {
      const found = item.kind === 'star' ? undefined : export_(item.exported);
      if (item.kind === 'star' || found?.value.kind !== 'external') continue;
      const method = remoteFunctions.get(found.value.path);
      const value = found.value.call?.args.findLast((arg) => arg.kind === 'function');
      if (method && value) yield { ...common, value, site: found.site, method, path: item.exported, anywhere: true };
    }
  }
}
