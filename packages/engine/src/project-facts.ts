import { digestCode, digestMaker } from './cache/digest.js';
import { FactsCache, type KeptFacts } from './cache/facts-cache.js';
import { decodeFacts, type DecodedFacts } from './facts/encoded/decode-facts.js';
import { Dictionary } from './facts/encoded/dictionary.js';
import { FactsEncoder } from './facts/encoded/encode-facts.js';
import type { EncodedFacts } from './facts/encoded/encoded-facts.js';
import { restoreFacts, storeFacts } from './facts/encoded/stored-facts.js';
import { extractFacts } from './facts/extract-facts.js';
import type { FileFacts } from './facts/file-facts.js';
import type { Project, SourceFile } from './source/project.js';

interface KnownFacts {
  /** What they were made of. */
  readonly text: string;
  readonly encoded: EncodedFacts;
  readonly facts: DecodedFacts;
  /** Whether they are on disk. */
  readonly isKept: boolean;
}

/** The facts of a project's files: what has changed since the last time is lowered, and nothing else. */
export class ProjectFacts {
  readonly #known = new Map<string, KnownFacts>();
  readonly #dictionary = new Dictionary();
  readonly #encoder = new FactsEncoder(this.#dictionary);
  readonly #cache: FactsCache | undefined;
  /** Whether nobody has asked for all of them yet: what is on disk is read once. */
  #isFresh = true;

  /** @param folder Of the cache. */
  constructor(folder?: string) {
    this.#cache = folder === undefined ? undefined : new FactsCache(folder);
  }

  /**
   * In the order of the paths. A package for the browser alone is left out, unless the rest imports something of it.
   *
   * @param browserPackages Their folders.
   * @param told Called after each file with how many are done.
   */
  of(
    project: Project,
    browserPackages: readonly string[],
    told: (done: number) => void,
  ): ReadonlyMap<string, DecodedFacts> {
    const browser = new Set(browserPackages);
    const folderOf = (file: string): string | undefined => {
      for (const folder of browser) if (file.startsWith(`${folder}/`)) return folder;
      return undefined;
    };
    const paths = [...project.files.keys()];
    const kept = this.#isFresh ? this.#cache?.read(digestMaker(project)) : undefined;
    this.#isFresh = false;
    const lowered = new Map<string, DecodedFacts>();
    const pending = paths.filter((file) => folderOf(file) === undefined).reverse();
    for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
      const facts = this.lower(project.files.get(file) ?? { path: file, text: '' }, kept?.get(file));
      lowered.set(file, facts);
      told(lowered.size);
      if (browser.size === 0) continue;
      for (const source of importedBy(facts)) {
        const target = project.resolve(file, source);
        const folder = target === undefined ? undefined : folderOf(target);
        if (folder === undefined || !browser.delete(folder)) continue;
        pending.push(...paths.filter((other) => other.startsWith(`${folder}/`)));
      }
    }
    return new Map([...lowered].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** What was looked for in functions that need not be read. */
  get patterns(): readonly RegExp[] {
    return this.#dictionary.patterns;
  }

  lower(file: SourceFile, kept?: KeptFacts): DecodedFacts {
    const { path, text } = file;
    const known = this.#known.get(path);
    if (known?.text === text) return known.facts;
    const stored = kept && kept.text === digestCode(file) ? kept.facts : undefined;
    const encoded = stored
      ? restoreFacts(path, stored, text, this.#dictionary)
      : this.#encoder.encode(extractFacts(path, text));
    const facts = decodeFacts(encoded);
    this.#known.set(path, { text, encoded, facts, isKept: stored !== undefined });
    return facts;
  }

  /** Keeps them on disk, if any of them is not there yet. */
  keep(project: Project): void {
    const known = [...project.files.values()].flatMap((file) => {
      const facts = this.#known.get(file.path);
      return facts?.text === file.text ? [[file, facts] as const] : [];
    });
    if (!this.#cache || known.every(([, { isKept }]) => isKept)) return;
    const maker = digestMaker(project);
    // Read again and not held meanwhile: an analysis lies in between, when memory is short.
    const before = known.some(([, { isKept }]) => isKept) ? this.#cache.read(maker) : undefined;
    const kept = new Map<string, KeptFacts>();
    for (const [file, facts] of known) {
      const text = digestCode(file);
      const old = facts.isKept ? before?.get(file.path) : undefined;
      const stored = old?.text === text ? old.facts : storeFacts(facts.encoded, file.text);
      if (!stored) continue;
      this.#known.set(file.path, { ...facts, isKept: true });
      kept.set(file.path, { text, facts: stored });
    }
    this.#cache.write(maker, kept);
  }
}

function importedBy({ imports, exports, required }: FileFacts): readonly string[] {
  return [
    ...imports.filter(({ typeOnly }) => !typeOnly).map(({ source }) => source),
    ...exports.flatMap((item) => ('source' in item ? [item.source] : [])),
    ...required,
  ];
}
