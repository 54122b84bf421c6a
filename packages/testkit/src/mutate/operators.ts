import { decodeForVerify } from './breaking/decode-for-verify.js';
import { literalKey } from './breaking/literal-key.js';
import { removeAwait } from './breaking/remove-await.js';
import { removeGuard } from './breaking/remove-guard.js';
import { removeOwnershipConjunct } from './breaking/remove-ownership-conjunct.js';
import { removeReturn } from './breaking/remove-return.js';
import { aliasImport } from './keeping/alias-import.js';
import { reExport } from './keeping/re-export.js';
import { rename } from './keeping/rename.js';
import { reorder } from './keeping/reorder.js';
import { splitFile } from './keeping/split-file.js';
import { toCommonJs } from './keeping/to-commonjs.js';
import { toEsModule } from './keeping/to-es-module.js';
import { wrapHandler } from './keeping/wrap-handler.js';
import type { Candidate, MutantKind } from './mutant.js';
import type { StudiedProject } from './studied-project.js';

/** Finds every place of a project for mutants of one kind. */
export type Operator = (project: StudiedProject) => Iterable<Candidate>;

/** One operator for each kind, those that break something first. */
export const operators: Readonly<Record<MutantKind, Operator>> = {
  'remove-guard': removeGuard,
  'remove-return': removeReturn,
  'remove-await': removeAwait,
  'remove-ownership-conjunct': removeOwnershipConjunct,
  'literal-key': literalKey,
  'decode-for-verify': decodeForVerify,
  rename,
  reorder,
  'wrap-handler': wrapHandler,
  'alias-import': aliasImport,
  're-export': reExport,
  'split-file': splitFile,
  'to-commonjs': toCommonJs,
  'to-es-module': toEsModule,
};
