export interface Example {
  readonly verdict: 'incorrect' | 'correct';
  /** Line of the page on which the block opens, from 1. */
  readonly line: number;
  /** POSIX paths relative to the example's root → text. */
  readonly files: ReadonlyMap<string, string>;
}

/** A page that cannot be read as examples: names the line and what is wrong with it. */
export class ExampleError extends Error {
  override readonly name = 'ExampleError';
}

const heading = /^(#{1,6})\s+(.*?)\s*#*$/;
const verdict = /^(?:\W*)(incorrect|correct)\b/i;
const fence = /^(`{3,}|~{3,})\s*([\w-]*)/;
const fileName = /^(?:\/\/|#|--) ((?:[\w@.[\]-]+\/)*(?:[\w@[\]-][\w@.[\]-]*)?\.[a-z][\w.]*)$/;

/**
 * The fenced blocks below headings that read `Incorrect` or `Correct`, deeper headings included. Each block is a
 * project of its own; in it a line that is only a comment with a path (`// src/app.ts`, `# .env`, `-- db/init.sql`) opens a file.
 */
export function collectExamples(markdown: string): readonly Example[] {
  const examples: Example[] = [];
  const lines = markdown.split(/\r\n|\n|\r/);
  let section: { verdict: Example['verdict']; depth: number } | undefined;

  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    const title = heading.exec(line);
    if (title !== null) {
      const depth = title[1]?.length ?? 0;
      const word = verdict.exec(title[2] ?? '')?.[1]?.toLowerCase();
      if (word === 'incorrect' || word === 'correct') section = { verdict: word, depth };
      else if (section !== undefined && depth <= section.depth) section = undefined;
      continue;
    }
    const opening = fence.exec(line)?.[1];
    if (opening === undefined) continue;
    const first = index + 1;
    const close = lines.findIndex((later, at) => at > index && later.trim() === opening);
    if (close < 0) throw new ExampleError(`line ${first}: the block is never closed`);
    if (section !== undefined) {
      examples.push({ verdict: section.verdict, line: first, files: readFiles(lines.slice(first, close), first) });
    }
    index = close;
  }
  return examples;
}

/** The files of one block, by the comments that open them. */
export function readFiles(lines: readonly string[], blockLine: number): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  let path: string | undefined;
  for (const line of lines) {
    const name = fileName.exec(line)?.[1];
    if (name !== undefined) {
      if (files.has(name)) throw new ExampleError(`line ${blockLine}: the block opens ${name} twice`);
      path = name;
      files.set(name, '');
    } else if (path !== undefined) {
      files.set(path, `${files.get(path) ?? ''}${line}\n`);
    } else if (line.trim() !== '') {
      throw new ExampleError(
        `line ${blockLine}: the block does not say which file it is; start it with a line like \`// src/app.ts\``,
      );
    }
  }
  if (files.size === 0) throw new ExampleError(`line ${blockLine}: the block is empty`);
  return files;
}
