import type ts from 'typescript';
import { compiler } from './compiler.js';
import { emptyFacts } from './empty-facts.js';
import type { FileFacts, SyntaxErrorFact } from './file-facts.js';
import { FileLowering } from './file-lowering.js';
import { lowerModule } from './lower-module.js';
import { complete, none } from './lowering.js';
import { readDirectives } from './read-directives.js';
import { readLineStarts } from './read-line-starts.js';
import { readPrologue } from './read-prologue.js';

const scriptKinds: ReadonlyMap<string, keyof typeof ts.ScriptKind> = new Map([
  ['ts', 'TS'],
  ['mts', 'TS'],
  ['cts', 'TS'],
  ['tsx', 'TSX'],
  // The compiler reads JSX in every kind of JavaScript file.
  ['js', 'JS'],
  ['mjs', 'JS'],
  ['cjs', 'JS'],
  ['jsx', 'JSX'],
]);

const byteOrderMark = 0xfeff;

/**
 * Lowers one file to its facts. Syntax errors are listed in `errors`, the rest of the file is lowered all the same; a
 * file that the compiler cannot read at all (nesting beyond the stack) has that as its only fact. Never throws.
 *
 * @param path POSIX, relative to the analysed root; its extension decides between TypeScript, JavaScript and JSX.
 * @param text With or without a byte order mark; offsets count from behind it.
 */
export function extractFacts(path: string, text: string): FileFacts {
  const source = text.charCodeAt(0) === byteOrderMark ? text.slice(1) : text;
  // Where the compiler is missing, no file is to blame.
  const front = compiler();
  try {
    return lowerFile(path, parse(front, path, source));
  } catch (error) {
    return createUnreadable(path, error);
  }
}

function parse(front: typeof ts, path: string, text: string): ts.SourceFile {
  const { createSourceFile, JSDocParsingMode, ScriptKind, ScriptTarget } = front;
  const extension = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  const options = { languageVersion: ScriptTarget.ESNext, jsDocParsingMode: JSDocParsingMode.ParseNone };
  try {
    return createSourceFile(path, text, options, false, ScriptKind[scriptKinds.get(extension) ?? 'TS']);
  } catch (error) {
    // The parser keeps its state in its module, and clears some of it at the end of a successful run only.
    createSourceFile('empty.ts', '', options, false, ScriptKind.TS);
    throw error;
  }
}

function lowerFile(path: string, file: ts.SourceFile): FileFacts {
  const lowering = new FileLowering(file.text);
  const prologue = readPrologue(file.statements);
  const body = inOrder(complete(lowerModule(lowering, file.statements, prologue.length)));
  return {
    path,
    lineStarts: readLineStarts(file),
    imports: complete(lowering.imports),
    required: lowering.required.size === 0 ? none : [...lowering.required],
    exports: complete(lowering.exports),
    body,
    functions: complete(lowering.functions),
    classes: complete(lowering.classes),
    types: Object.fromEntries(lowering.types),
    directives: readDirectives(file),
    prologue,
    errors: readErrors(file),
  };
}

/** Around a broken `await` at the top the parser reads statements anew, and may leave them out of order. */
function inOrder(body: FileFacts['body']): FileFacts['body'] {
  const isSorted = body.every((statement, index) => index === 0 || (body[index - 1]?.start ?? 0) <= statement.start);
  return isSorted ? body : body.toSorted((a, b) => a.start - b.start);
}

/** The parser's findings, which the compiler's public types leave out. */
interface ParsedFile extends ts.SourceFile {
  readonly parseDiagnostics?: readonly ts.DiagnosticWithLocation[];
}

function readErrors(file: ParsedFile): readonly SyntaxErrorFact[] {
  const { parseDiagnostics = none, text } = file;
  return parseDiagnostics.map(({ start, length, messageText }) => ({
    start: Math.min(start, text.length),
    end: Math.min(start + length, text.length),
    message: compiler().flattenDiagnosticMessageText(messageText, '\n'),
  }));
}

function createUnreadable(path: string, error: unknown): FileFacts {
  const reason = error instanceof RangeError ? 'its code is nested too deeply' : String(error);
  return { ...emptyFacts(path), errors: [{ start: 0, end: 0, message: `Cannot be read: ${reason}.` }] };
}
