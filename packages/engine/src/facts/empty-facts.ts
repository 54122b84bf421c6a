import type { FileFacts } from './file-facts.js';

/** The facts of a file in which nothing stands. */
export function emptyFacts(path: string, lineStarts: readonly number[] = [0]): FileFacts {
  return {
    path,
    lineStarts,
    imports: [],
    required: [],
    exports: [],
    body: [],
    functions: [],
    classes: [],
    types: {},
    directives: [],
    prologue: [],
    errors: [],
  };
}
