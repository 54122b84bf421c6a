import type { CallExpression, FileFacts } from '../../facts/file-facts.js';
import { visitFile } from './walk-facts.js';

/** A call and the function that it stands in, undefined at the top level of the file. */
export interface CallSite {
  readonly call: CallExpression;
  readonly functionId: number | undefined;
}

/** @param word Calls in functions in which no such word stands may be left out. */
export function collectCalls(file: FileFacts, word?: RegExp): readonly CallSite[] {
  const calls: CallSite[] = [];
  visitFile(
    file,
    (expression, functionId) => {
      if (expression.kind === 'call') calls.push({ call: expression, functionId });
    },
    word,
  );
  return calls;
}
