import type { FileFacts } from '../facts/file-facts.js';
import type { Scope } from './scope.js';
import type { ExternalValue, ObjectValue } from './value.js';

/** What CommonJS gives a module. */
export interface CommonJs {
  readonly module: ObjectValue;
  /** What `module.exports` is to begin with; named exports of ESM are looked up in `facts.exports`. */
  readonly exports: ObjectValue;
}

/** One module after its body has run. */
export interface ModuleRecord {
  readonly facts: FileFacts;
  readonly scope: Scope;
  /** None as long as the module has not asked for any of it: then it exports nothing by it. */
  readonly names: { readonly knownCommonJs: CommonJs | undefined };
  /** Everything that its body called outside the project. */
  readonly calls: ExternalValue[];
  /** Whether its body runs to the end: not where something that it surely does throws. */
  completes: boolean;
}
