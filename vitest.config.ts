import { configDefaults, defineConfig, type Plugin } from 'vitest/config';

// A test named `*.integration.test.ts` starts processes or installs packages; `pnpm check:fast` leaves it out.
const integration = '**/*.integration.test.ts';
const exclude = [...configDefaults.exclude, '**/dist/**', 'fixtures/**'];

const required = /\brequire\('(\.\.?\/[^']+)'\)/g;

/** Sources require modules of their own where few runs need them. Node finds no source by the name of what is built of it, so here they are imported. */
const importsRequired: Plugin = {
  name: 'imports-required',
  enforce: 'pre',
  transform(code, id) {
    if (!id.endsWith('.ts') || !code.includes('createRequire(import.meta.url)')) return undefined;
    const modules: string[] = [];
    const changed = code.replace(required, (_, path: string) => `required${String(modules.push(path) - 1)}`);
    const imports = modules.map((path, index) => `import * as required${String(index)} from '${path}';`);
    return `${imports.join(' ')}${changed}`;
  },
};

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [importsRequired],
        test: {
          name: 'unit',
          include: ['packages/*/src/**/*.test.ts', 'rules/**/*.test.ts', '.ci/*.test.ts'],
          exclude: [...exclude, integration],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: [`packages/*/src/${integration}`, `rules/${integration}`, '.ci/*.integration.test.ts'],
          exclude,
          testTimeout: 180_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
