import { ts } from 'ts-morph';
import type { DirectiveFact } from './file-facts.js';
import { none } from './lowering.js';
import type { Draft } from './lowering.js';

const { isToken } = ts;
const { MultiLineCommentTrivia, SingleLineCommentTrivia } = ts.SyntaxKind;

/** Where a directive may begin; whether it is a comment at all is decided by the tree. */
const candidate = /\/[/*]\s*eslint-(?:enable|disable)/gu;
const directive = /^eslint-(enable|disable(?:(?:-next)?-line)?)(?=\s|$)/u;
/** ESLint's own: two or more hyphens between white space begin the reason. */
const reasonSeparator = /\s-{2,}\s/u;

interface Comment {
  readonly start: number;
  readonly end: number;
  readonly isBlock: boolean;
}

/** Comments that switch ESLint's rules off and on, by ESLint's own reading of them. */
export function readDirectives(file: ts.SourceFile): readonly DirectiveFact[] {
  const { text } = file;
  if (!text.includes('eslint-')) return none;
  const directives: DirectiveFact[] = [];
  for (const match of text.matchAll(candidate)) {
    const comment = findComment(file, match.index);
    const fact = comment === undefined ? undefined : readDirective(text, comment);
    if (fact !== undefined) directives.push(fact);
  }
  return directives.length === 0 ? none : directives;
}

/** The comment that begins at the offset; `undefined` where the text is part of a string, of JSX, of another comment. */
function findComment(file: ts.SourceFile, offset: number): Comment | undefined {
  let innermost: ts.Node = findStatement(file, offset) ?? file.endOfFileToken;
  // Everything between the children of a node is punctuation, keywords and trivia, so that a scan from here is safe.
  let gap = innermost.pos;
  for (let node: ts.Node | undefined = innermost; node !== undefined;) {
    innermost = node;
    gap = Math.max(gap, node.pos);
    node = ts.forEachChild(node, (child) => {
      if (child.end <= offset) gap = Math.max(gap, child.end);
      return child.pos <= offset && offset < child.end ? child : undefined;
    });
  }
  if (isToken(innermost) && innermost.getStart(file, false) <= offset) return undefined;
  return scanForComment(file, gap, offset);
}

/** By bisection: generated files have as many directives as statements. */
function findStatement({ statements }: ts.SourceFile, offset: number): ts.Statement | undefined {
  let low = 0;
  let high = statements.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((statements[middle]?.end ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return statements[low];
}

function scanForComment(file: ts.SourceFile, from: number, offset: number): Comment | undefined {
  const scanner = ts.createScanner(ts.ScriptTarget.ESNext, false, file.languageVariant, file.text, undefined, from);
  while (scanner.getTokenStart() <= offset) {
    const kind = scanner.scan();
    if (scanner.getTokenStart() === offset) {
      if (kind !== SingleLineCommentTrivia && kind !== MultiLineCommentTrivia) return undefined;
      return { start: offset, end: scanner.getTokenEnd(), isBlock: kind === MultiLineCommentTrivia };
    }
    if (kind === ts.SyntaxKind.EndOfFileToken) return undefined;
  }
  return undefined;
}

function readDirective(text: string, { start, end, isBlock }: Comment): DirectiveFact | undefined {
  const content = text.slice(start + 2, isBlock ? end - 2 : end);
  const separator = reasonSeparator.exec(content);
  const instruction = (separator === null ? content : content.slice(0, separator.index)).trim();
  const match = directive.exec(instruction);
  if (match === null) return undefined;
  const kind = match[1] as DirectiveFact['kind'];
  // As ESLint: a range needs a block comment, and `disable-line` one that stays on its line.
  if (
    kind === 'disable' || kind === 'enable' ? !isBlock : kind === 'disable-line' && /[\n\r\u2028\u2029]/u.test(content)
  ) {
    return undefined;
  }
  const rules = instruction
    .slice(match[0].length)
    .split(',')
    .map((rule) => rule.trim().replace(/^(['"])(.*)\1$/u, '$2'))
    .filter((rule) => rule !== '');
  const fact: Draft<DirectiveFact> = { kind, start, end, rules };
  if (separator !== null) fact.reason = content.slice(separator.index + separator[0].length).trim();
  return fact;
}
