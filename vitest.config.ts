import { configDefaults, defineConfig } from 'vitest/config';

// A test named `*.integration.test.ts` starts processes or installs packages; `pnpm check:fast` leaves it out.
const integration = '**/*.integration.test.ts';
const exclude = [...configDefaults.exclude, '**/dist/**', 'fixtures/**'];

export default defineConfig({
  test: {
    projects: [
      {
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
