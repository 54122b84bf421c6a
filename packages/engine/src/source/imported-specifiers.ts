import type { SourceFile } from './project.js';

const importing = /\b(?:from|import|require)\s*\(?\s*(["'])([^"'\n]+)\1/g;

const known = new WeakMap<SourceFile, readonly string[]>();

/**
 * What a file seems to import, by a look at its text. May name too much (a comment, a string), never decides what an import
 * means: that is for the facts.
 */
export function collectImportedSpecifiers(file: SourceFile): readonly string[] {
  let specifiers = known.get(file);
  if (specifiers === undefined) {
    specifiers = [...new Set(Array.from(file.text.matchAll(importing), ([, , specifier = '']) => specifier))];
    known.set(file, specifiers);
  }
  return specifiers;
}
