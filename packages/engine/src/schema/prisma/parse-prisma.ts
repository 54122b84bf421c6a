import { tokenizePrisma } from './tokenize-prisma.js';
import type { PrismaSyntaxProblem, PrismaToken } from './tokenize-prisma.js';

export interface PrismaAttribute {
  /** Without the `@`s: `id`, `default`, `db.Uuid`. */
  readonly name: string;
  /** What stands between its parentheses. */
  readonly args: readonly PrismaToken[];
  readonly start: number;
  readonly end: number;
}

export interface PrismaField {
  readonly name: string;
  /** Without `?` and `[]`; `Unsupported` for types that Prisma has no name for. */
  readonly type: string;
  readonly attributes: readonly PrismaAttribute[];
  readonly start: number;
  readonly end: number;
}

export interface PrismaBlock {
  /** `model`, `view`, `type`, `enum`, `datasource`, `generator`. */
  readonly keyword: string;
  readonly name: string;
  readonly nameStart: number;
  readonly nameEnd: number;
  /** Of models, views and composite types only. */
  readonly fields: readonly PrismaField[];
  readonly attributes: readonly PrismaAttribute[];
}

export interface PrismaSyntax {
  readonly blocks: readonly PrismaBlock[];
  /** The first thing that could not be read. What comes after it is read all the same. */
  readonly problem?: PrismaSyntaxProblem;
}

const blockKeywords = new Set(['model', 'view', 'type', 'enum', 'datasource', 'generator']);

/**
 * Reads the Prisma schema language line by line, as it is written: a block's head, then one field or attribute per line.
 * Never throws; a line that cannot be read is left out.
 */
export function parsePrisma(text: string): PrismaSyntax {
  const { tokens, problem: lexicalProblem } = tokenizePrisma(text);
  const lines = splitLines(tokens);
  const blocks: PrismaBlock[] = [];
  const problems: PrismaSyntaxProblem[] = lexicalProblem ? [lexicalProblem] : [];
  let open: OpenBlock | undefined;

  for (const line of lines) {
    const first = line[0];
    if (!first) continue;
    const head = readHead(line);
    if (head) {
      if (open) problems.push({ offset: open.nameStart, message: `${open.keyword} ${open.name} is not closed by }` });
      open = head;
      blocks.push(head);
      const closing = line.findIndex((token) => token.text === '}');
      const inside = line.slice(3, closing < 0 ? undefined : closing);
      if (inside.length > 0) readMember(inside, open, problems);
      if (closing >= 0) open = undefined;
    } else if (first.text === '}' && open) {
      open = undefined;
    } else if (open) {
      const closing = line.at(-1)?.text === '}';
      readMember(closing ? line.slice(0, -1) : line, open, problems);
      if (closing) open = undefined;
    } else {
      problems.push({ offset: first.start, message: `expected a block such as "model User {", found "${first.text}"` });
    }
  }
  if (open) problems.push({ offset: open.nameStart, message: `${open.keyword} ${open.name} is not closed by }` });

  const problem = problems.sort((a, b) => a.offset - b.offset)[0];
  return problem ? { blocks, problem } : { blocks };
}

interface OpenBlock extends PrismaBlock {
  readonly fields: PrismaField[];
  readonly attributes: PrismaAttribute[];
}

/** A line ends at a line break that no parenthesis or bracket encloses. */
function splitLines(tokens: readonly PrismaToken[]): PrismaToken[][] {
  const lines: PrismaToken[][] = [];
  let line: PrismaToken[] = [];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'line-break') {
      if (depth > 0) continue;
      lines.push(line);
      line = [];
      continue;
    }
    if (token.text === '(' || token.text === '[') depth += 1;
    if (token.text === ')' || token.text === ']') depth = Math.max(0, depth - 1);
    // A brace stands in no argument: an argument list that is never closed ends here.
    if (token.text === '}' || token.text === '{') depth = 0;
    line.push(token);
  }
  lines.push(line);
  return lines;
}

function readHead(line: readonly PrismaToken[]): OpenBlock | undefined {
  const [keyword, name, brace] = line;
  if (keyword?.kind !== 'word' || !blockKeywords.has(keyword.text)) return undefined;
  if (name?.kind !== 'word' || brace?.text !== '{') return undefined;
  return {
    keyword: keyword.text,
    name: name.text,
    nameStart: name.start,
    nameEnd: name.end,
    fields: [],
    attributes: [],
  };
}

function readMember(line: readonly PrismaToken[], block: OpenBlock, problems: PrismaSyntaxProblem[]): void {
  const first = line[0];
  if (!first) return;
  if (block.keyword === 'enum' || block.keyword === 'datasource' || block.keyword === 'generator') return;
  if (first.text === '@@') {
    block.attributes.push(...readAttributes(line, 0));
    return;
  }
  const type = line[1];
  if (first.kind !== 'word' || type?.kind !== 'word') {
    problems.push({
      offset: first.start,
      message: `expected a field such as "id Int" in ${block.keyword} ${block.name}, found "${first.text}"`,
    });
    return;
  }
  const attributes = readAttributes(line, 2);
  block.fields.push({
    name: first.text,
    type: type.text,
    attributes,
    start: first.start,
    end: line.at(-1)?.end ?? type.end,
  });
}

function readAttributes(line: readonly PrismaToken[], from: number): PrismaAttribute[] {
  const attributes: PrismaAttribute[] = [];
  for (let index = from; index < line.length; index += 1) {
    const at = line[index];
    const name = line[index + 1];
    if (!at || (at.text !== '@' && at.text !== '@@') || at.kind === 'string' || name?.kind !== 'word') continue;
    const close = line[index + 2]?.text === '(' ? findClose(line, index + 2) : undefined;
    const args = close === undefined ? [] : line.slice(index + 3, close);
    const last = close === undefined ? index + 1 : Math.min(close, line.length - 1);
    attributes.push({ name: name.text, args, start: at.start, end: line[last]?.end ?? name.end });
    index = last;
  }
  return attributes;
}

/** Index of the token that closes the parenthesis or bracket at `open`, or the line's length where nothing does. */
function findClose(line: readonly PrismaToken[], open: number): number {
  let depth = 0;
  for (let index = open; index < line.length; index += 1) {
    const token = line[index];
    if (token?.kind !== 'symbol') continue;
    if (token.text === '(' || token.text === '[') depth += 1;
    else if (token.text === ')' || token.text === ']') depth -= 1;
    if (depth === 0) return index;
  }
  return line.length;
}
