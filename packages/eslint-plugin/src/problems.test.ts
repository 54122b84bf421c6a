import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Finding, Session } from '@blastradius/engine';
import { Problems } from './problems.js';

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'blastradius-problems-')));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

/** Finds every line that says `mint`, in the texts that it was given; counts how often it was asked anew. */
function watch(files: number) {
  const texts = new Map<string, string>();
  let findings: readonly Finding[] | undefined;
  let looks = 0;
  const session: Session = {
    root,
    update(file, text = '') {
      if (texts.get(file) !== text) findings = undefined;
      texts.set(file, text ?? '');
    },
    updateIfKnown: () => false,
    textOf: (file) => texts.get(file),
    application: () => {
      throw new Error('nobody asks for it');
    },
    findings() {
      if (!findings) looks++;
      findings ??= [...texts].flatMap(([file, text]) =>
        text.split('\n').flatMap((line, index) => (line === 'mint();' ? [finding(file, index + 1)] : [])),
      );
      return findings;
    },
    summary: () => ({ files, skipped: [], routes: 0, isBackEnd: true, limits: [], findings: 0 }),
  };
  const problems = new Problems([], () => session);
  const look = (file: string, text: string): readonly (number | undefined)[] => {
    const filename = join(root, file);
    const settings = { blastradius: { root } };
    const linted = { cwd: root, filename, physicalFilename: filename, settings, sourceCode: { text } };
    return problems.of(linted, 'no-open-token-mint').map(({ place }) => place?.line);
  };
  return { look, looks: () => looks, session };
}

function finding(file: string, line: number): Finding {
  return {
    ruleId: 'no-open-token-mint',
    severity: 'error',
    precision: 'high',
    message: 'mints for anybody',
    place: { file, line, column: 1, endLine: line, endColumn: 5 },
    entity: 'POST /token',
    fingerprint: '0123456789abcdef0123456789abcdef',
    steps: [],
  };
}

function save(file: string, text: string): string {
  writeFileSync(join(root, file), text);
  return text;
}

describe('in a large project', () => {
  it('a text that is not saved shows what was found before, where it stands by now', () => {
    const { look, looks } = watch(2000);
    expect(look('a.ts', save('a.ts', 'mint();\n'))).toEqual([1]);
    expect(look('a.ts', '\n\nmint();\n')).toEqual([3]);
    expect(look('a.ts', 'mint();\ndone();\n')).toEqual([1]);
    expect(looks()).toBe(1);
  });

  it('a text is looked at when it is saved', () => {
    const { look, looks } = watch(2000);
    look('a.ts', save('a.ts', 'mint();\n'));
    expect(look('a.ts', save('a.ts', 'mint();\nmint();\n'))).toEqual([1, 2]);
    expect(looks()).toBe(2);
  });

  it('a text that goes back to the saved one costs nothing', () => {
    const { look, looks } = watch(2000);
    const text = save('a.ts', 'mint();\n');
    look('a.ts', text);
    look('a.ts', 'done();\n');
    expect(look('a.ts', text)).toEqual([1]);
    expect(looks()).toBe(1);
  });

  it('what is typed in one file waits for its saving where another is saved', () => {
    const { look } = watch(2000);
    look('a.ts', save('a.ts', 'mint();\n'));
    look('a.ts', 'mint();\nmint();\n');
    expect(look('b.ts', save('b.ts', 'mint();\n'))).toEqual([1]);
    expect(look('a.ts', 'mint();\nmint();\n')).toEqual([1]);
  });

  it('what was found in the text that the session has read is shown, whatever the disk holds by now', () => {
    const { look, looks, session } = watch(2000);
    session.update('b.ts', 'mint();\n');
    look('a.ts', save('a.ts', 'done();\n'));
    save('b.ts', 'done();\nmint();\n');
    expect(look('b.ts', 'mint();\n')).toEqual([1]);
    expect(look('b.ts', '\nmint();\n')).toEqual([2]);
    expect(looks()).toBe(1);
  });

  it('a file that is not on the disk yet has nothing to tell', () => {
    const { look, looks } = watch(2000);
    look('a.ts', save('a.ts', 'mint();\n'));
    expect(look('new.ts', 'mint();\n')).toEqual([]);
    expect(looks()).toBe(1);
  });
});

it('in a small project each change is followed at once', () => {
  const { look, looks } = watch(20);
  look('a.ts', save('a.ts', 'mint();\n'));
  expect(look('a.ts', 'mint();\nmint();\n')).toEqual([1, 2]);
  expect(looks()).toBe(2);
});
