import { limits } from '../limits.js';
import { optionsOf, textOf, type Value } from '../program/value.js';
import type { ProjectDocument } from '../source/project.js';
import type { EnvironmentFiles } from './environment-files.js';
import { environmentVariable } from './environment-variable.js';

/** Private keys that lie in the project. One that is encrypted is of no use without its passphrase and does not count. */
export class KeyFiles {
  readonly #files: readonly ProjectDocument[];

  constructor(
    documents: readonly ProjectDocument[],
    readonly environment: EnvironmentFiles,
  ) {
    this.#files = documents.filter(
      ({ kind, text, keys = [] }) =>
        kind === 'private-key' &&
        !text.includes('ENCRYPTED') &&
        (keys.length === 0 || keys.some((key) => !key.isEncrypted)),
    );
  }

  /** The file that a path of the analysed code means, read from `reader`. */
  find(path: Value, reader: string): ProjectDocument | undefined {
    if (this.#files.length === 0) return undefined;
    for (const text of this.#pathsOf(path, reader, 0)) {
      const wanted = normalized(text);
      // What is relative to `__dirname` is relative to the root here; otherwise it starts where the process was started.
      const found =
        this.#files.find((file) => file.path === wanted) ??
        (text.startsWith('/') ? undefined : this.#nearest(wanted, reader));
      if (found) return found;
    }
    return undefined;
  }

  /** The file below the deepest folder around the reader. */
  #nearest(wanted: string, reader: string): ProjectDocument | undefined {
    const matching = this.#files.filter(
      (file) => file.path.endsWith(`/${wanted}`) && reader.startsWith(file.path.slice(0, -wanted.length)),
    );
    return matching.sort((a, b) => b.path.length - a.path.length)[0];
  }

  #pathsOf(value: Value, reader: string, depth: number): readonly string[] {
    if (depth > limits.keyPathDepth) return [];
    const text = textOf(value);
    if (text !== undefined) return [text];
    switch (value.kind) {
      case 'union':
        return optionsOf(value).flatMap((option) => this.#pathsOf(option.value, reader, depth + 1));
      case 'text':
        // `${process.cwd()}/keys/token.pem`: what is not known is a folder.
        return value.parts
          .slice(-1)
          .flatMap((part) => this.#pathsOf(part, reader, depth + 1))
          .map((part) => part.replace(/^\/+/, ''));
      case 'external': {
        const variable = environmentVariable(value.path);
        if (variable !== undefined) return this.#written(variable, reader);
        const args = value.call?.args ?? [];
        if (value.path === 'global#URL()' || value.path === 'url#URL()')
          return args[0] ? this.#pathsOf(args[0], reader, depth + 1) : [];
        if (!/^path#(posix\.)?(join|resolve)\(\)$/.test(value.path)) return [];
        return joined(args.map((part) => textOf(part) ?? this.#pathsOf(part, reader, depth + 1)[0]));
      }
      default:
        return [];
    }
  }

  #written(variable: string, reader: string): readonly string[] {
    const entry = this.environment.find(variable, reader);
    return entry ? [entry.value] : [];
  }
}

/** The part behind the last one that is not known. */
function joined(parts: readonly (string | undefined)[]): readonly string[] {
  const known = parts.slice(parts.lastIndexOf(undefined) + 1).filter((part) => part !== undefined && part !== '');
  return known.length > 0 ? [known.join('/').replace(/^\/+/, '')] : [];
}

function normalized(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '.' && segment !== '') segments.push(segment);
  }
  return segments.join('/');
}
