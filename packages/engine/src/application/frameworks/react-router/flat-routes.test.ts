import { describe, expect, it } from 'vitest';
import { flatRoutes, type FlatRoute } from './flat-routes.js';

function written(routes: readonly FlatRoute[], base = ''): readonly string[] {
  return routes.flatMap(({ file, path, index, children }) => {
    const whole = path === '' ? base : `${base}/${path}`;
    return [`${file} ${whole === '' ? '/' : whole}${index ? ' index' : ''}`, ...written(children, whole)];
  });
}

// As `flatRoutes` of @react-router/fs-routes 7.18.4 answers for the same files.
describe('flatRoutes', () => {
  it.each([
    ['_index.tsx', '/ index'],
    ['about.tsx', '/about'],
    ['($lang)._index.tsx', '/:lang? index'],
    ['($lang).$productId.tsx', '/:lang?/:productId'],
    ['(opt)._x.y.ts', '/opt?/y'],
    ['_auth.login.tsx', '/login'],
    ['concerts_.mine.tsx', '/concerts/mine'],
    ['files.$.ts', '/files/*'],
    ['$.tsx', '/*'],
    ['sitemap[.]xml.tsx', '/sitemap.xml'],
    ['weird-url.[_index].tsx', '/weird-url/_index'],
    ['dolla-bills-[$].tsx', '/dolla-bills-$'],
    ['[[so-weird]].tsx', '/[so-weird]'],
    ['reports.$id[.pdf].ts', '/reports/:id.pdf'],
    ['app.projects/route.tsx', '/app/projects'],
    ['app.notes/index.tsx', '/app/notes'],
    ['app_.projects.$id.roadmap[.pdf]/route.tsx', '/app/projects/:id/roadmap.pdf'],
  ])('%s', (file, path) => {
    expect(written(flatRoutes([file]))).toEqual([`${file} ${path}`]);
  });

  it('puts what goes on from a name below it', () => {
    const files = ['users.ts', 'users.$id.ts', 'users.$id_.edit.ts', 'users_.list.ts', '_a.tsx', '_a._b.c.ts'];
    expect(flatRoutes(files)).toEqual([
      {
        file: '_a.tsx',
        path: '',
        index: false,
        children: [{ file: '_a._b.c.ts', path: 'c', index: false, children: [] }],
      },
      {
        file: 'users.ts',
        path: 'users',
        index: false,
        children: [
          { file: 'users.$id.ts', path: ':id', index: false, children: [] },
          { file: 'users.$id_.edit.ts', path: ':id/edit', index: false, children: [] },
        ],
      },
      { file: 'users_.list.ts', path: 'users/list', index: false, children: [] },
    ]);
  });

  it('leaves out what lies beside the module of a folder', () => {
    expect(
      written(flatRoutes(['app/route.tsx', 'app/index.tsx', 'app/form.tsx', 'a/b/route.tsx', '.hidden.ts'])),
    ).toEqual(['app/route.tsx /app']);
  });
});
