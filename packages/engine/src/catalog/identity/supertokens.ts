import type { CallEntry, Library } from '../library.js';

const openWhen = { argument: 0, property: 'sessionRequired', equals: false } as const;
const session = 'supertokens-node/recipe/session#';
const adapters = ['express', 'fastify', 'koa', 'hapi', 'loopback', 'awsLambda'];
const asked: CallEntry = { proves: { kind: 'session', when: 'truthy' }, promises: true };

/** https://supertokens.com/docs: `middleware` only answers the library's own routes, `verifySession` turns away who has no session. */
export const supertokens: Library = {
  packages: ['supertokens-node'],
  calls: {
    ...Object.fromEntries(
      adapters.flatMap((name): [string, CallEntry][] => [
        [
          `supertokens-node/recipe/session/framework/${name}#verifySession()`,
          { guard: { proves: 'session', openWhen } },
        ],
        [`supertokens-node/framework/${name}#middleware()`, { guard: {} }],
        [`supertokens-node/framework/${name}#errorHandler()`, { guard: {} }],
      ]),
    ),
    // There is none where `sessionRequired` is false and nobody has logged in.
    [`${session}getSession()`]: asked,
    [`${session}getSessionWithoutRequestResponse()`]: asked,
    [`${session}createNewSession()`]: { mint: { what: 'session', subject: { argument: 3 } }, promises: true },
    [`${session}createNewSessionWithoutRequestResponse()`]: {
      mint: { what: 'session', subject: { argument: 1 } },
      promises: true,
    },
  },
};
