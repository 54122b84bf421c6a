import { ExampleError, readFiles } from './collect-examples.js';

/** A chapter that shows a program, what is reported, a configuration, and what is reported with it. */
export interface Lesson {
  /** What the heading names: a word of the configuration. */
  readonly word: string;
  /** Line of the heading, from 1. */
  readonly line: number;
  /** POSIX paths relative to the program's root → text; the configuration is not among them. */
  readonly files: ReadonlyMap<string, string>;
  readonly configuration: ReadonlyMap<string, string>;
  readonly before: Report;
  readonly after: Report;
}

/** A block that shows what is reported. */
interface Report {
  /** Indexes of the lines between the fences, the end excluded. */
  readonly start: number;
  readonly end: number;
}

interface Block {
  readonly language: string;
  readonly start: number;
  readonly end: number;
}

const configurationFile = /^blastradius\.config\.\w+$/;

/** The chapters of a page whose headings are a word in backticks. */
export function collectLessons(markdown: string): readonly Lesson[] {
  const lines = markdown.split('\n');
  const chapters = lines.flatMap((line, index) => {
    const word = /^## `(\w+)`$/.exec(line)?.[1];
    return word === undefined ? [] : [{ word, index }];
  });
  return chapters.map(({ word, index }) => {
    const next = lines.findIndex((line, at) => at > index && /^## /.test(line));
    const blocks = blocksOf(lines, index, next < 0 ? lines.length : next);
    const isReport = ({ language }: Block): boolean => language === 'text';
    const [before, after, ...others] = blocks.filter(isReport);
    if (!before || !after || others.length > 0)
      throw new ExampleError(
        `line ${index + 1}: \`${word}\` needs two blocks of text, what is reported without and with it`,
      );
    const sources = blocks.filter((block) => !isReport(block));
    const files = sources.flatMap(({ start, end }) => [...readFiles(lines.slice(start, end), start)]);
    return {
      word,
      line: index + 1,
      files: new Map(files.filter(([path]) => !configurationFile.test(path))),
      configuration: new Map(files.filter(([path]) => configurationFile.test(path))),
      before,
      after,
    };
  });
}

function blocksOf(lines: readonly string[], from: number, to: number): readonly Block[] {
  const blocks: Block[] = [];
  for (let index = from; index < to; index += 1) {
    const language = /^```(\w+)$/.exec(lines[index] ?? '')?.[1];
    if (language === undefined) continue;
    const end = lines.indexOf('```', index + 1);
    if (end < 0 || end >= to) throw new ExampleError(`line ${index + 1}: the block is never closed`);
    blocks.push({ language, start: index + 1, end });
    index = end;
  }
  return blocks;
}

/** The page with these reports in place of those that it shows. */
export function withReports(
  markdown: string,
  reports: readonly { readonly lesson: Lesson; readonly before: string; readonly after: string }[],
): string {
  const lines = markdown.split('\n');
  const parts = reports
    .flatMap(({ lesson, before, after }) => [
      { ...lesson.before, text: before },
      { ...lesson.after, text: after },
    ])
    .sort((a, b) => b.start - a.start);
  for (const { start, end, text } of parts) lines.splice(start, end - start, ...text.split('\n'));
  return lines.join('\n');
}
