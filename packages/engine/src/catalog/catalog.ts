import type { AccessPath } from '../program/access-path.js';
import { EntryTree, nowhere, type Step, type TreePlace } from './entry-tree.js';
import type { CallEntry, Library } from './library.js';

/** Finds what a call means by its access path. */
export class Catalog {
  readonly #tree = new EntryTree();
  readonly #packages = new Set<string>();
  /** Paths that a configuration describes: they may name functions of the project itself. */
  readonly described = new Set<string>();

  /** @param publicMetadata Metadata keys and decorators by which guards let a route through. */
  constructor(
    entries: readonly Library[],
    configured: readonly Library[] = [],
    readonly publicMetadata: ReadonlySet<string> = new Set(),
  ) {
    for (const library of configured) for (const path of Object.keys(library.calls)) this.described.add(path);
    for (const library of [...entries, ...configured]) {
      for (const name of library.packages) this.#packages.add(packageOf(name));
      for (const [path, entry] of Object.entries(library.calls)) this.#tree.add(path, entry);
      for (const [path, other] of Object.entries(library.same ?? {})) this.#tree.addSame(path, other);
    }
  }

  find(path: AccessPath): CallEntry | undefined {
    return this.#spellingOf(path).entry;
  }

  /** Whether a package is described, by its name or that of one of its parts: `better-auth/cookies`. */
  knows(packageName: string): boolean {
    return this.#packages.has(packageOf(packageName));
  }

  /** Paths grow by steps, and so does what is known of them. */
  #spellingOf(path: AccessPath): Spelling {
    const known = path.spelling;
    if (known?.by === this) return known as Spelling;
    const before = path.parent && this.#spellingOf(path.parent);
    return (path.spelling = before ? this.#spell(before, path.step) : this.#begin(path.step));
  }

  #begin(step: Step): Spelling {
    const place = this.#tree.begin(step);
    return this.#spelling(place, place, place, undefined);
  }

  #spell(before: Spelling, step: Step): Spelling {
    if (before.isNowhere) return before;
    const raw = before.raw.after(step);
    const plain = this.#renamed(before.plain.after(step));
    if (before.records && isElement(step)) return this.#spelling(raw, plain, before.records, before.records);
    const through = this.#renamed((before.records ?? before.through).after(step));
    const records = step === '()' ? through.entry?.data?.records : undefined;
    return this.#spelling(raw, plain, through, records === undefined ? undefined : this.#tree.placeOf(records));
  }

  #renamed(place: TreePlace): TreePlace {
    return place.same === undefined ? place : this.#tree.placeOf(place.same);
  }

  #spelling(raw: TreePlace, plain: TreePlace, through: TreePlace, records: TreePlace | undefined): Spelling {
    if (raw.isNowhere && plain.isNowhere && through.isNowhere && !records) return this.#nowhere;
    return {
      by: this,
      raw,
      plain,
      through,
      records,
      isNowhere: false,
      entry: raw.entry ?? plain.entry ?? through.entry,
    };
  }

  /** Of all paths that no entry begins with. */
  readonly #nowhere: Spelling = { by: this, ...emptySpelling };
}

/** `@scope/name`, `name`. */
function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

/** One path in the libraries' words. */
interface Spelling {
  readonly by: Catalog;
  /** As it is written. */
  readonly raw: TreePlace;
  /** With what leads to the same in the words that the entries use. */
  readonly plain: TreePlace;
  /** As if it led on from a record that a query gave: `User.findOne().save()`, `User.find().[].save()`. */
  readonly through: TreePlace;
  /** Where a record of it is, where this one is a query that gives some. */
  readonly records: TreePlace | undefined;
  readonly isNowhere: boolean;
  readonly entry: CallEntry | undefined;
}

const emptySpelling = {
  raw: nowhere,
  plain: nowhere,
  through: nowhere,
  records: undefined,
  isNowhere: true,
  entry: undefined,
};

/** From a list of records to one of them; any number, and a call on the way, as well. */
const elementNames: ReadonlySet<string> = new Set([
  ...['[]', '()'],
  ...['rows', 'forEach', 'map', 'flatMap', 'filter', 'find', 'some', 'every', 'reduce'],
  ...['at', 'pop', 'shift', 'slice', 'sort', 'reverse', 'values'],
]);

function isElement(step: Step): boolean {
  return elementNames.has(step) || /^\d+$/.test(step);
}
