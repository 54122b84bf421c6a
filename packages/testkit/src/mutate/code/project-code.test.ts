import { ts } from 'ts-morph';
import { describe, expect, it } from 'vitest';
import { calledFunctions, definitionsOf } from './definitions.js';
import { importedName, importedPackage } from './imported-package.js';
import { ProjectCode } from './project-code.js';
import { collectNodes } from './syntax.js';

const code = (texts: Readonly<Record<string, string>>): ProjectCode => new ProjectCode(new Map(Object.entries(texts)));

/** The first call of a name in a file. */
function callOf(name: string, path: string, project: ProjectCode): ts.CallExpression {
  const file = project.find(path);
  const isWanted = (node: ts.Node): node is ts.CallExpression =>
    ts.isCallExpression(node) && node.expression.getText().endsWith(name);
  const [call] = file ? collectNodes(file, isWanted) : [];
  if (!call) throw new Error(`${path} calls no ${name}`);
  return call;
}

describe('the files of a project', () => {
  it('are found by path, by alias, and by the name of a package of the tree', () => {
    const project = code({
      'tsconfig.json': `{ // comments are fine\n "compilerOptions": { "paths": { "@/*": ["./apps/api/src/*"] } } }`,
      'apps/api/src/main.ts': `import { a } from '@/a.js'; import { b } from '@lib/b'; import { c } from './sub'; a(); b(); c();`,
      'apps/api/src/a.ts': `export function a() {}`,
      'apps/api/src/sub/index.ts': `export const c = () => 1;`,
      'libs/b/package.json': `{ "name": "@lib/b", "exports": "./dist/index.js" }`,
      'libs/b/src/index.ts': `export { b } from './deep';`,
      'libs/b/src/deep.ts': `export function b() {}`,
    });
    const found = ['a', 'b', 'c'].map((name) =>
      calledFunctions(callOf(name, 'apps/api/src/main.ts', project), project).map((node) => project.pathOf(node)),
    );
    expect(found).toEqual([['apps/api/src/a.ts'], ['libs/b/src/deep.ts'], ['apps/api/src/sub/index.ts']]);
  });
});

describe('nodesAt', () => {
  const project = code({ 'a.ts': 'const f = (x) =>\n  g(x);\n' });
  const place = { file: 'a.ts', line: 2, column: 3, endLine: 2, endColumn: 7 };

  it('gives the nodes that span a place', () => {
    expect(project.nodesAt(place).map((node) => node.getText())).toEqual(['g(x)']);
  });

  it('gives the smallest node around where none spans it, and none where the file is shorter', () => {
    expect(project.nodesAt({ ...place, endColumn: 6 }).map((node) => node.getText())).toEqual(['g(x)']);
    expect(project.nodesAt({ ...place, line: 9, endLine: 9 })).toEqual([]);
  });
});

describe('definitionsOf', () => {
  const project = code({
    'guards.js': `exports.one = function one() {};\nconst make = (role) => (req) => role;\nmodule.exports.two = make('a');\n`,
    'app.ts': `import * as guards from './guards.js';
class Service { run() {} }
class Controller { constructor(private readonly service: Service) {} go() { this.service.run(); } }
const table = { first: guards.one, second: { third: guards.two } };
const { first } = table;
use(first, table.second.third, flag ? guards.one : guards.two.bind(null));
`,
  });
  const args = callOf('use', 'app.ts', project).arguments;
  const textsOf = (expression: ts.Expression | undefined): readonly string[] =>
    expression
      ? definitionsOf(expression, project)
          .filter((node) => !ts.isCallExpression(node))
          .map((node) => node.getText())
      : [];

  it('follows members, tables and destructuring', () => {
    expect(textsOf(args[0])).toEqual(['function one() {}']);
  });

  it('follows what a factory returns', () => {
    expect(textsOf(args[1])).toEqual(['(req) => role']);
  });

  it('follows both ways of a choice', () => {
    expect(textsOf(args[2])).toEqual(expect.arrayContaining(['function one() {}', '(req) => role']));
  });

  it('follows injected services by their types', () => {
    const run = calledFunctions(callOf('run', 'app.ts', project), project);
    expect(run.map((node) => node.getText())).toEqual(['run() {}']);
  });
});

it('importedPackage names the package that is called, by import, require, instance or type', () => {
  const project = code({
    'a.ts': `import jwt, { sign as make } from 'jsonwebtoken';
import type { JwtService } from '@nestjs/jwt';
const { verify } = require('jose');
jwt.decode(1); make(1); verify(1);
class A { constructor(private readonly tokens: JwtService) {} b() { this.tokens.signAsync(1); } }
`,
  });
  const named = ['decode', 'make', 'verify', 'signAsync'].map((name) => {
    const call = callOf(name, 'a.ts', project);
    return `${importedPackage(call.expression, project) ?? ''}#${importedName(call, project) ?? ''}`;
  });
  expect(named).toEqual(['jsonwebtoken#decode', 'jsonwebtoken#sign', 'jose#verify', '@nestjs/jwt#signAsync']);
});
