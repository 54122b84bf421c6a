import type { CallEntry } from './library.js';

/** One step of a path: a member's name, or `()` for the result of a call. The first one is `package#`, or `?`. */
export type Step = string;

/** `express#Router().get` in its steps: `express#`, `Router`, `()`, `get`. */
function stepsOfText(path: string): readonly Step[] {
  const first = firstStepOf(path);
  const rest = path.slice(first.length);
  const names = rest.startsWith('.') ? rest.slice(1).split('.') : rest === '' ? [] : rest.split('.');
  return [
    first,
    ...names.flatMap((name) => {
      const bare = name.replace(/(\(\))+$/, '');
      const calls = Array<Step>((name.length - bare.length) / 2).fill('()');
      return bare === '' ? calls : [bare, ...calls];
    }),
  ];
}

function firstStepOf(path: string): Step {
  return path.slice(0, path.indexOf('#') + 1 || 1);
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

/** What is said of a path. */
interface Said {
  readonly path: string;
  readonly entry?: CallEntry;
  /** Another path that leads to the same. */
  readonly same?: string;
}

/** All entries of a catalog. What is said of a package grows when somebody comes by it: a project uses few of them. */
export class EntryTree {
  readonly #root = new TreeNode();
  readonly #start = new TreePlace(this.#root, []);
  /** By first step. */
  readonly #said = new Map<Step, Said[]>();
  #count = 0;

  add(path: string, entry: CallEntry): void {
    this.#say({ path, entry });
  }

  addSame(path: string, other: string): void {
    this.#say({ path, same: other });
  }

  /** The place of the first step of a path. */
  begin(step: Step): TreePlace {
    for (const said of this.#said.get(step) ?? []) this.#plant(said);
    this.#said.delete(step);
    return this.#start.after(step);
  }

  /** The place of a whole path, as it is written. */
  placeOf(path: string): TreePlace {
    const [first, ...steps] = stepsOfText(path);
    return steps.reduce((place, step) => place.after(step), first === undefined ? this.#start : this.begin(first));
  }

  #say(said: Said): void {
    const first = firstStepOf(said.path);
    const others = this.#said.get(first);
    if (others) others.push(said);
    else this.#said.set(first, [said]);
  }

  #plant({ path, entry, same }: Said): void {
    const node = this.#nodeAt(path);
    if (same !== undefined) node.same = same;
    if (!entry) return;
    if (!path.includes('*')) node.entry = { ...node.entry, ...entry };
    else if (!node.entry) {
      node.entry = entry;
      node.order = this.#count++;
    }
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
