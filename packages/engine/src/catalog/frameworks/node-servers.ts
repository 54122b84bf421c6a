/** What is handed an application and listens for it: https://nodejs.org/api/http.html, https://github.com/honojs/node-server */
export const nodeServers: ReadonlySet<string> = new Set([
  'http#createServer()',
  'https#createServer()',
  'http2#createSecureServer()',
  '@hono/node-server#serve()',
  '@hono/node-server#createAdaptorServer()',
]);
