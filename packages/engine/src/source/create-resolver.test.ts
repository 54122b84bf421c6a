import { assert, constantFrom, array, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Resolver } from './create-resolver.js';
import { createResolver } from './create-resolver.js';
import { readManifests } from './package-manifest.js';

/** A resolver over files of these names; a value is the content of a `package.json`. */
function resolverOver(paths: readonly string[], packages: Readonly<Record<string, object>> = {}): Resolver {
  const documents = Object.entries(packages).map(([folder, content]) => ({
    kind: 'package' as const,
    path: folder === '' ? 'package.json' : `${folder}/package.json`,
    text: JSON.stringify(content),
  }));
  return createResolver({
    known: { has: (path) => paths.includes(path), links: new Map() },
    packages: readManifests(documents, () => true, []),
    scopes: { findScope: () => undefined },
  });
}

describe('relative specifiers', () => {
  it.each<[string, readonly string[], string | undefined]>([
    ['./b', ['src/b.ts', 'src/b.js', 'src/b/index.ts'], 'src/b.ts'],
    ['./b', ['src/b/index.js'], 'src/b/index.js'],
    ['./b/', ['src/b.ts', 'src/b/index.ts'], 'src/b/index.ts'],
    ['./b.js', ['src/b.ts', 'src/b.js'], 'src/b.ts'],
    ['./b.js', ['src/b.tsx'], 'src/b.tsx'],
    ['./b.js', ['src/b.js'], 'src/b.js'],
    ['./b.mjs', ['src/b.mts'], 'src/b.mts'],
    ['./b.cjs', ['src/b.cts'], 'src/b.cts'],
    ['./b.jsx', ['src/b.tsx'], 'src/b.tsx'],
    ['./b.ts', ['src/b.ts'], 'src/b.ts'],
    ['./b.service', ['src/b.service.ts'], 'src/b.service.ts'],
    ['.', ['src/index.ts'], 'src/index.ts'],
    ['./', ['src/index.ts'], 'src/index.ts'],
    ['..', ['index.ts'], 'index.ts'],
    ['../b', ['b.ts'], 'b.ts'],
    ['../../b', ['b.ts'], undefined],
    ['./b.json', ['src/b.ts'], undefined],
    ['/src/b', ['src/b.ts'], undefined],
    ['node:b', ['src/b.ts', 'b.ts'], undefined],
    ['', ['src/index.ts'], undefined],
  ])('%j with %j is %j', (specifier, paths, expected) => {
    expect(resolverOver(paths)('src/a.ts', specifier)).toBe(expected);
  });

  it('of a folder with a package.json mean its entry point', () => {
    const resolve = resolverOver(['lib/start.ts', 'app/a.ts'], { lib: { main: './start.js' } });
    expect(resolve('app/a.ts', '../lib')).toBe('lib/start.ts');
  });
});

describe('the library of an application of SvelteKit', () => {
  const paths = ['apps/shop/src/lib/index.ts', 'apps/shop/src/lib/server/db.ts', 'apps/api/src/lib/server/db.ts'];
  const resolve = resolverOver(paths, {
    'apps/shop': { devDependencies: { '@sveltejs/kit': '2.0.0' } },
    'apps/api': { dependencies: { express: '5.0.0' } },
  });

  it.each<[string, string, string | undefined]>([
    ['apps/shop/src/routes/+page.server.ts', '$lib/server/db', 'apps/shop/src/lib/server/db.ts'],
    ['apps/shop/src/hooks.server.ts', '$lib', 'apps/shop/src/lib/index.ts'],
    ['apps/shop/src/hooks.server.ts', '$lib/none', undefined],
    ['apps/shop/src/hooks.server.ts', '$library', undefined],
    ['apps/api/src/main.ts', '$lib/server/db', undefined],
  ])('of %s, %s is %s', (from, specifier, expected) => {
    expect(resolve(from, specifier)).toBe(expected);
  });
});

