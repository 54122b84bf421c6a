import type { Library } from '../library.js';

/** Errors that say how they are answered: one of 429 turns away whoever asks too often, RFC 6585. */
export const httpErrors: Library = {
  packages: ['http-errors', '@hapi/boom'],
  calls: {
    // An error class of the project keeps its status where its handler of errors looks for it.
    'global#Error()': { fails: 'itself' },
    '@nestjs/common#HttpException()': { fails: { argument: 1 } },
    'http-errors#()': { fails: { argument: 0 } },
    'http-errors#TooManyRequests()': { fails: 'tooMany' },
    '@hapi/boom#tooManyRequests()': { fails: 'tooMany' },
    'hono/http-exception#HTTPException()': { fails: { argument: 0 } },
    '@trpc/server#TRPCError()': { fails: { argument: 0, property: 'code' } },
    'fastify#().httpErrors.tooManyRequests()': { fails: 'tooMany' },
    'express#Response.tooManyRequests()': { fails: 'tooMany' },
  },
};
