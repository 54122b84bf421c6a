import type { Assignment } from './assignment.js';

const assigned = /^([^\S\n]*(?:export[^\S\n]+)?([A-Za-z_]\w*)[^\S\n]*=[^\S\n]*)(.*)$/gm;

/** Environment files and the assignments of shell scripts. A quoted value may go on over the lines below (https://github.com/motdotla/dotenv#multiline-values). */
export function readShellLines(text: string): readonly Assignment[] {
  const found: Assignment[] = [];
  let read = 0;
  for (const match of text.matchAll(assigned)) {
    if (match.index < read) continue;
    const [, before = '', name = '', rest = ''] = match;
    const valueStart = match.index + before.length;
    const written = valueAt(text, valueStart, rest);
    const lineEnd = match.index + match[0].replace(/\r$/, '').length;
    const valueEnd = valueStart + written.length;
    read = valueEnd;
    const value = written.replace(/^(["'`])([^]*)\1$/, '$2');
    found.push({ path: [name], value, start: match.index, end: lineEnd, valueStart, valueEnd });
  }
  return found;
}

/** The value as it is written, with its quotes and without a comment. */
function valueAt(text: string, start: number, line: string): string {
  const quote = /^["'`]/.exec(line)?.[0];
  const close = quote === undefined ? -1 : text.indexOf(quote, start + 1);
  if (close !== -1) return text.slice(start, close + 1);
  return line.replace(/(^|\s+)#.*$/, '').trimEnd();
}
