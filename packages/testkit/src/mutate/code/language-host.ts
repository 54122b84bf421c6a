import { ts } from 'ts-morph';
import { ModuleResolution } from './module-resolution.js';

/** The folder that the compiler sees the project in. */
export const folder = '/project/';

const options: ts.CompilerOptions = {
  allowJs: true,
  esModuleInterop: true,
  experimentalDecorators: true,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  // Names are followed, types are not checked: of the library only promises are needed, and nothing of installed packages.
  noLib: true,
  target: ts.ScriptTarget.ESNext,
  types: [],
};

/** Enough of the library to see through `await`. */
const promises = `
interface Array<T> { [index: number]: T } interface Boolean {} interface Function {} interface IArguments {} interface Number {}
interface Object {} interface RegExp {} interface String {}
interface PromiseLike<T> { then<R>(done: (value: T) => R | PromiseLike<R>): PromiseLike<R> }
interface Promise<T> { then<R>(done: (value: T) => R | PromiseLike<R>): Promise<R> }
`;
const promisesFile = '/promises.d.ts';

/** Shows the compiler the texts of a project, as the files of one folder, and nothing of the disk. */
export function createLanguageHost(
  texts: ReadonlyMap<string, string>,
  documents: ReadonlyMap<string, string>,
): ts.LanguageServiceHost {
  const modules = new ModuleResolution(new Set(texts.keys()), documents);
  const read = (file: string): string | undefined =>
    file === promisesFile ? promises : texts.get(file.slice(folder.length));
  return {
    getCompilationSettings: () => options,
    getScriptFileNames: () => [promisesFile, ...[...texts.keys()].map((path) => folder + path)],
    getScriptVersion: () => '0',
    getScriptSnapshot: (file) => {
      const text = read(file);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => folder,
    getDefaultLibFileName: () => 'lib.d.ts',
    fileExists: (file) => read(file) !== undefined,
    readFile: read,
    resolveModuleNameLiterals: (literals, from) =>
      literals.map(({ text }) => {
        const found = modules.find(from.slice(folder.length), text);
        if (found === undefined) return { resolvedModule: undefined };
        const extension = /\.[^.]+$/.exec(found)?.[0] ?? '.ts';
        return { resolvedModule: { resolvedFileName: folder + found, extension } };
      }),
  };
}