describe('workspace packages', () => {
  const paths = [
    'apps/api/main.ts',
    'packages/auth/src/index.ts',
    'packages/auth/src/token.ts',
    'packages/auth/src/keys/index.ts',
  ];
  const folder = 'packages/auth';
  it.each<[string, string, object, string | undefined]>([
    ['nothing but a name', '@shop/auth', {}, 'packages/auth/src/index.ts'],
    ['main in dist', '@shop/auth', { main: 'dist/index.js' }, 'packages/auth/src/index.ts'],
    [
      'main in a flavour of dist',
      '@shop/auth',
      { main: './dist/cjs/token.cjs.js', module: './dist/esm/token.js' },
      'packages/auth/src/token.ts',
    ],
    ['types only', '@shop/auth', { types: './dist/src/token.d.ts' }, 'packages/auth/src/token.ts'],
    ['exports as a string', '@shop/auth', { exports: './dist/token.js' }, 'packages/auth/src/token.ts'],
    [
      'a condition of its own',
      '@shop/auth',
      { exports: { '.': { '@shop/source': './src/token.ts', default: './gone.js' } } },
      'packages/auth/src/token.ts',
    ],
    [
      'nested conditions',
      '@shop/auth/token',
      { exports: { './token': { import: { types: './dist/token.d.ts', default: './dist/token.js' } } } },
      'packages/auth/src/token.ts',
    ],
    ['a pattern', '@shop/auth/token', { exports: { './*': './dist/*.js' } }, 'packages/auth/src/token.ts'],
    [
      'the longest pattern',
      '@shop/auth/x/token',
      { exports: { './*': './dist/index.js', './x/*': './dist/*.mjs' } },
      undefined,
    ],
    ['a pattern that shuts off', '@shop/auth/keys', { exports: { './*': null } }, 'packages/auth/src/keys/index.ts'],
    ['a subpath without a map', '@shop/auth/token', {}, 'packages/auth/src/token.ts'],
    ['a subpath in dist', '@shop/auth/dist/keys', {}, 'packages/auth/src/keys/index.ts'],
    ['a subpath in src', '@shop/auth/src/token', {}, 'packages/auth/src/token.ts'],
    ['a subpath that is not there', '@shop/auth/gone', {}, undefined],
    ['another package', '@shop/authority', {}, undefined],
  ])('with %s: %s', (_, specifier, content, expected) => {
    const resolve = resolverOver(paths, { [folder]: { name: '@shop/auth', ...content } });
    expect(resolve('apps/api/main.ts', specifier)).toBe(expected);
  });

  it('may name themselves', () => {
    const resolve = resolverOver(paths, {
      [folder]: { name: '@shop/auth', exports: { './keys': './src/keys/index.ts' } },
    });
    expect(resolve('packages/auth/src/token.ts', '@shop/auth/keys')).toBe('packages/auth/src/keys/index.ts');
  });
});

describe('imports maps', () => {
  it('belong to the nearest package, and may name another one', () => {
    const resolve = resolverOver(['api/src/db.ts', 'api/src/a.ts', 'api/src/keys/jwt.ts', 'log/index.ts'], {
      '': { imports: { '#db': './wrong.js' } },
      api: { imports: { '#db': { default: './dist/db.js' }, '#keys/*.js': './src/keys/*.ts', '#log': 'log' } },
      log: { name: 'log' },
    });
    expect(resolve('api/src/a.ts', '#db')).toBe('api/src/db.ts');
    expect(resolve('api/src/a.ts', '#keys/jwt.js')).toBe('api/src/keys/jwt.ts');
    expect(resolve('api/src/a.ts', '#log')).toBe('log/index.ts');
    expect(resolve('api/src/a.ts', '#unknown')).toBeUndefined();
  });
});

describe('any specifier', () => {
  it('gets a known path or nothing, and the same one again', () => {
    const paths = ['index.ts', 'src/index.ts', 'src/a/b.js', 'src/a/index.tsx', 'packages/p/src/index.mts'];
    const known: readonly (string | undefined)[] = [...paths, undefined];
    const resolve = resolverOver(paths, {
      '': { imports: { '#*': './src/*', '#': 1, '#a/': './src/a/' } },
      'packages/p': { name: 'p', exports: { './*': ['./*', null], '.': { a: { b: './dist/*' } } }, main: '../..' },
    });
    const piece = constantFrom(
      '.',
      '..',
      '/',
      './',
      '../',
      '#',
      '*',
      'p',
      '@',
      'src',
      'a',
      'b',
      '.js',
      '.ts',
      'index',
      '\0',
      '\\',
      '?',
    );
    const specifier = array(piece).map((pieces) => pieces.join(''));
    assert(
      property(constantFrom(...paths), specifier, string(), (from, built, wild) => {
        for (const asked of [built, wild]) {
          const answer = resolve(from, asked);
          expect(known).toContain(answer);
          expect(resolve(from, asked)).toBe(answer);
        }
      }),
    );
  });
});
