import { posix } from 'node:path';
import { ts } from 'ts-morph';

const extensions = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];

/** Finds the project's file that a specifier means, or nothing for a package that is not part of the project. */
export class ModuleResolution {
  /** Folders of the packages in the tree, by name. */
  readonly #packages = new Map<string, string>();
  readonly #aliases: readonly PathAlias[];

  constructor(
    readonly files: ReadonlySet<string>,
    documents: ReadonlyMap<string, string>,
  ) {
    for (const [path, text] of documents) {
      const name = posix.basename(path) === 'package.json' ? readSettings(text).name : undefined;
      if (typeof name === 'string') this.#packages.set(name, posix.dirname(path));
    }
    this.#aliases = [...documents].flatMap(([path, text]) =>
      posix.basename(path).startsWith('tsconfig') ? readAliases(posix.dirname(path), readSettings(text)) : [],
    );
  }

  /** The file that `specifier` means in the file `from`. */
  find(from: string, specifier: string): string | undefined {
    if (/^\.{1,2}(\/|$)/.test(specifier)) return this.#findFile(posix.join(posix.dirname(from), specifier));
    for (const alias of this.#aliases) {
      if (!isWithin(from, alias.folder) || !specifier.startsWith(alias.prefix)) continue;
      if (!alias.isPattern && specifier !== alias.prefix) continue;
      const found = this.#findFile(posix.join(alias.target, specifier.slice(alias.prefix.length)));
      if (found !== undefined) return found;
    }
    return this.#findInPackage(specifier);
  }

  /** The sources of a package of the same tree: what `exports` names may not have been built. */
  #findInPackage(specifier: string): string | undefined {
    for (const [name, folder] of this.#packages) {
      if (specifier !== name && !specifier.startsWith(`${name}/`)) continue;
      const rest = specifier.slice(name.length + 1);
      const found = this.#findFile(posix.join(folder, 'src', rest)) ?? this.#findFile(posix.join(folder, rest));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #findFile(path: string): string | undefined {
    const stem = path.replace(/\.([cm]?)jsx?$/, '');
    return [
      path,
      ...extensions.map((end) => stem + end),
      ...extensions.flatMap((end) => [path + end, `${path}/index${end}`]),
    ].find((candidate) => this.files.has(candidate));
  }
}

interface PathAlias {
  /** Whose files it holds for, '.' for all. */
  readonly folder: string;
  readonly prefix: string;
  readonly isPattern: boolean;
  readonly target: string;
}

interface Settings {
  readonly name?: unknown;
  readonly compilerOptions?: {
    readonly baseUrl?: string;
    readonly paths?: Readonly<Record<string, readonly string[]>>;
  };
}

function readSettings(text: string): Settings {
  const { config } = ts.parseConfigFileTextToJson('settings.json', text) as { config?: Settings };
  return config ?? {};
}

function readAliases(folder: string, { compilerOptions }: Settings): readonly PathAlias[] {
  const start = posix.join(folder, compilerOptions?.baseUrl ?? '.');
  return Object.entries(compilerOptions?.paths ?? {}).flatMap(([pattern, targets]) =>
    targets.map((target) => ({
      folder,
      prefix: pattern.replace(/\*$/, ''),
      isPattern: pattern.endsWith('*'),
      target: posix.join(start, target.replace(/\*$/, '')),
    })),
  );
}

function isWithin(path: string, folder: string): boolean {
  return folder === '.' || path.startsWith(`${folder}/`);
}
