import type { Assignment } from './assignment.js';

/** `ENV` and `ARG` with the lines that continue them: https://docs.docker.com/reference/dockerfile/#env */
const instruction = /^[^\S\n]*(ENV|ARG)[^\S\n]+((?:.*\\[^\S\n]*\r?\n)*.*)$/gim;

const pair = /([A-Za-z_]\w*)=("(?:[^"\\]|\\[^])*"|'[^']*'|(?:[^\s"'\\]|\\.)*)/g;

export function readDockerfile(text: string): readonly Assignment[] {
  return [...text.matchAll(instruction)].flatMap((match) => {
    const body = match[2] ?? '';
    const at = match.index + match[0].length - body.length;
    const old = /^([A-Za-z_]\w*)[^\S\n]+(?!=)([^\n]*\S)/.exec(body);
    // `ENV NAME value with blanks`, the old form.
    if (old && match[1]?.toUpperCase() === 'ENV' && !/^\w+=/.test(body))
      return [assignment(old[1] ?? '', old[2] ?? '', at, at + old[0].length)];
    return [...body.matchAll(pair)].map((found) =>
      assignment(found[1] ?? '', found[2] ?? '', at + found.index, at + found.index + found[0].length),
    );
  });
}

function assignment(name: string, written: string, start: number, end: number): Assignment {
  const value = written.replace(/^(["'])([^]*)\1$/, '$2');
  return { path: [name], value, start, end, valueStart: end - written.length, valueEnd: end };
}
