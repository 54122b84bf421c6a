import type { Io } from './io.js';

/** Whether standard output takes colours: a terminal that is not dumb, or as `FORCE_COLOR` and `NO_COLOR` say. */
export function hasColor({ stdout, env }: Io): boolean {
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if (env['NO_COLOR']) return false;
  return stdout.isTTY === true && env['TERM'] !== 'dumb';
}
