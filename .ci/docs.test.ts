import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

const folders = ['.', 'docs', 'fixtures', 'fixtures/apps', ...['packages', 'rules'].flatMap(subfolders)];
const pages = folders.flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name)),
);

function subfolders(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(folder, name));
}

/** Text between fences is no text of the page: links and headings in it do not count. */
function withoutCode(text: string): string {
  return text.replace(/^( *)(`{3,}).*\n[^]*?^\1\2/gm, '');
}

/** The anchors of a page, as GitHub makes them of its headings. */
function anchorsOf(text: string): readonly string[] {
  return [...withoutCode(text).matchAll(/^#+ +(.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

const { scripts, packageManager } = JSON.parse(read('package.json')) as {
  scripts: Record<string, string>;
  packageManager: string;
};

describe.each(pages)('%s', (page) => {
  const text = read(page);

  test('has no dead link', () => {
    const dead = [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target = '']) => target)
      .filter((target) => !/^[a-z]+:/.test(target))
      .filter((target) => {
        const [path = '', anchor] = target.split('#');
        const file = path === '' ? page : join(dirname(page), path);
        if (!existsSync(join(root, file))) return true;
        return anchor !== undefined && !anchorsOf(read(file)).includes(anchor);
      });
    expect(dead).toEqual([]);
  });

  test('names scripts that there are', () => {
    const named = [...text.matchAll(/(?:^\$ |`)(?:npm run|npx pnpm@[\d.]+|pnpm)(?: --silent)? ([a-z][a-z:-]*)/gm)].map(
      ([, name]) => name,
    );
    const others = ['install', 'exec', 'pack', 'add', 'dlx'];
    expect(named.filter((name = '') => scripts[name] === undefined && !others.includes(name))).toEqual([]);
  });

  test('names the pnpm of packageManager', () => {
    const versions = [...text.matchAll(/pnpm@[\d.]+\d/g)].map(([version]) => version);
    expect(versions.filter((version) => version !== packageManager)).toEqual([]);
  });
});

test('npm test takes the pnpm of packageManager', () => {
  expect(scripts.test?.match(/pnpm@\S+/g)).toEqual([packageManager, packageManager]);
});

test.each(subfolders('rules').filter((folder) => existsSync(join(root, folder, 'rule.ts'))))(
  'the README lists %s with the sentence of its page',
  (folder) => {
    const [, sentence] = /^> (.+)$/m.exec(read(join(folder, 'README.md'))) ?? [];
    expect(sentence).toBeDefined();
    const row = read('README.md')
      .split('\n')
      .find((line) => line.includes(`](${folder}/README.md)`));
    expect(row).toContain(sentence);
  },
);
