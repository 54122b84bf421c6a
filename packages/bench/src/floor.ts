/**
 * The least that a reader of TypeScript can do: parse each file of a list with the compiler and visit every node
 * once. A file is dropped before the next one is read. Takes a JSON file with the paths; prints the number of nodes.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type Compiler from 'typescript';

// Required: to import it, Node scans its source for names first.
const ts = createRequire(import.meta.url)('typescript') as typeof Compiler;

const [list] = process.argv.slice(2);
if (list === undefined) throw new Error('Usage: floor <file with a JSON array of paths>');

let nodes = 0;
function visit(node: Compiler.Node): void {
  nodes += 1;
  ts.forEachChild(node, visit);
}

const options = { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: ts.JSDocParsingMode.ParseNone };
for (const path of JSON.parse(readFileSync(list, 'utf8')) as string[]) {
  visit(ts.createSourceFile(path, readFileSync(path, 'utf8'), options, false));
}
console.log(nodes);
