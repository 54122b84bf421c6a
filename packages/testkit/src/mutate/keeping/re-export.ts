import { ts } from 'ts-morph';
import type { ProjectCode } from '../code/project-code.js';
import { collectNodes } from '../code/syntax.js';
import type { Candidate } from '../mutant.js';
import type { StudiedProject } from '../studied-project.js';
import { keep } from './keep.js';

/** Leads an import of a file of the project through a new file that hands everything on. */
export function* reExport({ code }: StudiedProject): Iterable<Candidate> {
  for (const file of code.files) {
    for (const specifier of collectNodes(file, isSpecifier)) {
      const source = relativeTarget(specifier, code);
      if (!source) continue;
      const barrel = besideOf(specifier.text);
      const target = besideOf(code.pathOf(source));
      if (code.texts.has(target)) continue;
      const text = ts.isCallExpression(specifier.parent)
        ? `module.exports = require(${specifierFrom(specifier)});\n`
        : handingOn(source, specifierFrom(specifier), code);
      const edits = [code.replace(specifier, `'${barrel}'`), { file: target, start: 0, end: 0, text }];
      yield keep('re-export', specifier, `import \`${specifier.text}\` through another file`, edits, code);
    }
  }
}

/** What a file is imported by: `import … from './x'`, `require('./x')`. */
function isSpecifier(node: ts.Node): node is ts.StringLiteral {
  if (!ts.isStringLiteral(node)) return false;
  const { parent } = node;
  if (ts.isImportDeclaration(parent)) return parent.importClause !== undefined;
  return ts.isCallExpression(parent) && ts.isIdentifier(parent.expression) && parent.expression.text === 'require';
}

/** The file of the same package that a specifier names by its path: a folder keeps its `index`, which is a barrel already. */
function relativeTarget(specifier: ts.StringLiteral, code: ProjectCode): ts.SourceFile | undefined {
  if (!/^\.{1,2}\/.*[\w-]+(\.[cm]?[jt]s)?$/.test(specifier.text)) return undefined;
  const source = code.checker.getSymbolAtLocation(specifier)?.declarations?.find(ts.isSourceFile);
  const name = specifier.text.slice(specifier.text.lastIndexOf('/') + 1).replace(/\.[cm]?[jt]s$/, '');
  return source &&
    code
      .pathOf(source)
      .replace(/\.[cm]?[jt]sx?$/, '')
      .endsWith(name)
    ? source
    : undefined;
}

function handingOn(source: ts.SourceFile, specifier: string, { checker }: ProjectCode): string {
  const symbol = checker.getSymbolAtLocation(source);
  const hasDefault = symbol?.exports?.has(ts.InternalSymbolName.Default) === true;
  return `export * from ${specifier};\n${hasDefault ? `export { default } from ${specifier};\n` : ''}`;
}

/** From the new file, which lies beside the one that it hands on. */
function specifierFrom({ text }: ts.StringLiteral): string {
  return `'./${text.slice(text.lastIndexOf('/') + 1)}'`;
}

/** `./keys.js` → `./keys-through.js`. */
function besideOf(path: string): string {
  return path.replace(/(\.[cm]?[jt]sx?)?$/, '-through$1');
}
