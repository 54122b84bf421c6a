import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ts } from 'ts-morph';

const fixtures = fileURLToPath(new URL('../../../../fixtures/', import.meta.url));

/** The two applications below `fixtures/apps`. */
export const marketplaces = ['breach', 'sound'] as const;
export type Marketplace = (typeof marketplaces)[number];

export const directoryOf = (marketplace: Marketplace): string => join(fixtures, 'apps', `marketplace-${marketplace}`);

/**
 * Puts a copy of the application that Node can run into a new folder and returns it: what its own `build` and an
 * install of its workspace would give. Types are left to the type check. The folder lies where the packages of the
 * fixtures are found from; who asks for it removes it.
 */
export function buildMarketplace(marketplace: Marketplace): string {
  const cache = join(fixtures, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const built = mkdtempSync(join(cache, `marketplace-${marketplace}-`));
  try {
    for (const { name } of readdirSync(join(directoryOf(marketplace), 'packages'), { withFileTypes: true }))
      buildPackage(join(directoryOf(marketplace), 'packages', name), join(built, 'packages', name), built);
  } catch (error) {
    rmSync(built, { recursive: true, force: true });
    throw error;
  }
  return built;
}

function buildPackage(source: string, target: string, built: string): void {
  cpSync(source, target, { recursive: true, filter: (file) => !/\/(?:node_modules|dist)$/.test(file) });
  for (const file of readdirSync(join(target, 'src'), { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue;
    const output = join(target, 'dist', file.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(output), { recursive: true });
    writeFileSync(output, transpile(readFileSync(join(target, 'src', file), 'utf8'), file));
  }
  const { name } = JSON.parse(readFileSync(join(target, 'package.json'), 'utf8')) as { name: string };
  const link = join(built, 'node_modules', name);
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(target, link, 'junction');
}

function transpile(text: string, fileName: string): string {
  const { outputText } = ts.transpileModule(text, {
    fileName,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
    },
  });
  return outputText;
}
