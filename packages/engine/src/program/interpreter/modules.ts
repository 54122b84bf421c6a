import type { FileFacts, Statement } from '../../facts/file-facts.js';
import { limits } from '../../limits.js';
import type { ModuleRecord } from '../module-record.js';
import { emptyFlow, type Flow } from '../proof.js';
import { Scope } from '../scope.js';
import { textOf, undefinedValue, unionOf, unknownValue, type Option, type Origin, type Value } from '../value.js';
import { newFrame, type ExecutionState } from './execution-state.js';
import { directoryOf, GivenNames } from './given-names.js';
import type { Parts } from './parts.js';

/**
 * Modules: the body of each runs once, when somebody first asks for it, and `require` finds them. Owns the records of those
 * that have run.
 */
export class Modules {
  private readonly records = new Map<string, ModuleRecord>();
  /** Those of the records whose body still runs. */
  private readonly running = new Set<ModuleRecord>();

  constructor(
    private readonly files: ReadonlyMap<string, FileFacts>,
    readonly resolve: (from: string, specifier: string) => string | undefined,
    private readonly state: ExecutionState,
    private readonly parts: Parts,
  ) {}

  /** The module of a file, after its body has run; while it runs, what it has so far. */
  get(path: string): ModuleRecord | undefined {
    const known = this.records.get(path);
    if (known) return known;
    const facts = this.files.get(path);
    return facts ? this.load(facts) : undefined;
  }

  /** The module of a file, if its body has run. */
  ran(path: string): ModuleRecord | undefined {
    const record = this.records.get(path);
    return record && !this.running.has(record) ? record : undefined;
  }

  /** A file without an import or an export of ES: what it exports is told by running it. Its `this` is that of CommonJS, as the compiler sees it. */
  isCommonJs({ imports, exports }: FileFacts): boolean {
    return imports.length === 0 && exports.length === 0;
  }

  /** The module of the project that an import of another file means. */
  find(from: string, specifier: string): ModuleRecord | undefined {
    const target = this.resolve(from, specifier);
    return target === undefined ? undefined : this.get(target);
  }

  private load(facts: FileFacts): ModuleRecord {
    const { state } = this;
    const names = new GivenNames(facts, this, this.parts.links);
    const scope = new Scope(undefined, 0, names);
    const record: ModuleRecord = { facts, scope, names, calls: [], completes: true };
    this.records.set(facts.path, record);
    this.running.add(record);
    // `this` of a module of ES is nothing, which code that meets it does not expect.
    const before = state.enter(newFrame(facts, this.isCommonJs(facts) ? names.commonJs.exports : unknownValue));
    // A module runs as it does anywhere else, wherever it is asked for first: `files.forEach((file) => require(file))`.
    state.branchDepth = 0;
    state.flow = emptyFlow;
    const saved = { loading: state.loading, steps: state.steps, limit: state.stepLimit };
    state.loading = record;
    state.steps = 0;
    state.stepLimit = limits.steps;
    this.parts.statements.hoist(facts.body, scope);
    this.lazyTopLevel(facts.body, scope);
    const later = state.later;
    state.later = [];
    state.guarded(() => {
      this.parts.statements.block(facts.body, scope);
      return undefinedValue;
    });
    record.completes = (state.flow as Flow | undefined) !== undefined;
    state.guarded(() => {
      for (const expression of state.later?.splice(0) ?? [])
        if (state.flow) this.parts.expressions.evaluate(expression, scope);
      return undefinedValue;
    });
    state.later = later;
    for (const item of facts.exports) {
      if (item.kind === 'expression') this.parts.links.exportedExpression(record, item.exported);
    }
    this.running.delete(record);
    state.loading = saved.loading;
    state.steps = saved.steps;
    state.stepLimit = saved.limit;
    state.leave(before);
    return record;
  }

  /** Makes the constants of a module findable before their statement has run, for cyclic imports. */
  private lazyTopLevel(body: readonly Statement[], scope: Scope): void {
    for (const statement of body) {
      if (statement.kind === 'let' && statement.const && statement.value && statement.pattern.kind === 'name') {
        const { value, pattern } = statement;
        scope.declareLater(pattern.name, () => this.parts.expressions.evaluate(value, scope));
      } else if (statement.kind === 'class') {
        scope.declareLater(statement.name, () => this.parts.classes.define(statement.id, scope));
      }
    }
  }

  /** What `require` and `import()` give for a value, in a file. */
  require(file: FileFacts, specifier: Value | undefined, origin: Origin): Value {
    const text = textOf(specifier);
    if (text !== undefined) {
      const target = this.resolve(file.path, text) ?? (this.files.has(text) ? text : this.fileOf(text));
      const record = target === undefined ? undefined : this.get(target);
      return record ? this.parts.links.namespaceOf(record) : this.parts.links.externalImport(text, '*', origin);
    }
    if (specifier?.kind === 'text') {
      const prefix = textOf(specifier.parts[0]);
      if (prefix) return this.folder(file, prefix);
    }
    return unknownValue;
  }

  /** A path put together from `__dirname`, without an extension. */
  private fileOf(path: string): string | undefined {
    const base = path.replace(/\/$/, '');
    for (const suffix of ['.ts', '.js', '.mjs', '.cjs', '/index.ts', '/index.js']) {
      if (this.files.has(base + suffix)) return base + suffix;
    }
    return undefined;
  }

  /** The names in a folder that hold code of the project, those of its folders included. */
  namesIn(folder: string): readonly string[] {
    const start = folder === '' || folder.endsWith('/') ? folder : `${folder}/`;
    const names = new Set<string>();
    for (const path of this.files.keys())
      if (path.startsWith(start)) names.add(path.slice(start.length).split('/', 1)[0] ?? '');
    return [...names].sort();
  }

  /** `require(folder + name)`: any module of the folder. */
  private folder(file: FileFacts, prefix: string): Value {
    const folder = prefix.startsWith('.') ? joinPaths(directoryOf(file.path), prefix) : prefix;
    const options: Option[] = [];
    const start = folder.endsWith('/') ? folder : `${folder}/`;
    for (const path of this.files.keys()) {
      if (path === file.path || !path.startsWith(start) || path.slice(start.length).includes('/')) continue;
      const record = this.get(path);
      if (record) options.push({ value: this.parts.links.namespaceOf(record), proofs: [] });
    }
    return options.length > 0 ? unionOf(options) : unknownValue;
  }
}

function joinPaths(...parts: readonly string[]): string {
  const out: string[] = [];
  for (const part of parts.join('/').split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') out.pop();
    else out.push(part);
  }
  return out.join('/');
}
