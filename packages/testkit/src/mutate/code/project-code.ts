import type { Place } from '@blastradius/engine';
import { ts } from 'ts-morph';
import type { Edit } from '../edit.js';
import { createLanguageHost, folder } from './language-host.js';
import { collectNodes } from './syntax.js';

const format = ts.getDefaultFormatCodeSettings('\n');

const preferences: ts.UserPreferences = {
  allowTextChangesInNewFiles: true,
  importModuleSpecifierEnding: 'auto',
  providePrefixAndSuffixTextForRename: true,
  quotePreference: 'single',
};

/** The code of a project as the compiler understands it: where names lead to, and the edits of its language service. */
export class ProjectCode {
  /** Text by path, POSIX and relative to the root, sorted. */
  readonly texts: ReadonlyMap<string, string>;
  readonly checker: ts.TypeChecker;
  readonly #service: ts.LanguageService;
  readonly #program: ts.Program;
  #addedMethods: ReadonlyMap<string, readonly ts.Expression[]> | undefined;

  /** @param sources Code, and the settings in JSON that lead from one file to another, by path. */
  constructor(sources: ReadonlyMap<string, string>) {
    this.texts = new Map([...sources].filter(([path]) => !path.endsWith('.json')).sort(byPath));
    const documents = new Map([...sources].filter(([path]) => path.endsWith('.json')));
    this.#service = ts.createLanguageService(createLanguageHost(this.texts, documents));
    const program = this.#service.getProgram();
    if (!program) throw new Error('the compiler gives no program for these files');
    this.#program = program;
    this.checker = program.getTypeChecker();
  }

  /** The syntax trees of all files, by path. */
  get files(): readonly ts.SourceFile[] {
    return [...this.texts.keys()].flatMap((path) => this.find(path) ?? []);
  }

  find(path: string): ts.SourceFile | undefined {
    return this.#program.getSourceFile(folder + path);
  }

  pathOf(node: ts.Node): string {
    return node.getSourceFile().fileName.slice(folder.length);
  }

  lineOf(node: ts.Node): number {
    return node.getSourceFile().getLineAndCharacterOfPosition(node.getStart()).line + 1;
  }

  placeOf(node: ts.Node): { readonly file: string; readonly line: number } {
    return { file: this.pathOf(node), line: this.lineOf(node) };
  }

  /** The nodes that span a place of the model, outermost first; the smallest one around it where none does. */
  nodesAt(place: Place): readonly ts.Node[] {
    const file = this.find(place.file);
    if (!file || place.line > file.getLineStarts().length || place.endLine > file.getLineStarts().length) return [];
    const start = file.getPositionOfLineAndCharacter(place.line - 1, place.column - 1);
    const end = file.getPositionOfLineAndCharacter(place.endLine - 1, place.endColumn - 1);
    const around: ts.Node[] = [];
    const visit = (node: ts.Node): void => {
      if (node.getStart() > start || node.end < end) return;
      around.push(node);
      ts.forEachChild(node, visit);
    };
    visit(file);
    const exact = around.filter((node) => node.getStart() === start && node.end === end);
    return exact.length > 0 ? exact : around.slice(-1);
  }

  /** Whether a place of the model lies within a node. */
  isWithin(place: Place, node: ts.Node): boolean {
    if (place.file !== this.pathOf(node)) return false;
    const file = node.getSourceFile();
    if (place.line > file.getLineStarts().length) return false;
    const start = file.getPositionOfLineAndCharacter(place.line - 1, place.column - 1);
    return start >= node.getStart() && start < node.end;
  }

  /** Replaces a node, its leading comments aside. */
  replace(node: ts.Node, text: string): Edit {
    return { file: this.pathOf(node), start: node.getStart(), end: node.end, text };
  }

