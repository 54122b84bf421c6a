import type { FileFacts } from '../../facts/file-facts.js';
import type { ModuleRecord } from '../module-record.js';
import type { Semantics } from '../semantics.js';
import {
  externalValue,
  memberOf,
  newObject,
  undefinedValue,
  unknownValue,
  wholeFile,
  type ExternalValue,
  type ObjectValue,
  type Origin,
  type Value,
} from '../value.js';
import type { ExecutionState } from './execution-state.js';
import type { Parts } from './parts.js';

type ExportFact = FileFacts['exports'][number];
type NamedExport = Exclude<ExportFact, { kind: 'star' }>;

/** `export * from './other.js'`: the file of the project that it means. */
interface Star {
  readonly item: Extract<ExportFact, { kind: 'star' }>;
  readonly target: string | undefined;
}

const noStars: readonly Star[] = [];

/**
 * What an import means: an export of a module, through re-exports and CommonJS, or something of a package. Owns the packages
 * and what default exports came to.
 */
export class Links {
  private readonly packages = new Map<string, ExternalValue>();
  private readonly defaults = new Map<ModuleRecord, Value>();
  /** What a module exports under which name; of several that have one name the first. */
  private readonly named = new Map<FileFacts, ReadonlyMap<string, NamedExport>>();
  private readonly stars = new Map<FileFacts, readonly Star[]>();
  /** The names that a module can have, its own and those of its stars; `undefined` where it may have any. */
  private readonly possible = new Map<FileFacts, ReadonlySet<string> | undefined>();
  /** Namespaces whose exports are being looked up: a module may export its own, `export * as self from './self.js'`. */
  private readonly collecting = new Map<ModuleRecord, ObjectValue>();

  constructor(
    private readonly state: ExecutionState,
    private readonly semantics: Semantics,
    private readonly parts: Parts,
  ) {}

  /** The value that an import of `imported` from `source` means. */
  importedValue(file: FileFacts, source: string, imported: string, origin: Origin, seen?: Set<string>): Value {
    if (this.semantics.describes(source, imported)) return externalValue(`${source}#${imported}`, origin);
    const record = this.parts.modules.find(file.path, source);
    if (!record) return this.externalImport(source, imported, origin);
    if (imported === '*' || imported === '=') return this.namespaceOf(record);
    return this.exported(record, imported, seen) ?? unknownValue;
  }

  /** The same of a package outside the project: its module and its default export are one. */
  externalImport(source: string, imported: string, origin: Origin): Value {
    const name = this.semantics.packageOf(source.replace(/^node:/, ''), imported);
    let module = this.packages.get(name);
    if (!module) {
      module = externalValue(`${name}#`, origin);
      this.packages.set(name, module);
    }
    return imported === '*' || imported === '=' || imported === 'default' || imported === ''
      ? module
      : memberOf(module, imported);
  }

  /**
   * One export of a module, through re-exports and CommonJS.
   *
   * @param seen Exports on the way to this one: modules may re-export from each other in a circle.
   */
  exported(record: ModuleRecord, name: string, seen = new Set<string>()): Value | undefined {
    const { facts } = record;
    if (this.semantics.describes(facts.path, name))
      return externalValue(`${facts.path}#${name}`, { file: facts, span: wholeFile });
    const own = this.namedIn(facts).get(name);
    if (own?.kind === 'local') return this.parts.expressions.lookup(own.local, record.scope);
    if (own?.kind === 'expression') return this.exportedExpression(record, 'default');
    const asked = `${facts.path}#${name}`;
    if (seen.has(asked)) return undefined;
    seen.add(asked);
    if (own) return this.importedValue(facts, own.source, own.imported, { file: facts, span: own }, seen);
    // What a package exports is not known: it has the name if no file of the project has.
    let library: Value | undefined;
    for (const { item, target } of name === 'default' ? noStars : this.starsOf(facts)) {
      const next = target === undefined ? undefined : this.parts.modules.get(target);
      if (!next) library ??= this.externalImport(item.source, name, { file: facts, span: item });
      else if (this.mayExport(next, name)) {
        const value = this.exported(next, name, seen);
        if (value) return value;
      }
    }
    if (library) return library;
    const common = this.commonExports(record);
    if (!common) return undefined;
    if (name === 'default') {
      return common.kind === 'object' ? (common.properties.get('default') ?? common) : common;
    }
    const member = this.parts.members.read(common, name, { file: record.facts, span: wholeFile });
    return member.kind === 'undefined' ? undefined : member;
  }

