import type { CallEntry, Library } from '../library.js';

/** What is written with `warn` and worse tells of what has failed. */
const kept = ['log', 'info', 'notice', 'success', 'verbose', 'http', 'debug', 'silly', 'trace', 'audit'];
const failures = ['warn', 'error', 'fatal'];
const line: CallEntry = { logs: true, records: 'line' };
const failure: CallEntry = { logs: true };

const written = (...loggers: readonly string[]): Record<string, CallEntry> =>
  Object.fromEntries(
    loggers.flatMap((logger) => [
      ...kept.map((level) => [`${logger}.${level}()`, line] as const),
      ...failures.map((level) => [`${logger}.${level}()`, failure] as const),
    ]),
  );

/** Loggers, and the console that they take the place of: what is written there is kept, as far as the operator keeps it. */
export const loggers: Library = {
  packages: ['pino', 'nestjs-pino', 'winston', 'bunyan', 'log4js', 'consola', 'loglevel', 'signale', 'tslog'],
  same: {
    'pino#pino()': 'pino#()',
    'pino#().child()': 'pino#()',
    'winston#Logger()': 'winston#createLogger()',
    'winston#createLogger().child()': 'winston#createLogger()',
    'bunyan#createLogger().child()': 'bunyan#createLogger()',
    'log4js#configure().getLogger()': 'log4js#getLogger()',
    '@nestjs/common#ConsoleLogger()': '@nestjs/common#Logger()',
  },
  calls: {
    ...written('pino#()', 'nestjs-pino#PinoLogger()', 'nestjs-pino#Logger()'),
    ...written('winston#', 'winston#createLogger()', 'winston#loggers.get()', 'bunyan#createLogger()', 'bunyan#()'),
    ...written('log4js#getLogger()', 'consola#consola', 'consola#', 'loglevel#', 'signale#', 'tslog#Logger()'),
    // What a framework hands out is one of those.
    ...written('@nestjs/common#Logger()', '@nestjs/common#Logger'),
    ...written('fastify#().log', 'express#Request.log', 'express#Request.server.log', 'global#console'),
  },
};
