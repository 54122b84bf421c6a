import { fastifyServers } from '../../../catalog/frameworks/fastify.js';
import type { FileFacts } from '../../../facts/file-facts.js';
import type { Interpreter } from '../../../program/interpreter.js';
import { externalValue, type FunctionValue, type Value } from '../../../program/value.js';
import { Chain, fork } from '../../chain.js';
import { placeOf } from '../../place-of.js';
import { registrationPlace } from '../../registration-place.js';
import type { FollowedProgram, FollowedRoute, Framework } from '../framework.js';
import type { FastifyContext } from './fastify-context.js';
import { FastifyRoutes, type FoundRoute } from './fastify-routes.js';
import { FastifyShape } from './fastify-shape.js';

/** Instances within instances, each with its hooks. */
export class FastifyFramework implements Framework {
  readonly packages = ['fastify', 'fastify-plugin', '@fastify/autoload'];
  readonly shape = new FastifyShape();

  keeps(path: string): boolean {
    return fastifyServers.has(path);
  }

  *routes(program: FollowedProgram): Iterable<FollowedRoute> {
    const { interpreter, semantics } = program;
    for (const root of this.#roots(program)) {
      const chain = new Chain(interpreter, semantics, root.instance.origin, this.shape.calling);
      for (const found of new FastifyRoutes(chain, this.shape).collect(root))
        yield { ...this.#follow(found, chain), server: root.instance };
    }
  }

  #follow({ method, path, call, context, handler, visit, state, isSocket }: FoundRoute, chain: Chain): FollowedRoute {
    const request = fork(state.request);
    const response = fork(state.response);
    for (const [name, value] of visit.told ?? []) if (name !== 'url') request.properties.set(name, value);
    const origin = handler.kind === 'function' ? { file: handler.file, span: handler.facts } : call.origin;
    const socket = externalValue('@fastify/websocket#WebSocket', origin);
    const args = isSocket ? [socket, request] : [request, response];
    return {
      method,
      path,
      place: registrationPlace(call.origin),
      handler: handler.kind === 'function' ? placeOf(origin) : placeOf(call.origin),
      router: placeOf(context.instance.origin),
      framework: 'fastify',
      state: { ...state, request, response },
      outcome: chain.interpreter.follow(handler, context.instance, args, origin, state.proofs),
      answersByReturn: true,
    };
  }

  /** The servers that the program makes, or the plugins that fastify-cli would make one for. */
  #roots({ startup, interpreter }: FollowedProgram): readonly FastifyContext[] {
    const servers = startup.filter((call) => fastifyServers.has(call.path));
    if (servers.length > 0) return servers.map((server) => this.shape.contextOf(server));
    const plugins = [...interpreter.files.values()].flatMap((file) => exportedPlugin(file, interpreter) ?? []);
    // Each one as an application would start from it: those that another one registers are none.
    const tried = plugins.map((plugin) => {
      this.shape.loaded.clear();
      const context = this.#start(plugin, interpreter);
      const registered = [...this.shape.loaded].filter((facts) => facts !== plugin.facts);
      return { plugin, context, registered };
    });
    const inner = new Set(tried.flatMap(({ registered }) => registered));
    return tried.filter(({ plugin }) => !inner.has(plugin.facts)).map(({ context }) => context);
  }

  #start(plugin: FunctionValue, interpreter: Interpreter): FastifyContext {
    const origin = { file: plugin.file, span: plugin.facts };
    const instance = externalValue('fastify#()', origin, undefined, { args: [], construct: false });
    const context = this.shape.contextOf(instance);
    const load: Value = {
      kind: 'native',
      name: 'load',
      call: () => {
        this.shape.load(context, plugin, { options: undefined, origin, skipsOverride: true }, interpreter);
        return { kind: 'undefined' };
      },
    };
    const record = interpreter.module(plugin.file.path);
    if (record) interpreter.runIn(record, load, []);
    return context;
  }
}

/** The plugin that a file exports: a function whose first parameter is an instance, by its type or its name. */
function exportedPlugin(file: FileFacts, interpreter: Interpreter): FunctionValue | undefined {
  const record = interpreter.module(file.path);
  let value = record && interpreter.exported(record, 'default');
  if (value?.kind === 'external' && value.path.startsWith('fastify-plugin#')) value = value.call?.args[0];
  if (value?.kind !== 'function') return undefined;
  const [parameter] = value.facts.parameters;
  const isInstance =
    parameter?.type?.name === 'FastifyInstance' ||
    (parameter?.pattern.kind === 'name' && parameter.pattern.name === 'fastify');
  return isInstance ? value : undefined;
}