  /** All places of a name, renamed; none where the compiler does not know them all. */
  rename(name: ts.Node, to: string): readonly Edit[] {
    const file = name.getSourceFile().fileName;
    const locations = this.#service.findRenameLocations(file, name.getStart(), false, false, preferences) ?? [];
    return locations.map(({ fileName, textSpan, prefixText = '', suffixText = '' }) => ({
      file: fileName.slice(folder.length),
      start: textSpan.start,
      end: textSpan.start + textSpan.length,
      text: prefixText + to + suffixText,
    }));
  }

  /** Where a name is read or written, its declaration included. */
  referencesOf(name: ts.Node): readonly ts.Node[] {
    const file = name.getSourceFile().fileName;
    const groups = this.#service.findReferences(file, name.getStart()) ?? [];
    return groups.flatMap(({ references }) =>
      references.flatMap(({ fileName, textSpan }) => {
        const source = this.#program.getSourceFile(fileName);
        return (source && findNode(source, textSpan.start, textSpan.start + textSpan.length)) ?? [];
      }),
    );
  }

  /** What `schema.methods.name = …` and `schema.statics.name = …` add: no type tells of it where the library is not there. */
  methodsAdded(name: string): readonly ts.Expression[] {
    this.#addedMethods ??= collectAddedMethods(this.files);
    return this.#addedMethods.get(name) ?? [];
  }

  /** Moves a top-level declaration, and what it imports, into a file of its own; no edits where the compiler cannot. */
  moveToNewFile(declaration: ts.Node): readonly Edit[] {
    const range = { pos: declaration.getStart(), end: declaration.end };
    const name = 'Move to a new file';
    const file = declaration.getSourceFile().fileName;
    return attempt(() => this.#service.getEditsForRefactor(file, format, range, name, name, preferences)?.edits ?? []);
  }

  /** Turns a CommonJS file into an ES module, importers included; no edits where the compiler offers none. */
  convertToEsModule(path: string): readonly Edit[] {
    const isCommonJs = 80001;
    const file = folder + path;
    if (!this.#service.getSuggestionDiagnostics(file).some(({ code }) => code === isCommonJs)) return [];
    return attempt(
      () => this.#service.getCodeFixesAtPosition(file, 0, 0, [isCommonJs], format, preferences)[0]?.changes ?? [],
    );
  }
}

/** Refactorings of the compiler break off on programs that it does not know all of: then there are no edits. */
function attempt(refactor: () => readonly ts.FileTextChanges[]): readonly Edit[] {
  try {
    return toEdits(refactor());
  } catch {
    return [];
  }
}

function toEdits(changes: readonly ts.FileTextChanges[]): readonly Edit[] {
  return changes.flatMap(({ fileName, textChanges }) =>
    textChanges.map(({ span, newText }) => ({
      file: fileName.slice(folder.length),
      start: span.start,
      end: span.start + span.length,
      text: newText,
    })),
  );
}

function findNode(file: ts.SourceFile, start: number, end: number): ts.Node | undefined {
  const visit = (node: ts.Node): ts.Node | undefined => {
    if (node.getStart() > start || node.end < end) return undefined;
    return ts.forEachChild(node, visit) ?? (node.getStart() === start && node.end === end ? node : undefined);
  };
  return visit(file);
}

function collectAddedMethods(files: readonly ts.SourceFile[]): ReadonlyMap<string, readonly ts.Expression[]> {
  const isAdded = (node: ts.Node): node is ts.BinaryExpression =>
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    ts.isPropertyAccessExpression(node.left) &&
    ts.isPropertyAccessExpression(node.left.expression) &&
    /^(methods|statics)$/.test(node.left.expression.name.text);
  const added = new Map<string, ts.Expression[]>();
  for (const { left, right } of files.flatMap((file) => collectNodes(file, isAdded))) {
    const name = ts.isPropertyAccessExpression(left) ? left.name.text : '';
    added.set(name, [...(added.get(name) ?? []), right]);
  }
  return added;
}

function byPath([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
