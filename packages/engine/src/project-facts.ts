import { decodeFacts, type DecodedFacts } from './facts/encoded/decode-facts.js';
import { Dictionary } from './facts/encoded/dictionary.js';
import { FactsEncoder } from './facts/encoded/encode-facts.js';
import { extractFacts } from './facts/extract-facts.js';
import type { FileFacts } from './facts/file-facts.js';
import type { Project, SourceFile } from './source/project.js';

/** The facts of a project's files: what has changed since the last time is lowered, and nothing else. */
export class ProjectFacts {
  /** By file, with the text that they were made of. */
  readonly #known = new Map<string, { readonly text: string; readonly facts: DecodedFacts }>();
  readonly #dictionary = new Dictionary();
  readonly #encoder = new FactsEncoder(this.#dictionary);

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
    const lowered = new Map<string, DecodedFacts>();
    const pending = paths.filter((file) => folderOf(file) === undefined).reverse();
    for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
      const facts = this.lower(project.files.get(file) ?? { path: file, text: '' });
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

  lower({ path, text }: SourceFile): DecodedFacts {
    const known = this.#known.get(path);
    if (known?.text === text) return known.facts;
    const facts = decodeFacts(this.#encoder.encode(extractFacts(path, text)));
    this.#known.set(path, { text, facts });
    return facts;
  }
}

function importedBy({ imports, exports, required }: FileFacts): readonly string[] {
  return [
    ...imports.filter(({ typeOnly }) => !typeOnly).map(({ source }) => source),
    ...exports.flatMap((item) => ('source' in item ? [item.source] : [])),
    ...required,
  ];
}
