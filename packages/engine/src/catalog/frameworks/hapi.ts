import type { CallEntry, Library, ProofKind } from '../library.js';

/** What a server is: one that is made, or one by the type that a parameter is declared with. */
export const hapiServers: ReadonlySet<string> = new Set([
  '@hapi/hapi#server()',
  '@hapi/hapi#Server()',
  '@hapi/hapi#Hapi.server()',
  '@hapi/hapi#Hapi.Server()',
]);

export const hapiServer = '@hapi/hapi#server()';
export const hapiToolkit = '@hapi/hapi#ResponseToolkit()';

/** Extension points in front of a handler, in their order: https://hapi.dev/api/#request-lifecycle. */
export const hapiStages = ['onRequest', 'onPreAuth', 'onCredentials', 'onPostAuth', 'onPreHandler'] as const;

/** What a scheme of a plugin proves, by the name that the plugin gives it. */
export interface HapiScheme {
  readonly proves: ProofKind;
  /** `validate` alone decides, and is handed so many parts of the credential. */
  readonly credentials?: number;
}

/**
 * @hapi/jwt and hapi-auth-jwt2, @hapi/basic, @hapi/cookie, hapi-auth-bearer-token, @hapi/bell: each turns away whoever
 * brings nothing.
 */
export const hapiSchemes: ReadonlyMap<string, HapiScheme> = new Map<string, HapiScheme>([
  ['jwt', { proves: 'token' }],
  ['cookie', { proves: 'session' }],
  ['bell', { proves: 'session' }],
  ['basic', { proves: 'api-key', credentials: 2 }],
  ['bearer-access-token', { proves: 'api-key', credentials: 1 }],
]);

const onServer = Object.fromEntries<CallEntry>(
  [...hapiServers].flatMap((path) => [
    ...['route', 'ext', 'method', 'register', 'decorate', 'bind', 'cache', 'start', 'initialize', 'stop'].map(
      (name) => [`${path}.${name}()`, { defers: true }] as const,
    ),
    ...['scheme', 'default', 'api'].map((name) => [`${path}.auth.${name}()`, { defers: true }] as const),
    [
      `${path}.auth.strategy()`,
      {
        defers: true,
        keys: [
          { argument: 2, property: 'key', purpose: 'verify' },
          { argument: 2, property: 'keys', purpose: 'verify' },
        ],
      },
    ] as const,
    [`${path}.events.on()`, { defers: true }] as const,
  ]),
);

/** Answers of an error: https://hapi.dev/module/boom/api/ */
const refusal: CallEntry = { refuses: true, answers: { refuses: true } };

/** https://hapi.dev/api; what is read from a request stands in application/frameworks/hapi. */
export const hapi: Library = {
  packages: ['@hapi/hapi'],
  calls: {
    ...onServer,
    [`${hapiToolkit}.response()`]: { answers: { body: 0 } },
    [`${hapiToolkit}.response().*()`]: { returns: 'receiver' },
    // One that says another status than one of success.
    [`${hapiToolkit}.response().code()`]: refusal,
    [`${hapiToolkit}.response().code().*()`]: { returns: 'receiver' },
    [`${hapiToolkit}.redirect()`]: { answers: { refuses: true } },
    [`${hapiToolkit}.redirect().*()`]: { returns: 'receiver' },
    [`${hapiToolkit}.view()`]: { answers: { body: 1 } },
    [`${hapiToolkit}.file()`]: { answers: { body: 0 } },
    [`${hapiToolkit}.state()`]: { sets: 1 },
    [`${hapiToolkit}.unauthenticated()`]: refusal,
    '@hapi/boom#*()': refusal,
    '@hapi/boom#Boom.*()': refusal,
    '@hapi/boom#isBoom()': {},
  },
};
