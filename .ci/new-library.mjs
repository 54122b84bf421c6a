// Makes the files of a library that the catalog is to know: `pnpm new-library <package> <area> [--root <folder>]`.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

const { positionals, values } = parseArgs({ allowPositionals: true, options: { root: { type: 'string' } } });
const root = values.root ?? join(import.meta.dirname, '..');
const catalog = join(root, 'packages/engine/src/catalog');
if (!existsSync(catalog)) {
  console.error(`${catalog} is not there. Name the root of the repository with --root.`);
  process.exit(2);
}
const areas = readdirSync(catalog, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'neutral')
  .map((entry) => entry.name);
const [name, area] = positionals;

if (name === undefined || area === undefined || !areas.includes(area)) {
  console.error(`Usage: pnpm new-library <package> <area>, where <area> is one of ${areas.join(', ')}.`);
  process.exit(2);
}

const file = name.replace(/^@/, '').replaceAll(/[^a-z0-9]+/g, '-');
const [first = '', ...words] = file.split('-');
const constant = first + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
const source = join(catalog, area, `${file}.ts`);
const fixture = join(root, 'fixtures/require-route-guard', `express-${file}`);
for (const path of [source, fixture]) {
  if (!existsSync(path)) continue;
  console.error(`${path} is there already. Choose another name, or go on with what is there.`);
  process.exit(2);
}

/** @param {string} path @param {string} text */
function write(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  console.log(path);
}

write(
  source,
  `import type { Library } from '../library.js';

/** What \`${name}\` means: cite its documentation or its source for whatever is not plain from a name. */
export const ${constant}: Library = {
  packages: ['${name}'],
  calls: {},
};
`,
);

const list = join(catalog, 'libraries.ts');
const text = readFileSync(list, 'utf8');
const line = `import { ${constant} } from './${area}/${file}.js';\n`;
const entries = new RegExp(`(\\n  ${area}: \\[[^\\]]*?),?(\\s*\\])`);
write(
  list,
  text
    .replace("import type { Library } from './library.js';\n", (type) => line + type)
    .replace(entries, `$1, ${constant}$2`),
);

write(
  join(fixture, 'package.json'),
  `${JSON.stringify({ name: `express-${file}`, version: '1.0.0', private: true, dependencies: { [name]: '1.0.0', '@prisma/client': '6.19.0', express: '5.3.0' } }, undefined, 2)}\n`,
);
write(
  join(fixture, 'src/app.ts'),
  `import { PrismaClient } from '@prisma/client';
import express from 'express';

const prisma = new PrismaClient();
export const app = express();

app.delete('/orders', async (req, res) => { // ! require-route-guard: DELETE /orders
  await prisma.order.deleteMany();
  res.sendStatus(204);
});
`,
);
