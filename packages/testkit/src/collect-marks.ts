import { MarkError } from './mark.js';
import type { Mark, MarkKind } from './mark.js';

/** Comment starts by the end of the file's name; files of other kinds carry no marks, `at` aims at them from elsewhere. */
const commentStarts: readonly (readonly [RegExp, string])[] = [
  [/\.(?:[cm]?[jt]s|[jt]sx|prisma|jsonc|json5)$/, '//'],
  [/(?:^|\/)\.env(?:\.[\w.-]+)?$|\.(?:ya?ml|toml|sh|conf)$|(?:^|\/)Dockerfile$/, '#'],
  [/\.sql$/, '--'],
];

const kinds: Readonly<Record<string, MarkKind>> = { '!': 'found', '?miss': 'miss', '?noise': 'noise' };

const grammar =
  /^(?:(?<next>next)\s+|at\s+(?<file>\S+):(?<line>\d+)\s+)?(?<rule>[a-z]+(?:-[a-z]+)+)(?::\s*(?<rest>.*))?$/;

/**
 * All marks of a fixture in the order of files and lines. Keys of `files` are POSIX paths relative to the fixture's
 * root, values the text. Throws a `MarkError` for a comment that starts like a mark and cannot be read as one.
 */
export function collectMarks(files: ReadonlyMap<string, string>): readonly Mark[] {
  const marks: Mark[] = [];
  for (const [file, text] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const start = commentStarts.find(([pattern]) => pattern.test(file))?.[1];
    if (start !== undefined) marks.push(...marksOfFile(file, text, start, files));
  }
  return marks;
}

function marksOfFile(file: string, text: string, start: string, files: ReadonlyMap<string, string>): readonly Mark[] {
  const marks: Mark[] = [];
  const lines = text.split(/\r\n|\n|\r/);
  // Several marks may stand in one comment, each with its own comment start.
  const opening = new RegExp(`(?:^|\\s)${start} ?(?=!|\\?miss\\b|\\?noise\\b)`);
  lines.forEach((content, index) => {
    const [before, ...comments] = content.split(opening);
    for (const comment of comments) {
      const writtenAt = { file, line: index + 1 };
      const wholeLine = before?.trim() === '';
      const next = () => lines.findIndex((later, at) => at > index && !isMarkLine(later, opening)) + 1;
      marks.push(readMark(comment, writtenAt, wholeLine, next, files));
    }
  });
  return marks;
}

function isMarkLine(content: string, opening: RegExp): boolean {
  const parts = content.split(opening);
  return parts.length > 1 && parts[0]?.trim() === '';
}

function readMark(
  comment: string,
  writtenAt: Mark['writtenAt'],
  wholeLine: boolean,
  next: () => number,
  files: ReadonlyMap<string, string>,
): Mark {
  const fail = (problem: string): never => {
    throw new MarkError(`${writtenAt.file}:${writtenAt.line} ${problem}: \`${comment.trim()}\``);
  };
  const sigil = /^(?:!|\?miss|\?noise)/.exec(comment)?.[0] ?? fail('is no mark');
  const kind = kinds[sigil] ?? fail('is no mark');
  const groups = grammar.exec(comment.slice(sigil.length).trim())?.groups ?? fail('cannot be read as a mark');
  const ruleId = groups['rule'] ?? fail('names no rule');
  const rest = groups['rest']?.trim() ?? '';

  let { file, line } = writtenAt;
  if (groups['next'] !== undefined) {
    line = next() || fail('aims at a next line that does not exist');
  } else if (groups['file'] !== undefined) {
    file = groups['file'];
    line = Number(groups['line']);
    if (!files.has(file)) fail(`aims at ${file}, which is not a file of the fixture`);
  } else if (wholeLine) {
    fail('stands alone on its line; say `next` or `at <file>:<line>`');
  }

  const aim = { kind, ruleId, file, line, writtenAt };
  if (kind !== 'found') return rest === '' ? fail('gives no reason') : { ...aim, words: [], reason: rest };
  return { ...aim, ...readWords(rest, fail) };
}

function readWords(text: string, fail: (problem: string) => never): Pick<Mark, 'words' | 'entity' | 'steps'> {
  const words: string[] = [];
  let entity: string | undefined;
  let steps: number | undefined;
  for (const word of text.split(',').map((part) => part.trim())) {
    const assertion = /^(entity|steps)(>?=)(.*)$/.exec(word);
    if (word === '') {
      if (text !== '') fail('has an empty key word');
    } else if (assertion === null) {
      words.push(word);
    } else if (assertion[1] === 'entity' && assertion[2] === '=') {
      entity = assertion[3]?.trim() || fail('has an empty entity');
    } else if (assertion[1] === 'steps' && assertion[2] === '>=' && /^\d+$/.test(assertion[3] ?? '')) {
      steps = Number(assertion[3]);
    } else {
      fail('asserts something other than `entity=…` or `steps>=<number>`');
    }
  }
  return { words, ...(entity !== undefined && { entity }), ...(steps !== undefined && { steps }) };
}
