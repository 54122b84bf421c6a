import { readFileSync } from 'node:fs';
import type { ESLint, Linter } from 'eslint';
import type { Rule, Session, SessionOptions } from '@blastradius/engine';
import type { Background } from './background.js';
import { createRule } from './create-rule.js';
import { Problems } from './problems.js';

/** The plugin, with its flat configurations. */
export interface Plugin extends ESLint.Plugin {
  readonly configs: {
    /** The rules that are measured to be precise on real projects. */
    readonly recommended: Linter.Config;
    /** All rules. */
    readonly strict: Linter.Config;
  };
}

const NAMESPACE = 'blastradius';

/**
 * `rules`, whose code is in the folders `makers`, as ESLint rules that share the sessions that `openSession` opens. What takes long in a
 * process that lints again and again is made in what `startBackground` starts.
 */
export function createPlugin(
  rules: readonly Rule[],
  openSession: (root: string, options: SessionOptions) => Session,
  makers: readonly string[] = [],
  startBackground?: (root: string, config: string | undefined) => Background,
): Plugin {
  const problems = new Problems(rules, openSession, makers, startBackground);
  const plugin: ESLint.Plugin = {
    meta: { name: 'eslint-plugin-blastradius', version: readVersion(), namespace: NAMESPACE },
    rules: Object.fromEntries(rules.map((rule) => [rule.id, createRule(rule, problems)])),
  };
  const configure = (name: string, enabled: readonly Rule[]): Linter.Config => ({
    name: `${NAMESPACE}/${name}`,
    plugins: { [NAMESPACE]: plugin },
    rules: Object.fromEntries(
      enabled.map(({ id, meta }) => [`${NAMESPACE}/${id}`, meta.severity === 'warning' ? 'warn' : 'error']),
    ),
  });
  const configs = {
    recommended: configure(
      'recommended',
      rules.filter(({ meta }) => meta.recommended),
    ),
    strict: configure('strict', rules),
  };
  return Object.assign(plugin, { configs });
}

function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  if (typeof manifest !== 'object' || manifest === null || !('version' in manifest)) throw new Error('no version');
  return String(manifest.version);
}
