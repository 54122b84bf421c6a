import ts from 'typescript';

/**
 * A text as it looks while somebody works on it, `count` times: each is the given one with one change in it, and no two in
 * a row are alike. All of them parse where the given one does: a linter has little to do with a text that does not.
 */
export function createEdits(text: string, count: number): readonly string[] {
  const bodies = findBodies(text);
  return Array.from({ length: count }, (_, edit) => {
    const at = bodies[(edit * 7) % Math.max(1, bodies.length)];
    const added = kinds[edit % kinds.length]?.(edit) ?? '';
    if (at === undefined || edit % kinds.length === kinds.length - 1) {
      return `${text}\nexport function draft${String(edit)}(value: number) {\n  return value + ${String(edit)};\n}\n`;
    }
    return text.slice(0, at) + added + text.slice(at);
  });
}

const kinds: readonly ((edit: number) => string)[] = [
  (edit) => ` // looked at ${String(edit)} times\n`,
  (edit) => `\n    const draft = ${String(edit)};`,
  (edit) => `\n    console.info('here', ${String(edit)});`,
  (edit) => `\n    if (Date.now() < ${String(edit)}) throw new Error('too early');`,
  () => '\n\n',
  // A function of its own at the end.
  () => '',
];

/** Where the bodies of functions begin, behind their brace. */
function findBodies(text: string): readonly number[] {
  const file = ts.createSourceFile('file.tsx', text, ts.ScriptTarget.Latest, false);
  const positions: number[] = [];
  function visit(node: ts.Node): void {
    // What calls `super` may have nothing before it.
    if (ts.isFunctionLike(node) && !ts.isConstructorDeclaration(node) && 'body' in node) {
      const { body } = node;
      if (body !== undefined && ts.isBlock(body)) positions.push(body.statements.pos);
    }
    ts.forEachChild(node, visit);
  }
  visit(file);
  return positions;
}
