import { httpServers } from './node-http.js';

/** What is handed an application and listens for it: https://nodejs.org/api/http.html, https://github.com/honojs/node-server */
export const nodeServers: ReadonlySet<string> = new Set([
  ...httpServers,
  '@hono/node-server#serve()',
  '@hono/node-server#createAdaptorServer()',
]);
