import { ts } from 'ts-morph';
import { collectNodes } from '../code/syntax.js';
import { applyEdits } from '../edit.js';
import type { Candidate } from '../mutant.js';
import type { StudiedProject } from '../studied-project.js';
import { keep } from './keep.js';

/** Writes a CommonJS file as an ES module; those that require it then get its namespace, as Node.js does since version 22. */
export function* toEsModule({ code }: StudiedProject): Iterable<Candidate> {
  const isLoadedByName = code.files.some((file) => collectNodes(file, isComputedRequire).length > 0);
  for (const file of code.files) {
    const path = code.pathOf(file);
    if (ts.isExternalModule(file) || !/\.jsx?$/.test(path)) continue;
    if (isLoadedByName) {
      yield {
        kind: 'to-es-module',
        place: code.placeOf(file),
        reason: 'a file is required by a name that is computed',
      };
      continue;
    }
    const edits = code.convertToEsModule(path);
    if (edits.length === 0) continue;
    const text = applyEdits(edits, code.texts).get(path) ?? '';
    // What is required in the middle of a function cannot be imported there.
    if (/\b(require\(|module\.exports|exports\.)/.test(text)) {
      yield { kind: 'to-es-module', place: code.placeOf(file), reason: 'a part of it stays CommonJS' };
    } else yield keep('to-es-module', file, `write \`${path}\` as an ES module`, edits, code);
  }
}

/** `require(path.join(__dirname, name))`: nobody knows who has to be told of the new form. */
function isComputedRequire(node: ts.Node): node is ts.CallExpression {
  if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression) || node.expression.text !== 'require')
    return false;
  const [specifier] = node.arguments;
  return specifier !== undefined && !ts.isStringLiteralLike(specifier);
}
