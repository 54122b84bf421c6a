import { describe, expect, it } from 'vitest';
import { harvest } from '../harvest.js';
import { keepsMeaning } from '../mutant.js';
import type { Operator } from '../operators.js';
import { aliasImport } from './alias-import.js';
import { reExport } from './re-export.js';
import { rename } from './rename.js';
import { reorder } from './reorder.js';
import { splitFile } from './split-file.js';
import { toCommonJs } from './to-commonjs.js';
import { toEsModule } from './to-es-module.js';
import { wrapHandler } from './wrap-handler.js';

/** The texts of each mutant, the untouched files aside. */
function edited(
  operator: Operator,
  texts: Readonly<Record<string, string>>,
): readonly Readonly<Record<string, string>>[] {
  const { mutants, changed } = harvest(operator, texts);
  expect(mutants.every(keepsMeaning)).toBe(true);
  return changed.map((files) => Object.fromEntries(files));
}

describe('rename', () => {
  it('gives functions and variables other names wherever they are used', () => {
    const texts = {
      'a.ts': `export function read() {}\n`,
      'b.ts': `import { read } from './a';\nconst table = { read };\nexport { table };\n`,
    };
    expect(edited(rename, texts)).toEqual([
      {
        'a.ts': `export function x0() {}\n`,
        'b.ts': `import { x0 } from './a';\nconst table = { read: x0 };\nexport { table };\n`,
      },
      { 'b.ts': `import { read } from './a';\nconst x1 = { read };\nexport { x1 as table };\n` },
    ]);
  });

  it('follows a name through an import that is awaited', () => {
    const texts = {
      'a.ts': `export function read() {}\n`,
      'b.ts': `export async function go() { const { read } = await import('./a'); read(); }\n`,
    };
    expect(edited(rename, texts)[0]?.['b.ts']).toContain('const { x0: read } = await');
  });

  it('leaves alone what a finding is named after', () => {
    const texts = {
      'a.ts': `import jwt from 'jsonwebtoken';\nconst tokenKey = 'a-key-in-the-code-9f8e7d';\nexport const make = () => jwt.sign({ sub: 1 }, tokenKey);\n`,
    };
    const { mutants } = harvest(rename, texts);
    expect(mutants.map(({ description }) => description)).toEqual(['rename `make`']);
  });
});

it('reorder swaps neighbours that only name functions, with their comments', () => {
  const text = `const before = 1;\n/** A. */\nfunction a() {}\n// B.\nconst b = () => before;\na();\nexport const c = () => b();\n`;
  expect(edited(reorder, { 'a.ts': text })).toEqual([
    {
      'a.ts': `const before = 1;\n// B.\nconst b = () => before;\n/** A. */\nfunction a() {}\na();\nexport const c = () => b();\n`,
    },
  ]);
});

describe('wrap-handler', () => {
  const app = (body: string): Readonly<Record<string, string>> => ({
    'app.js': `const express = require('express');\nconst app = express();\n${body}\napp.listen(3000);\n`,
  });

  it('wraps handlers by name and in place', () => {
    const body = `function list(req, res) { res.json([]); }\napp.get('/a', list);\napp.get('/b', (req, res) => res.json([]));`;
    expect(edited(wrapHandler, app(body)).map((files) => files['app.js']?.split('\n').slice(3, 5))).toEqual([
      [
        `app.get('/a', (req, res, next) => Promise.resolve(list(req, res, next)).catch(next));`,
        `app.get('/b', (req, res) => res.json([]));`,
      ],
      [
        `app.get('/a', list);`,
        `app.get('/b', (req, res, next) => Promise.resolve(((req, res) => res.json([]))(req, res, next)).catch(next));`,
      ],
    ]);
  });

  it('leaves a handler alone that asks what it is called on', () => {
    const body = `const users = { all: [], list(req, res) { res.json(this.all); } };\napp.get('/a', users.list);`;
    expect(edited(wrapHandler, app(body))).toEqual([]);
  });
});

it('alias-import gives what is imported another name in one file', () => {
  const texts = {
    'a.ts': `export const read = () => 1;\n`,
    'b.ts': `import express, { Router } from 'express';\nimport { read } from './a';\nexpress().use(Router(), read);\n`,
  };
  expect(edited(aliasImport, texts).map((files) => files['b.ts'])).toEqual([
    `import x0, { Router } from 'express';\nimport { read } from './a';\nx0().use(Router(), read);\n`,
    `import express, { Router as x1 } from 'express';\nimport { read } from './a';\nexpress().use(x1(), read);\n`,
    `import express, { Router } from 'express';\nimport { read as x2 } from './a';\nexpress().use(Router(), x2);\n`,
  ]);
});

