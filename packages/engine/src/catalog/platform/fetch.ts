import type { Library } from '../library.js';

const status = { argument: 1, property: 'status' } as const;

/** https://fetch.spec.whatwg.org/#response-class; its requests are read by application/shapes/fetch-request-shape.ts. */
export const fetchApi: Library = {
  packages: ['global'],
  calls: {
    'global#Response()': { answers: { body: 0, status } },
    'global#Response.json()': { answers: { body: 0, status } },
    'global#Response.redirect()': { answers: { refuses: true } },
    'global#Response.error()': { answers: { refuses: true } },
    'express#Request.clone()': { returns: 'receiver' },
  },
};
