import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const parser = import.meta.resolve('@typescript-eslint/parser');
const own = new URL('../../../eslint-plugin/dist/index.js', import.meta.url).href;

/** Writes the configurations of ESLint: the parser alone, and with the plugin as it is recommended. */
export function writeConfigurations(into: string): { readonly bare: string; readonly withPlugin: string } {
  return {
    bare: writeConfiguration(into, 'bare', ''),
    withPlugin: writeConfiguration(into, 'blastradius', own),
  };
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
