import type { ClassFacts } from '../../../facts/file-facts.js';
import type { Interpreter } from '../../../program/interpreter.js';
import { optionsOf, undefinedValue, type ClassValue, type ExternalValue, type Value } from '../../../program/value.js';
import { classDecorators, itemsOf } from './nest-decorators.js';
import type { Provider } from './nest-modules.js';

/** What a bus of `@nestjs/cqrs` hands a message to: https://docs.nestjs.com/recipes/cqrs */
const buses: ReadonlyMap<string, { readonly decorator: string; readonly method: string }> = new Map([
  ['CommandBus().execute()', { decorator: '@nestjs/cqrs#CommandHandler()', method: 'execute' }],
  ['QueryBus().execute()', { decorator: '@nestjs/cqrs#QueryHandler()', method: 'execute' }],
  ['EventBus().publish()', { decorator: '@nestjs/cqrs#EventsHandler()', method: 'handle' }],
  ['EventBus().publishAll()', { decorator: '@nestjs/cqrs#EventsHandler()', method: 'handle' }],
]);

export function isBusCall(path: string): boolean {
  return path.startsWith('@nestjs/cqrs#') && buses.has(path.slice(path.indexOf('#') + 1));
}

/** Hands what is executed or published to the handlers that are decorated with its class. */
export class NestBuses {
  #providers: readonly Provider[] | undefined;
  readonly #handlers = new Map<string, ReadonlyMap<ClassFacts, readonly ClassValue[]>>();

  /** @returns What the handler gives; what events lead to comes later, and tells nobody. */
  hand(call: ExternalValue, providers: readonly Provider[], interpreter: Interpreter): Value | undefined {
    const bus = buses.get(call.path.slice(call.path.indexOf('#') + 1));
    const [message] = call.call?.args ?? [];
    if (!bus || !message) return undefined;
    const isEvent = bus.method === 'handle';
    const messages = isEvent ? itemsOf(message) : [message];
    const handled = this.#handlersOf(bus.decorator, providers, interpreter);
    const results: Value[] = [];
    for (const { value } of messages.flatMap((item) => optionsOf(item))) {
      const facts = value.kind === 'object' ? value.classOf?.facts : undefined;
      for (const target of (facts && handled.get(facts)) ?? []) {
        const method = interpreter.methodOf(interpreter.singleton(target), bus.method);
        if (!method) continue;
        const { flow } = interpreter;
        results.push(interpreter.call(method.value, [value], call.origin, method.value.thisValue));
        if (isEvent) interpreter.flow = flow;
      }
    }
    return isEvent ? undefinedValue : results.length === 1 ? results[0] : undefined;
  }

  #handlersOf(
    decorator: string,
    providers: readonly Provider[],
    interpreter: Interpreter,
  ): ReadonlyMap<ClassFacts, readonly ClassValue[]> {
    if (this.#providers !== providers) {
      this.#providers = providers;
      this.#handlers.clear();
    }
    const known = this.#handlers.get(decorator);
    if (known) return known;
    const handlers = new Map<ClassFacts, ClassValue[]>();
    const take = (target: Value): void => {
      if (target.kind !== 'class') return;
      for (const { path, call } of classDecorators(target)) {
        if (path !== decorator) continue;
        for (const message of call?.args ?? []) {
          if (message.kind !== 'class') continue;
          const before = handlers.get(message.facts) ?? [];
          if (!before.some(({ facts }) => facts === target.facts)) handlers.set(message.facts, [...before, target]);
        }
      }
    };
    for (const { target } of providers) take(target);
    // Modules that could not be read list handlers as well.
    for (const target of interpreter.classes.values()) take(target);
    this.#handlers.set(decorator, handlers);
    return handlers;
  }
}
