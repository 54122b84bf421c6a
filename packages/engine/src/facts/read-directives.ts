import type ts from 'typescript';
import { CommentFinder } from './comment-finder.js';
import type { Comment } from './comment-finder.js';
import type { DirectiveFact } from './file-facts.js';
import { none } from './lowering.js';
import type { Draft } from './lowering.js';

/** Where a directive may begin; whether it is a comment at all is decided by the tree. */
const candidate = /\/[/*]\s*eslint-(?:enable|disable)/gu;
const directive = /^eslint-(enable|disable(?:(?:-next)?-line)?)(?=\s|$)/u;
/** ESLint's own: two or more hyphens between white space begin the reason. */
const reasonSeparator = /\s-{2,}\s/u;

/** Comments that switch ESLint's rules off and on, by ESLint's own reading of them. */
export function readDirectives(file: ts.SourceFile): readonly DirectiveFact[] {
  const { text } = file;
  if (!text.includes('eslint-')) return none;
  const directives: DirectiveFact[] = [];
  const finder = new CommentFinder(file);
  for (const match of text.matchAll(candidate)) {
    const comment = finder.find(match.index);
    const fact = comment === undefined ? undefined : readDirective(text, comment);
    if (fact !== undefined) directives.push(fact);
  }
  return directives.length === 0 ? none : directives;
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
