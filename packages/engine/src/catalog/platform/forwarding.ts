import type { Library } from '../library.js';

const forwards = { forwards: true } as const;

/**
 * Middlewares that answer whatever gets to them with what another server or an application of a package says:
 * https://github.com/chimurai/http-proxy-middleware, https://github.com/villadora/express-http-proxy,
 * https://github.com/agenda/agendash, https://github.com/felixmosh/bull-board
 */
export const forwarding: Library = {
  packages: ['http-proxy-middleware', 'express-http-proxy', 'agendash', '@bull-board/express'],
  neutral: true,
  calls: {
    'http-proxy-middleware#()': forwards,
    'http-proxy-middleware#createProxyMiddleware()': forwards,
    'http-proxy-middleware#legacyCreateProxyMiddleware()': forwards,
    'express-http-proxy#()': forwards,
    'agendash#()': forwards,
    '@bull-board/express#ExpressAdapter().getRouter()': forwards,
  },
};
