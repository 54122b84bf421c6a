/**
 * Clients that ask another server, which may look at what they hand on. Most throw where it answers with an error:
 * https://axios-http.com/docs/req_config#validatestatus, https://docs.nestjs.com/microservices/basics#sending-messages
 */
export const throwingClients: ReadonlySet<string> = new Set([
  'axios',
  'got',
  'ky',
  'ofetch',
  'superagent',
  '@nestjs/axios',
  '@nestjs/microservices',
]);

/** There is an answer whatever it says: https://fetch.spec.whatwg.org/#dom-response-ok */
export const calmClients: ReadonlySet<string> = new Set(['node-fetch', 'cross-fetch', 'undici', 'needle', 'request']);

/** The same of the platform, by name. */
export const platformClients = { calm: 'fetch', throwing: '$fetch' } as const;
