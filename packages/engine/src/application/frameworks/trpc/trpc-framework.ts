import { trpcPath, trpcRouter } from '../../../catalog/frameworks/trpc.js';
import type { ExternalValue, Value } from '../../../program/value.js';
import { Chain, fork, type ChainState } from '../../chain.js';
import type { OddShape } from '../../catalog-semantics.js';
import { placeOf } from '../../place-of.js';
import type { FollowedProgram, FollowedRoute, Framework } from '../framework.js';
import { contextOf } from './trpc-context.js';
import { contextIn, forProcedure, trpcCalling, withContext } from './trpc-calling.js';
import { inputFor } from './trpc-input.js';
import { collectProcedures, findRootRouters } from './trpc-procedures.js';

/** What the builder is handed runs when a request comes. */
const trpcShape: OddShape = {
  meaningOf: ({ path }: ExternalValue) => (path.startsWith(trpcPath) ? { defers: true } : undefined),
};

/** Procedures of tRPC 11: each has the layers that its builder was made with. */
export const trpcFramework: Framework = {
  packages: [],

  shape: trpcShape,

  keeps: (path) => path.startsWith(trpcPath) && trpcRouter.test(path),

  *routes(program: FollowedProgram): Iterable<FollowedRoute> {
    const { startup, interpreter, semantics } = program;
    for (const root of findRootRouters(startup)) {
      const chain = new Chain(interpreter, semantics, root.origin, trpcCalling);
      const { value, proofs } = contextOf(root, chain.start, interpreter);
      const start: ChainState = { ...chain.start, request: withContext(fork(chain.start.request), value), proofs };
      const starts = new Map<string, ChainState>();
      for (const { path, layers, inputs, meta, type, resolver, call } of collectProcedures(root, interpreter)) {
        const { origin } = call;
        // Procedures of one type go through the same layers in the same way, unless their builders say more of them.
        const common = (meta ? undefined : starts.get(type)) ?? {
          ...start,
          request: forProcedure(fork(start.request), type, meta),
        };
        if (!meta) starts.set(type, common);
        const state = layers.reduce((before, layer) => chain.after(before, layer), common);
        const request = fork(state.request);
        const args: Value = {
          kind: 'object',
          properties: new Map<string, Value>([
            ['ctx', contextIn(request)],
            ['input', inputFor(inputs, request)],
          ]),
          spread: [],
          origin,
        };
        yield {
          method: 'TRPC',
          path,
          place: placeOf(origin),
          handler:
            resolver.kind === 'function' ? placeOf({ file: resolver.file, span: resolver.facts }) : placeOf(origin),
          router: placeOf(root.origin),
          framework: 'trpc',
          state: { ...state, request },
          outcome: interpreter.follow(resolver, { kind: 'undefined' }, [args], origin, state.proofs),
          answersByReturn: true,
        };
      }
    }
  },
};
