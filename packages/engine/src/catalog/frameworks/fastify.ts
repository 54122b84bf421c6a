import type { Library } from '../library.js';

/** What an instance is: one that is made, or one by the type that a parameter is declared with. */
export const fastifyInstances: ReadonlySet<string> = new Set([
  'fastify#()',
  'fastify#fastify()',
  'fastify#FastifyInstance()',
]);

/** Calls that make the instance of a server. */
export const fastifyServers: ReadonlySet<string> = new Set(['fastify#()', 'fastify#fastify()']);

/** Methods of an instance that register a route: those of lib/route.js and lib/httpMethods.js. */
export const fastifyVerbs: ReadonlySet<string> = new Set([
  ...['get', 'head', 'post', 'put', 'delete', 'options', 'patch', 'trace', 'all'],
  ...['propfind', 'proppatch', 'mkcol', 'copy', 'move', 'lock', 'unlock', 'search', 'mkcalendar', 'report'],
]);

/** Hooks that run before the handler, in their order. */
export const fastifyStages = ['onRequest', 'preParsing', 'preValidation', 'preHandler'] as const;

/** Calls that keep what a plugin is, and say that it belongs to the instance that it is registered on. */
export const fastifyPluginWrappers: ReadonlySet<string> = new Set([
  'fastify-plugin#()',
  'fastify-plugin#fastifyPlugin()',
  'fastify-plugin#fp()',
]);

/** Exports that are the plugin which registers the files of a folder. */
export const fastifyAutoload = /^(@fastify\/autoload|fastify-autoload)#(default|fastifyAutoload|autoLoad)?$/;

/** Exports that are the plugin which hands all below its prefix on to another server: https://github.com/fastify/fastify-http-proxy */
export const fastifyProxy = /^(@fastify\/http-proxy|fastify-http-proxy)#(default|fastifyHttpProxy)?$/;

/**
 * Plugins of packages that never turn a request away by themselves: those of the organisation and of its friends,
 * unless the name speaks of callers.
 */
export function isNeutralPlugin(packageName: string): boolean {
  return (
    (/^(@fastify\/|fastify-)/.test(packageName) &&
      !/auth|jwt|keycloak|guard|acl|rbac|permission|sso/.test(packageName)) ||
    /^@fastify\/(auth|passport|oauth2)$/.test(packageName) ||
    /^(@scalar|@sentry|@trpc|@bull-board|@opentelemetry|@apollo|@as-integrations|@aws-lambda-powertools)\//.test(
      packageName,
    ) ||
    ['mercurius', 'under-pressure', 'middie', 'point-of-view', 'graphql-yoga'].includes(packageName)
  );
}

const receivers = ['register', 'after', 'ready', 'withTypeProvider', 'decorate', 'decorateRequest', 'decorateReply'];
const settings = [
  ...['addHook', 'addSchema', 'setErrorHandler', 'setNotFoundHandler', 'setValidatorCompiler', 'setSerializerCompiler'],
  ...['setSchemaController', 'setReplySerializer', 'addContentTypeParser', 'setGenReqId', 'route', 'use'],
];

/** Methods of a reply that answer, with the position of the body. */
export const fastifyAnswers: ReadonlyMap<string, number> = new Map([
  ['send', 0],
  ['redirect', 0],
  ['view', 1],
  ['viewAsync', 1],
  ['sendFile', 0],
  ['download', 0],
  ['callNotFound', 0],
  ['hijack', 0],
  ['from', 0],
]);

/** https://github.com/fastify/fastify-sensible#reply: refusals by their names. */
export const sensibleRefusals: ReadonlySet<string> = new Set([
  ...['badRequest', 'unauthorized', 'paymentRequired', 'forbidden', 'notFound', 'methodNotAllowed', 'notAcceptable'],
  ...['conflict', 'gone', 'unprocessableEntity', 'tooManyRequests', 'internalServerError', 'notImplemented'],
  ...['badGateway', 'serviceUnavailable', 'gatewayTimeout', 'getHttpError'],
]);

/** https://fastify.dev/docs/latest/Reference/ */
export const fastify: Library = {
  packages: ['fastify', 'fastify-plugin', '@fastify/http-proxy', '@fastify/reply-from'],
  same: { 'fastify#fastify()': 'fastify#()', 'fastify#FastifyInstance()': 'fastify#()' },
  calls: {
    ...Object.fromEntries(receivers.map((name) => [`fastify#().${name}()`, { returns: 'receiver' as const }])),
    ...Object.fromEntries(
      [...settings, ...fastifyVerbs].map((name) => [
        `fastify#().${name}()`,
        { returns: 'receiver' as const, defers: true },
      ]),
    ),
    'fastify#().register()': { returns: 'receiver', defers: true },
    'fastify#().decorate()': { returns: 'receiver', defers: true },
    'fastify#().decorateRequest()': { returns: 'receiver', defers: true },
    'fastify#().decorateReply()': { returns: 'receiver', defers: true },
    ...Object.fromEntries([...fastifyPluginWrappers].map((path) => [path, { defers: true }])),
    // @fastify/sensible, https://github.com/fastify/fastify-sensible#assert
    'fastify#().assert()': { asserts: true },
    'fastify#().assert.*()': { asserts: true },
    'express#Response.view()': { responds: 1 },
    // `from(address, options)` of @fastify/reply-from: what another server says is sent, and nothing of the program.
    'express#Response.from()': { responds: 2 },
    'express#Response.hijack()': { returns: 'receiver' },
    'express#Response.headers()': { returns: 'receiver' },
    'express#Response.setCookie()': { returns: 'receiver', sets: 1 },
    'express#Response.serializer()': { returns: 'receiver' },
    'express#Response.removeHeader()': { returns: 'receiver' },
  },
};
