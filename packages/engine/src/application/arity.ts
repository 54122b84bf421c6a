import type { FunctionFacts } from '../facts/file-facts.js';

/** How many arguments a function says that it takes: not those from the first one with a default on. */
export function arityOf({ parameters }: FunctionFacts): number {
  const end = parameters.findIndex((parameter) => parameter.rest || parameter.defaultValue !== undefined);
  return end < 0 ? parameters.length : end;
}
