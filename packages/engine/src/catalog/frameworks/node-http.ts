import type { CallEntry, Library } from '../library.js';

/** `createServer(handler)`, `server.on('request', handler)`: https://nodejs.org/api/http.html#class-httpserver */
export const httpServers: ReadonlySet<string> = new Set([
  'http#createServer()',
  'http#Server()',
  'https#createServer()',
  'https#Server()',
  'http2#createServer()',
  'http2#createSecureServer()',
]);

export const serverResponse = 'http#ServerResponse()';

const onServers = Object.fromEntries<CallEntry>(
  [...httpServers].flatMap((path) => [
    [path, { defers: true }] as const,
    ...['on', 'once', 'addListener'].map(
      (name) => [`${path}.${name}()`, { defers: true, returns: 'receiver' }] as const,
    ),
  ]),
);

/** What a handler is handed: requests are read by application/frameworks/node and application/shapes/text-body-shape.ts. */
export const nodeHttp: Library = {
  packages: ['http', 'https', 'http2'],
  calls: {
    ...onServers,
    [`${serverResponse}.end()`]: { responds: 0 },
    [`${serverResponse}.write()`]: { responds: 0 },
    [`${serverResponse}.writeHead()`]: { statuses: 0, returns: 'receiver' },
    [`${serverResponse}.statusCode=()`]: { statuses: 0 },
    [`${serverResponse}.setHeader()`]: { sets: 1, returns: 'receiver' },
    [`${serverResponse}.appendHeader()`]: { sets: 1, returns: 'receiver' },
  },
};

/** What reads the body of a request as it comes in; the request is the first argument. */
export const bodyReaders: ReadonlySet<string> = new Set([
  ...['json', 'text', 'buffer', 'arrayBuffer', 'blob'].map((name) => `stream/consumers#${name}()`),
  'raw-body#()',
  'raw-body#getRawBody()',
  ...['json', 'form', 'text'].map((name) => `co-body#${name}()`),
  'co-body#()',
]);