it('re-export leads an import through another file', () => {
  const texts = {
    'a/keys.ts': `export const key = 1;\nexport default key;\n`,
    'b.ts': `import key from './a/keys.js';\nkey;\n`,
    'c.js': `exports.c = 1;\n`,
    'd.js': `require('./c').c;\n`,
  };
  expect(edited(reExport, texts)).toEqual([
    {
      'a/keys-through.ts': `export * from './keys.js';\nexport { default } from './keys.js';\n`,
      'b.ts': `import key from './a/keys-through.js';\nkey;\n`,
    },
    { 'c-through.js': `module.exports = require('./c');\n`, 'd.js': `require('./c-through').c;\n` },
  ]);
});

it('split-file moves a function, what it imports, and what it needs of the old file', () => {
  const texts = {
    'a.ts': `import { b } from './b';\nconst one = 1;\nexport function sum() { return b + one; }\nexport const rest = one;\n`,
    'b.ts': `export const b = 2;\n`,
    'c.ts': `import { sum } from './a';\nsum();\n`,
  };
  const [files] = edited(splitFile, texts);
  expect(files?.['sum.ts']).toMatch(/import \{ one \} from '.\/a'/);
  expect(files?.['sum.ts']).toMatch(/import \{ b \} from '.\/b'/);
  expect(files?.['a.ts']).toContain('export const one = 1;');
  expect(files?.['c.ts']).toContain(`from './sum'`);
});

it.each([
  ['that its file names in short form alone', `function sum() {}\nexport const table = { sum };\n`],
  [
    'that names something of its file in short form alone',
    `const one = 1;\nexport function sum() { return { one }; }\n`,
  ],
])('split-file leaves a function alone %s', (_, text) => {
  const { mutants, leftOut } = harvest(splitFile, { 'a.ts': text });
  expect(mutants).toEqual([]);
  expect(leftOut.map(({ reason }) => reason)).toEqual(['the compiler overlooks `{ name }`']);
});

it('split-file leaves a function alone whose file is handed on as a whole', () => {
  const { mutants, leftOut } = harvest(splitFile, {
    'a.ts': `export function sum() { return 1; }\nexport const rest = 1;\n`,
    'index.ts': `export * from './a';\n`,
    'b.ts': `import { sum } from './index';\nsum();\n`,
  });
  expect(mutants).toEqual([]);
  expect(leftOut.map(({ reason }) => reason)).toEqual(['the compiler leaves `export *` of the old file alone']);
});

describe('to-commonjs', () => {
  it('requires and assigns to `exports`', () => {
    const texts = {
      'a.ts': `import express, { Router as Routes } from 'express';\nimport * as b from './b';\nimport './c';\nimport type { Request } from 'express';\nexport const app = express().use(Routes(), b.b);\nexport function go(req: Request) {}\nexport { go as start };\n`,
      'b.ts': `export const b = 1;\nexport default b;\n`,
      'c.ts': `export {};\n`,
    };
    expect(edited(toCommonJs, texts)[0]?.['a.ts']).toBe(
      `const express = require('express'); const { Router: Routes } = require('express');\nconst b = require('./b');\nrequire('./c');\nimport type { Request } from 'express';\n const app = express().use(Routes(), b.b);\n function go(req: Request) {}\n\nexports.app = app;\nexports.go = go;\nexports.start = go;\n`,
    );
  });

  it.each([
    ['export default 1;', 'it has a default export'],
    [`export * from './b';`, 'it hands other files on'],
    ['export let a = 1;', 'it exports a variable that changes'],
    ['export interface A {}', 'it exports a type'],
    [`import { B } from './b';\nexport const a = (b: B) => b;`, 'it imports a class as a type'],
    ['export const a = import.meta.url;', 'it asks for `import.meta`'],
    ['export const a = await 1;', 'it waits at its top'],
  ])('leaves %s alone', (text, reason) => {
    const { leftOut } = harvest(toCommonJs, { 'a.ts': text, 'b.js': 'exports.B = class {};' });
    expect(leftOut.map((item) => item.reason)).toEqual([reason]);
  });
});

describe('to-es-module', () => {
  it('imports and exports, and tells those that require it', () => {
    const texts = {
      'a.js': `const { b } = require('./b');\nexports.a = () => b;\n`,
      'b.js': `const b = 1;\nmodule.exports = { b };\n`,
    };
    expect(edited(toEsModule, texts)).toEqual([
      { 'a.js': expect.stringMatching(/import \{ b \} from '.\/b';\nexport (const|function) a/) as string },
      {
        'a.js': expect.stringContaining(`require('./b').default`) as string,
        'b.js': 'const b = 1;\nexport default { b };\n',
      },
    ]);
  });

  it('leaves files alone that are required by a computed name', () => {
    const { mutants, leftOut } = harvest(toEsModule, {
      'a.js': `for (const name of ['b']) require('./' + name);\n`,
      'b.js': `exports.b = 1;\n`,
    });
    expect(mutants).toEqual([]);
    expect(leftOut[0]?.reason).toBe('a file is required by a name that is computed');
  });
});