  private starsOf(facts: FileFacts): readonly Star[] {
    const known = this.stars.get(facts);
    if (known) return known;
    const stars: Star[] = [];
    for (const item of facts.exports)
      if (item.kind === 'star') stars.push({ item, target: this.parts.modules.resolve(facts.path, item.source) });
    this.stars.set(facts, stars);
    return stars;
  }

  /** Whether a module that was asked for may have the name: the barrels of a large project hand on thousands. */
  private mayExport({ facts }: ModuleRecord, name: string): boolean {
    if (this.semantics.describes(facts.path, name)) return true;
    const possible = this.possibleIn(facts, new Set());
    return possible === undefined || possible.has(name);
  }

  /** @param open Modules that are being asked: a circle of stars may have any name. */
  private possibleIn(facts: FileFacts, open: Set<FileFacts>): ReadonlySet<string> | undefined {
    if (this.possible.has(facts)) return this.possible.get(facts);
    // A module that still runs may come to be one of CommonJS.
    const record = this.parts.modules.ran(facts.path);
    if (!record || open.has(facts)) return undefined;
    open.add(facts);
    const names = this.collectPossible(record, open);
    this.possible.set(facts, names);
    return names;
  }

  private collectPossible({ facts, names }: ModuleRecord, open: Set<FileFacts>): ReadonlySet<string> | undefined {
    if (names.knownCommonJs || this.parts.modules.isCommonJs(facts)) return undefined;
    const possible = new Set(this.namedIn(facts).keys());
    for (const { target } of this.starsOf(facts)) {
      const next = target === undefined ? undefined : this.parts.modules.ran(target)?.facts;
      const others = next && this.possibleIn(next, open);
      if (!others) return undefined;
      for (const name of others) possible.add(name);
    }
    return possible;
  }

  private namedIn(facts: FileFacts): ReadonlyMap<string, NamedExport> {
    const known = this.named.get(facts);
    if (known) return known;
    const named = new Map<string, NamedExport>();
    for (const item of facts.exports)
      if (item.kind !== 'star' && !named.has(item.exported)) named.set(item.exported, item);
    this.named.set(facts, named);
    return named;
  }

  /** `export default expression`, `export = expression`: evaluated once, when somebody first asks. */
  exportedExpression(record: ModuleRecord, exported: 'default' | '='): Value {
    const known = this.defaults.get(record);
    if (known) return known;
    for (const item of record.facts.exports) {
      if (item.kind === 'expression' && item.exported === exported) {
        this.defaults.set(record, unknownValue);
        const before = this.state.enter({ ...this.state.frame, file: record.facts });
        const value = this.parts.expressions.evaluate(item.value, record.scope);
        this.state.leave(before);
        this.defaults.set(record, value);
        return value;
      }
    }
    return undefinedValue;
  }

  /** What `require` of the module gives, if it is written as CommonJS or with `export =`. */
  private commonExports(record: ModuleRecord): Value | undefined {
    if (record.facts.exports.some((item) => item.kind === 'expression' && item.exported === '=')) {
      return this.exportedExpression(record, '=');
    }
    const { knownCommonJs } = record.names;
    if (!knownCommonJs) return undefined;
    const { module, exports } = knownCommonJs;
    const current = module.properties.get('exports') ?? exports;
    return current === exports && exports.properties.size === 0 && exports.spread.length === 0 ? undefined : current;
  }

  /** `import * as x` and `require()`: every export of a module as an object. */
  namespaceOf(record: ModuleRecord): Value {
    const common = this.commonExports(record);
    if (common) return common;
    const collecting = this.collecting.get(record);
    if (collecting) return collecting;
    const namespace = newObject({ file: record.facts, span: wholeFile });
    this.collecting.set(record, namespace);
    this.collectExports(record, namespace, new Set());
    this.collecting.delete(record);
    return namespace;
  }

  private collectExports(record: ModuleRecord, into: ObjectValue, seen: Set<ModuleRecord>): void {
    if (seen.has(record)) return;
    seen.add(record);
    for (const item of record.facts.exports) {
      if (item.kind === 'star') {
        const next = this.parts.modules.find(record.facts.path, item.source);
        if (next) this.collectExports(next, into, seen);
        const common = next && this.commonExports(next);
        if (common?.kind === 'object')
          for (const [name, value] of common.properties)
            if (name !== 'default' && !into.properties.has(name)) into.properties.set(name, value);
        continue;
      }
      const name = item.exported;
      const value = this.exported(record, name);
      if (value && !into.properties.has(name)) into.properties.set(name, value);
    }
  }
}
