import type { CallEntry } from './library.js';

/** One step of a path: a member's name, or `()` for the result of a call. The first one is `package#`, or `?`. */
export type Step = string;

/** `express#Router().get` in its steps: `express#`, `Router`, `()`, `get`. */
function stepsOfText(path: string): readonly Step[] {
  const end = path.indexOf('#') + 1 || 1;
  const rest = path.slice(end);
  const names = rest.startsWith('.') ? rest.slice(1).split('.') : rest === '' ? [] : rest.split('.');
  return [
    path.slice(0, end),
    ...names.flatMap((name) => {
      const bare = name.replace(/(\(\))+$/, '');
      const calls = Array<Step>((name.length - bare.length) / 2).fill('()');
      return bare === '' ? calls : [bare, ...calls];
    }),
  ];
}

/** Entries by the steps that lead to them. */
class TreeNode {
  readonly children = new Map<Step, TreeNode>();
  entry: CallEntry | undefined = undefined;
  /** In which order entries of paths with a `*` were written: the first one that fits counts. */
  order = 0;
  /** Another path that leads to the same. */
  same: string | undefined = undefined;
}

/** Where a walk through the tree may be: at one node by the names that were written, at others by a `*`. */
export class TreePlace {
  readonly #next = new Map<Step, TreePlace>();
  readonly entry: CallEntry | undefined;

  constructor(
    readonly exact: TreeNode | undefined,
    readonly open: readonly TreeNode[],
  ) {
    const [first] = open.filter((node) => node.entry).sort((a, b) => a.order - b.order);
    this.entry = exact?.entry ?? first?.entry;
  }

  /** Whether no entry begins like this. */
  get isNowhere(): boolean {
    return this === nowhere;
  }

  get same(): string | undefined {
    return this.exact?.same;
  }

  /** The place behind one more step; any number of steps to the same place is one object. */
  after(step: Step): TreePlace {
    if (this === nowhere) return nowhere;
    const known = this.#next.get(step);
    if (known) return known;
    const exact = this.exact?.children.get(step);
    const open = this.open.flatMap((node) => node.children.get(step) ?? []);
    if (step !== '()') for (const node of [this.exact, ...this.open]) open.push(...childOf(node, '*'));
    if (!exact && open.length === 0) return nowhere;
    const place = new TreePlace(exact, open);
    this.#next.set(step, place);
    return place;
  }
}

function childOf(node: TreeNode | undefined, step: Step): readonly TreeNode[] {
  const child = node?.children.get(step);
  return child ? [child] : [];
}

/** Where no entry begins. */
export const nowhere: TreePlace = new TreePlace(undefined, []);

/** All entries of a catalog. */
export class EntryTree {
  readonly #root = new TreeNode();
  readonly #start = new TreePlace(this.#root, []);
  #count = 0;

  add(path: string, entry: CallEntry): void {
    const node = this.#nodeAt(path);
    if (!path.includes('*')) node.entry = { ...node.entry, ...entry };
    else if (!node.entry) {
      node.entry = entry;
      node.order = this.#count++;
    }
  }

  addSame(path: string, other: string): void {
    this.#nodeAt(path).same = other;
  }

  /** The place of the first step of a path. */
  begin(step: Step): TreePlace {
    return this.#start.after(step);
  }

  /** The place of a whole path, as it is written. */
  placeOf(path: string): TreePlace {
    return stepsOfText(path).reduce((place, step) => place.after(step), this.#start);
  }

  #nodeAt(path: string): TreeNode {
    let node = this.#root;
    for (const step of stepsOfText(path)) {
      let child = node.children.get(step);
      if (!child) node.children.set(step, (child = new TreeNode()));
      node = child;
    }
    return node;
  }
}
