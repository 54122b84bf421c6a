import { findCacheFolder } from '@blastradius/engine';
import type { Rule, SessionOptions } from '@blastradius/engine';

/**
 * What the plugin asks of a project: all rules, as ESLint chooses among their findings, and answers that are kept on disk where something is
 * installed. It is the same in each thread, so that one finds what another has made.
 *
 * @param config Path of the configuration file relative to the root, where ESLint's settings name one.
 * @param makers Folders with the code of the rules.
 */
export function sessionOptions(
  rules: readonly Rule[],
  makers: readonly string[],
  root: string,
  config: string | undefined,
): SessionOptions {
  const folder = findCacheFolder(root);
  return {
    rules,
    preview: true,
    ...(config === undefined ? {} : { config }),
    ...(folder === undefined ? {} : { cache: { folder, makers } }),
  };
}
