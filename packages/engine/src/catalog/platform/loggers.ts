import type { CallEntry, Library } from '../library.js';

const logs: CallEntry = { logs: true };
const levels = ['log', 'trace', 'debug', 'verbose', 'info', 'http', 'notice', 'warn', 'error', 'fatal'];

function levelsOf(logger: string): Readonly<Record<string, CallEntry>> {
  return Object.fromEntries(levels.map((level) => [`${logger}.${level}()`, logs]));
}

/** What writes a line for whoever reads the logs: the console, and the loggers that take its place. */
export const loggers: Library = {
  packages: ['winston', 'pino', 'bunyan', 'log4js'],
  same: {
    'winston#Logger()': 'winston#createLogger()',
    'winston#createLogger().child()': 'winston#createLogger()',
    'pino#pino()': 'pino#()',
    'pino#().child()': 'pino#()',
    'bunyan#createLogger().child()': 'bunyan#createLogger()',
    '@nestjs/common#ConsoleLogger()': '@nestjs/common#Logger()',
  },
  calls: {
    ...levelsOf('global#console'),
    ...levelsOf('winston#createLogger()'),
    ...levelsOf('pino#()'),
    ...levelsOf('bunyan#createLogger()'),
    ...levelsOf('log4js#getLogger()'),
    ...levelsOf('@nestjs/common#Logger()'),
    ...levelsOf('@nestjs/common#Logger'),
  },
};
