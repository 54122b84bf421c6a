import { ts } from 'ts-morph';
import type { Edit } from '../edit.js';
import type { ProjectCode } from './project-code.js';

/**
 * Imports one more name from where another one is imported from, by `import { … }` or `const { … } = require(…)`; nothing where it is
 * not imported so, or where the file uses the name for something else.
 */
export function importBeside(known: ts.Identifier, added: string, code: ProjectCode): Edit | undefined {
  const [declaration] = code.checker.getSymbolAtLocation(known)?.declarations ?? [];
  if (!declaration || !(ts.isImportSpecifier(declaration) || ts.isBindingElement(declaration))) return undefined;
  if (new RegExp(`\\b${added}\\b`).test(known.getSourceFile().text)) return undefined;
  return { file: code.pathOf(declaration), start: declaration.end, end: declaration.end, text: `, ${added}` };
}
