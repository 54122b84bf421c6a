import type { Expression, FileFacts } from '../../facts/file-facts.js';
import type { DeclarationFiles } from './declaration-files.js';
import { lastName } from './literal-values.js';
import { findReturned } from './find-returned.js';

/** Packages that make ids which cannot be enumerated. */
const drawingPackages = new Set([
  'uuid',
  'uuidv7',
  'nanoid',
  'cuid',
  '@paralleldrive/cuid2',
  'ulid',
  'ulidx',
  'ksuid',
  'short-uuid',
  'typeid-js',
  'bson',
]);
const drawingName = /uuid|guid|ulid|cuid|nanoid|ksuid|typeid|objectid|randombytes/i;

/** Methods that leave an id as hard to guess as it was. */
const reshaping = new Set(['toString', 'toHexString', 'replace', 'replaceAll', 'toLowerCase', 'toUpperCase']);

/** Whether an id's default comes from a generator of random ids: `uuidv4`, `randomUUID()`, `() => nanoid()`. */
export function drawsRandom(files: DeclarationFiles, file: FileFacts, expression: Expression, steps = 4): boolean {
  if (steps === 0) return false;
  const name = lastName(expression);
  if (name !== undefined && drawingName.test(name)) return true;
  if (expression.kind === 'call' && expression.callee.kind === 'member' && reshaping.has(expression.callee.property)) {
    return drawsRandom(files, file, expression.callee.object, steps - 1);
  }
  const callee = expression.kind === 'call' ? expression.callee : expression;
  const meaning = files.follow(file, callee);
  if (meaning?.kind === 'package') {
    return drawingPackages.has(meaning.source) || drawingName.test(meaning.path.at(-1) ?? '');
  }
  const returned = meaning?.kind === 'function' ? findReturned(meaning.function) : undefined;
  return (
    returned !== undefined && meaning?.kind === 'function' && drawsRandom(files, meaning.file, returned, steps - 1)
  );
}
