import { describe, expect, it } from 'vitest';
import type { Session } from '@blastradius/engine';
import type { Background } from './background.js';
import { LargeProject } from './large-project.js';

type Texts = ReadonlyMap<string, string>;

/** A session that knows what was analysed for exactly these texts; `analyses` are its own. */
function openFake(disk: Texts, known: ReadonlySet<string>) {
  const texts = new Map(disk);
  const analyses: string[] = [];
  const session: Session = {
    root: '/project',
    update(file, text) {
      texts.set(file, text ?? '');
      analyses.push(file);
    },
    updateIfKnown(edits) {
      const next = new Map([...texts, ...edits]);
      if (!known.has(nameOf(next))) return false;
      for (const [file, text] of edits) texts.set(file, text);
      return true;
    },
    textOf: (file) => texts.get(file),
    application: () => {
      throw new Error('nobody asks for it');
    },
    findings: () => [],
    summary: () => ({ files: 2000, skipped: [], routes: 0, isBackEnd: true, limits: [], findings: 0 }),
  };
  return { session, analyses };
}

function nameOf(texts: Texts): string {
  return JSON.stringify([...texts].sort());
}

/** A project of two files; `finish` lets the background come to its end. */
function openProject({ isQuick = false } = {}) {
  const disk = new Map([
    ['a.ts', 'a'],
    ['b.ts', 'b'],
  ]);
  const known = new Set<string>();
  const orders: string[] = [];
  let started = 0;
  let state: Background['state'] = 'done';
  let seen = new Map<string, string>();
  const finish = (): void => {
    known.add(nameOf(seen));
    state = 'done';
  };
  const start = (): Background => {
    started++;
    seen = new Map(disk);
    return {
      get state() {
        return state;
      },
      update(file, text) {
        orders.push(`${file} ${text}`);
        seen.set(file, text);
        if (state === 'done') state = 'busy';
      },
      reopen() {
        orders.push('reopen');
        seen = new Map(disk);
        state = 'busy';
      },
      wait() {
        orders.push('wait');
        if (isQuick) finish();
      },
    };
  };
  const first = openFake(disk, known);
  const opened = [first];
  const open = (): Session => {
    const fake = openFake(disk, known);
    opened.push(fake);
    return fake.session;
  };
  const fail = (): void => {
    state = 'failed';
  };
  const save = (file: string, text: string): boolean => {
    disk.set(file, text);
    return project.save(file, text);
  };
  const project = new LargeProject(first.session, open, start);
  return { project, save, disk, known, orders, opened, finish, fail, started: () => started };
}

describe('a saved text', () => {
  it('is analysed in the background, and turned to when that is done', () => {
    const { project, save, finish, opened } = openProject();
    expect(save('a.ts', 'a2')).toBe(false);
    expect(project.session.textOf('a.ts')).toBe('a');
    expect(project.catchUp()).toBe(false);
    finish();
    expect(project.catchUp()).toBe(true);
    expect(project.session.textOf('a.ts')).toBe('a2');
    expect(opened).toHaveLength(1);
    expect(opened[0]?.analyses).toEqual([]);
  });

  it('is turned to at once where the background is done while it is waited for', () => {
    const { project, save } = openProject({ isQuick: true });
    expect(save('a.ts', 'a2')).toBe(true);
    expect(project.session.textOf('a.ts')).toBe('a2');
  });

  it('starts nothing where what follows from it is known', () => {
    const { project, save, known, started } = openProject();
    known.add(
      nameOf(
        new Map([
          ['a.ts', 'a2'],
          ['b.ts', 'b'],
        ]),
      ),
    );
    expect(save('a.ts', 'a2')).toBe(true);
    expect(project.session.textOf('a.ts')).toBe('a2');
    expect(started()).toBe(0);
  });

  it('is handed over and waited for once, however often the file is linted meanwhile', () => {
    const { save, orders } = openProject();
    expect([save('a.ts', 'a2'), save('a.ts', 'a2'), save('b.ts', 'b2'), save('a.ts', 'a2')]).toEqual(
      Array(4).fill(false),
    );
    expect(orders).toEqual(['a.ts a2', 'wait', 'b.ts b2']);
  });

  it('waits for those that were saved before', () => {
    const { project, save, finish } = openProject();
    save('a.ts', 'a2');
    save('b.ts', 'b2');
    finish();
    expect(project.catchUp()).toBe(true);
    expect([project.session.textOf('a.ts'), project.session.textOf('b.ts')]).toEqual(['a2', 'b2']);
  });

  it('that is taken back leaves the session as it is', () => {
    const { project, save, orders } = openProject();
    save('a.ts', 'a2');
    project.undo('a.ts', 'a');
    expect(orders).toEqual(['a.ts a2', 'wait', 'a.ts a']);
    expect(project.catchUp()).toBe(true);
    expect(project.session.textOf('a.ts')).toBe('a');
  });
});

describe('where other files have changed on the disk', () => {
  it('the project is opened anew', () => {
    const { project, save, disk, finish, opened } = openProject();
    disk.set('b.ts', 'b2');
    expect(save('a.ts', 'a2')).toBe(false);
    finish();
    expect(project.catchUp()).toBe(true);
    expect(opened).toHaveLength(2);
    expect([project.session.textOf('a.ts'), project.session.textOf('b.ts')]).toEqual(['a2', 'b2']);
  });

  it('as long as they do, the background begins again, and not for ever', () => {
    const { project, save, disk, orders, finish, opened } = openProject();
    disk.set('b.ts', 'b2');
    save('a.ts', 'a2');
    for (const text of ['b3', 'b4']) {
      disk.set('b.ts', text);
      finish();
      expect(project.catchUp()).toBe(false);
    }
    expect(orders).toEqual(['a.ts a2', 'wait', 'reopen', 'reopen']);
    disk.set('b.ts', 'b5');
    finish();
    expect(project.catchUp()).toBe(true);
    expect(project.session).toBe(opened.at(-1)?.session);
    expect(project.session.textOf('b.ts')).toBe('b5');
  });
});

describe('the thread that lints analyses itself', () => {
  it('where the background fails', () => {
    const { project, save, fail, opened } = openProject();
    save('a.ts', 'a2');
    fail();
    expect(project.catchUp()).toBe(true);
    expect(project.session.textOf('a.ts')).toBe('a2');
    expect(opened[0]?.analyses).toEqual(['a.ts']);
    expect(save('a.ts', 'a3')).toBe(true);
    expect(opened[0]?.analyses).toEqual(['a.ts', 'a.ts']);
  });

  it('where there is none', () => {
    const { session, analyses } = openFake(new Map([['a.ts', 'a']]), new Set());
    const project = new LargeProject(session, () => session, undefined);
    expect(project.save('a.ts', 'a2')).toBe(true);
    expect(analyses).toEqual(['a.ts']);
  });
});
