import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const parser = import.meta.resolve('@typescript-eslint/parser');
const own = new URL('../../../eslint-plugin/dist/index.js', import.meta.url).href;

/** Files with configurations of ESLint. */
export interface Configurations {
  /** The parser alone. */
  readonly bare: string;
  /** As many rules as the plugin recommends, and each does nothing. */
  readonly idle: string;
  /** The plugin as it is recommended. */
  readonly withPlugin: string;
}

export function writeConfigurations(into: string): Configurations {
  return {
    bare: writeConfiguration(into, 'bare', ''),
    idle: writeConfiguration(into, 'idle', writeIdlePlugin(into)),
    withPlugin: writeConfiguration(into, 'blastradius', own),
  };
}

function writeIdlePlugin(into: string): string {
  const file = join(into, 'idle-plugin.mjs');
  writeFileSync(
    file,
    `import plugin from ${JSON.stringify(own)};

const { rules } = plugin.configs.recommended;
const idle = { meta: { type: 'problem', schema: false }, create: () => ({}) };
const idleRules = Object.fromEntries(Object.keys(rules).map((name) => [name.slice(name.indexOf('/') + 1), idle]));
export default { configs: { recommended: { plugins: { blastradius: { rules: idleRules } }, rules } } };
`,
  );
  return pathToFileURL(file).href;
}

/**
 * A configuration with the parser for the files that `check` reads, and `recommended` of the plugin in a module, if any.
 * ESLint's workers read it for themselves, so it is a file of its own.
 */
export function writeConfiguration(into: string, name: string, plugin: string): string {
  const file = join(into, `${name}.eslint.config.mjs`);
  writeFileSync(
    file,
    `import parser from ${JSON.stringify(parser)};
${plugin === '' ? 'const recommended = [];' : `import plugin from ${JSON.stringify(plugin)};\nconst recommended = [plugin.configs.recommended].flat();`}

const files = ['**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}'];
export default [
  { ignores: ['**/*.d.{ts,mts,cts}', '**/*.{test,spec}.*', '**/dist/', '**/.*/'] },
  { files, languageOptions: { parser }, linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' } },
  ...recommended.map((configuration) => ({ ...configuration, files })),
  { settings: { blastradius: { root: '.' } } },
];
`,
  );
  return file;
}
