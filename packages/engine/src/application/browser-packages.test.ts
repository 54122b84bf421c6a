import { expect, it } from 'vitest';
import { findBrowserPackages } from './browser-packages.js';

function pack(name: string, directory: string, ...dependencies: string[]) {
  return { name, directory, dependencies: new Map(dependencies.map((item) => [item, '1.0.0'])) };
}

it('tells a package of the browser by what it depends on', () => {
  const packages = [
    pack('root', '', 'react-dom'),
    pack('client', 'apps/client', 'react-dom', 'axios', 'jwt-decode', 'types'),
    pack('api', 'apps/api', 'express'),
    pack('site', 'apps/site', 'react-dom', 'next'),
    pack('typed', 'apps/typed', 'vue', 'api'),
    pack('rendered', 'apps/rendered', 'vue', 'jsonwebtoken'),
    pack('types', 'packages/types'),
  ];
  expect(findBrowserPackages(packages)).toEqual(['apps/client']);
});
