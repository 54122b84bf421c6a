import { middyHandlers } from '../../../catalog/frameworks/aws-lambda.js';
import type { Outcome } from '../../../program/interpreter.js';
import type { Flow } from '../../../program/proof.js';
import { memberOf, optionsOf, unknownValue, type ExternalValue, type Value } from '../../../program/value.js';
import type { CatalogSemantics } from '../../catalog-semantics.js';
import type { Calling } from '../../chain.js';
import { nestedItems } from '../../nested-items.js';
import { contextOf, eventOf } from './lambda-event.js';

/** A handler with what runs before it. */
export interface LayeredHandler {
  readonly layers: readonly Value[];
  readonly handler: Value;
}

/** A function, one that middy wraps, or one that something unknown wraps. */
export function handlerOf(value: Value): LayeredHandler | undefined {
  if (value.kind === 'function') return { layers: [], handler: value };
  if (value.kind !== 'external' || !value.call) return undefined;
  if (!middyHandlers.has(value.path)) {
    const wrapped = value.call.args.filter((arg) => arg.kind === 'function' || isMiddy(arg));
    const inner = wrapped.length === 1 && wrapped[0] ? handlerOf(wrapped[0]) : undefined;
    return inner && { layers: [unknownValue, ...inner.layers], handler: inner.handler };
  }
  const layers: Value[] = [];
  let handler = value.call.args.find((arg) => arg.kind === 'function' || isMiddy(arg));
  for (const { path, call } of value.knownCalls()) {
    const [first] = call?.args ?? [];
    if (!first) continue;
    if (path.endsWith('.handler()')) handler = first;
    else if (path.endsWith('.before()')) layers.push(first);
    else if (path.endsWith('.use()')) for (const item of nestedItems(first)) layers.push(...beforeOf(item));
  }
  if (!handler) return undefined;
  const inner = handlerOf(handler);
  return inner ? { layers: [...layers, ...inner.layers], handler: inner.handler } : { layers, handler };
}

function isMiddy(value: Value): boolean {
  return value.kind === 'external' && middyHandlers.has(value.path);
}

/** `{ before, after, onError }`: what runs later keeps nobody away. */
function beforeOf(middleware: Value): readonly Value[] {
  if (middleware.kind !== 'object') return [middleware];
  const before = middleware.properties.get('before');
  return before ? [before] : middleware.spread.length > 0 ? [unknownValue] : [];
}

/** A middleware goes on by giving nothing back: https://middy.js.org/docs/intro/early-interrupt */
export function middyCalling({ catalog }: CatalogSemantics): Calling {
  return {
    handed: (request) => [middyRequest(request)],
    takesErrors: () => false,
    handedOn: ({ value, flow }: Outcome): readonly Flow[] => {
      if (!flow) return [];
      return optionsOf(value)
        .filter((option) => isNothing(option.value, catalog))
        .map(({ proofs, settings = flow.settings, condition = flow.condition }) => ({
          proofs: [...new Set([...flow.proofs, ...proofs])],
          ...(settings ? { settings } : {}),
          ...(condition ? { condition } : {}),
        }));
    },
    goesOn: 'lets a request on',
  };
}

function isNothing(value: Value, catalog: CatalogSemantics['catalog']): boolean {
  if (value.kind === 'external') return catalog.find(value.at)?.refuses !== true;
  return value.kind === 'undefined' || value.kind === 'unknown';
}

/** What a middleware is handed: `request.event`, `request.context`, `request.internal`. */
function middyRequest(request: ExternalValue): Value {
  const { origin } = request;
  const properties = new Map<string, Value>([
    ['event', eventOf(request)],
    ['context', contextOf(request)],
    ['internal', memberOf(request, 'internal')],
    ['response', { kind: 'literal', value: null, origin }],
    ['error', { kind: 'literal', value: null, origin }],
  ]);
  return { kind: 'object', properties, spread: [], origin };
}
