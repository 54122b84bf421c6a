import type ts from 'typescript';
import { compiler } from './compiler.js';
import { SyntaxKind } from './compiler-enums.js';
import { isToken } from './syntax.js';

const { EndOfFileToken, MultiLineCommentTrivia, SingleLineCommentTrivia } = SyntaxKind;

export interface Comment {
  readonly start: number;
  readonly end: number;
  readonly isBlock: boolean;
}

interface Level {
  readonly node: ts.Node;
  /** In the order of the text. */
  readonly children: readonly ts.Node[];
  /** Where the text of a token begins behind its comments; `undefined` for a node with punctuation of its own. */
  readonly tokenStart: number | undefined;
}

/**
 * Tells comments from what looks like one in a string, a template, JSX or another comment. Offsets must be asked for in
 * ascending order: then no node and no comment is looked at twice, however many there are.
 */
export class CommentFinder {
  readonly #file: ts.SourceFile;
  readonly #scanner: ts.Scanner;
  /** From the file down to the node around the last offset. */
  readonly #path: Level[] = [];
  #gap = -1;

  constructor(file: ts.SourceFile) {
    this.#file = file;
    const { createScanner, ScriptTarget } = compiler();
    this.#scanner = createScanner(ScriptTarget.ESNext, false, file.languageVariant, file.text);
    this.#path.push(readLevel(file, file));
  }

  /** The comment that begins at the offset. */
  find(offset: number): Comment | undefined {
    const gap = this.#findGap(offset);
    if (gap === undefined) return undefined;
    const scanner = this.#scanner;
    if (gap !== this.#gap) {
      this.#gap = gap;
      scanner.resetTokenState(gap);
      scanner.scan();
    }
    while (scanner.getTokenStart() < offset && scanner.getToken() !== EndOfFileToken) scanner.scan();
    const kind = scanner.getToken();
    const isBlock = kind === MultiLineCommentTrivia;
    if (scanner.getTokenStart() !== offset || (!isBlock && kind !== SingleLineCommentTrivia)) return undefined;
    return { start: offset, end: scanner.getTokenEnd(), isBlock };
  }

  /**
   * Where the stretch around the offset begins that is no child of any node: punctuation, keywords and trivia, which a
   * scanner reads without a parser. `undefined` within a literal or JSX text.
   */
  #findGap(offset: number): number | undefined {
    const path = this.#path;
    while (path.length > 1 && (path.at(-1)?.node.end ?? 0) <= offset) path.pop();
    for (;;) {
      const level = path.at(-1);
      if (level === undefined) return undefined;
      const { node, children, tokenStart } = level;
      const index = bisect(children, offset);
      const child = children[index];
      if (child === undefined || child.pos > offset) {
        if (tokenStart !== undefined && tokenStart <= offset) return undefined;
        return children[index - 1]?.end ?? node.pos;
      }
      path.push(readLevel(child, this.#file));
    }
  }
}

function readLevel(node: ts.Node, file: ts.SourceFile): Level {
  const children: ts.Node[] = [];
  compiler().forEachChild(node, (child) => {
    children.push(child);
  });
  return { node, children, tokenStart: isToken(node) ? node.getStart(file, false) : undefined };
}

/** Index of the first node that ends behind the offset. */
function bisect(nodes: readonly ts.Node[], offset: number): number {
  let low = 0;
  let high = nodes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((nodes[middle]?.end ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
