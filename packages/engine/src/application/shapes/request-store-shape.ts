import type { AccessPath } from '../../program/access-path.js';
import type { Span } from '../../facts/file-facts.js';
import { textOf, unionOf, type ExternalValue, type Value } from '../../program/value.js';
import type { OddShape } from '../catalog-semantics.js';

/** https://nodejs.org/api/async_context.html#class-asynclocalstorage */
const nodeStore = /^async_hooks#AsyncLocalStorage\(\)\.(run|enterWith|getStore)\(\)$/;
/** https://papooch.github.io/nestjs-cls/api/service-interface, https://github.com/fastify/fastify-request-context, https://github.com/Jeff-Lewis/cls-hooked */
const namedStore =
  /^(nestjs-cls#ClsService(?:Manager\.getClsService)?\(\)|@fastify\/request-context#requestContext|express-http-context#|cls-hooked#(?:create|get)Namespace\(\))\.?(set|get)\(\)$/;

/**
 * Stores of what belongs to one request: what a layer puts in is there for all that runs behind it. Which request it is cannot be told, so
 * that what is read is all that any layer puts in; each place that does counts with what it has put in last.
 */
export class RequestStoreShape implements OddShape {
  readonly #kept = new Map<string | Span, Map<string, Map<Span, Value>>>();

  evaluates({ text }: AccessPath): boolean {
    return nodeStore.test(text) || namedStore.test(text);
  }

  evaluateCall(call: ExternalValue): Value | undefined {
    const [first, second] = call.call?.args ?? [];
    const ofNode = nodeStore.exec(call.path)?.[1];
    if (ofNode !== undefined) {
      const { receiver } = call;
      const store = receiver?.kind === 'external' ? receiver.origin.span : ofNode;
      if (ofNode === 'getStore') return this.#read(store, '');
      if (first) this.#write(store, '', call.origin.span, first);
      return undefined;
    }
    const [, store, method] = namedStore.exec(call.path) ?? [];
    const name = textOf(first) ?? (first?.kind === 'external' ? first.path : undefined);
    if (store === undefined || name === undefined) return undefined;
    if (method === 'get') return this.#read(store, name);
    if (second) this.#write(store, name, call.origin.span, second);
    return undefined;
  }

  #write(store: string | Span, name: string, at: Span, value: Value): void {
    let names = this.#kept.get(store);
    if (!names) this.#kept.set(store, (names = new Map<string, Map<Span, Value>>()));
    let places = names.get(name);
    if (!places) names.set(name, (places = new Map<Span, Value>()));
    places.set(at, value);
  }

  #read(store: string | Span, name: string): Value | undefined {
    const places = this.#kept.get(store)?.get(name);
    return places && unionOf([...places.values()].map((value) => ({ value, proofs: [] })));
  }
}
