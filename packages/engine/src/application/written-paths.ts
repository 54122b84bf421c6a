import { limits } from '../limits.js';

/** A path with and without each of its optional parts: `/m{/*rest}`, `/m/:id?`. */
export function writtenPaths(path: string): readonly string[] {
  let written = [path];
  for (let round = 0; round < limits.optionalPathParts; round++) {
    written = written.flatMap((item) => {
      const [whole, group, parameter] = /\{([^{}]*)\}|(\/:\w+)\?/.exec(item) ?? [];
      return whole === undefined ? [item] : [item.replace(whole, ''), item.replace(whole, group ?? parameter ?? '')];
    });
  }
  return [...new Set(written)];
}
