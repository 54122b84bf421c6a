import { readFileSync } from 'node:fs';
import ts from 'typescript';

import { quantile } from './median.js';

/** What the files of a project are like, on average. */
export interface FileFigures {
  readonly files: number;
  readonly bytes: number;
  readonly medianBytes: number;
  readonly largestBytes: number;
  readonly lines: number;
  readonly imports: number;
  /** With a body: methods, accessors, constructors and arrow functions too. */
  readonly functions: number;
  readonly calls: number;
}

export function describeFiles(paths: readonly string[]): FileFigures {
  return describeTexts(paths.map((path) => readFileSync(path, 'utf8')));
}

export function describeTexts(texts: readonly string[]): FileFigures {
  const sizes = texts.map((text) => Buffer.byteLength(text));
  const sum = { lines: 0, imports: 0, functions: 0, calls: 0 };
  function visit(node: ts.Node): void {
    if (ts.isImportDeclaration(node)) sum.imports += 1;
    if (ts.isFunctionLike(node) && 'body' in node && node.body !== undefined) sum.functions += 1;
    if (ts.isCallExpression(node)) sum.calls += 1;
    ts.forEachChild(node, visit);
  }
  for (const text of texts) {
    sum.lines += text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
    visit(ts.createSourceFile('file.tsx', text, ts.ScriptTarget.Latest, false));
  }
  const mean = (total: number) => total / Math.max(1, texts.length);
  return {
    files: texts.length,
    bytes: mean(sizes.reduce((total, size) => total + size, 0)),
    medianBytes: quantile(sizes, 0.5),
    largestBytes: quantile(sizes, 1),
    lines: mean(sum.lines),
    imports: mean(sum.imports),
    functions: mean(sum.functions),
    calls: mean(sum.calls),
  };
}
