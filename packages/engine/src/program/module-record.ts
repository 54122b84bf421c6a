import type { FileFacts } from '../facts/file-facts.js';
import type { Scope } from './scope.js';
import type { ExternalValue, ObjectValue } from './value.js';

/** One module after its body has run. */
export interface ModuleRecord {
  readonly facts: FileFacts;
  readonly scope: Scope;
  /** `module.exports` of CommonJS; named exports of ESM are looked up in `facts.exports`. */
  readonly exports: ObjectValue;
  /** `module` itself. */
  readonly module: ObjectValue;
  /** Everything that its body called outside the project. */
  readonly calls: ExternalValue[];
  /** Whether its body runs to the end: not where something that it surely does throws. */
  completes: boolean;
}
