import type { Catalog } from '../catalog/catalog.js';
import type { KeyPosition } from '../catalog/library.js';
import type { FileFacts, FunctionFacts, Span } from '../facts/file-facts.js';
import { limits } from '../limits.js';
import type { Interpreter } from '../program/interpreter.js';
import type { ModuleRecord } from '../program/module-record.js';
import { Scope } from '../program/scope.js';
import { undefinedValue, unknownValue, type ExternalValue, type Origin, type Value } from '../program/value.js';
import { environmentOf } from './environment-variable.js';
import { keyValueAt } from './key-value.js';
import { KeyTexts } from './key-texts.js';

/** A program that is interpreted anew, with the calls in it that are handed a key. */
export interface Rerun {
  readonly interpreter: Interpreter;
  readonly keyed: ReadonlySet<ExternalValue>;
}

/** Variables by which programs tell production from development. */
const modeVariables = ['NODE_ENV', 'APP_ENV', 'NODE_ENVIRONMENT', 'APP_ENVIRONMENT', 'ENVIRONMENT', 'ENV', 'STAGE'];

/** What a call is handed as key in one run. */
interface Handed {
  /** Whether the run comes to the call at all. */
  readonly reached: boolean;
  /** Whether anything is known of the key. */
  readonly known: boolean;
  readonly literals: ReadonlySet<Span>;
}

/**
 * Tells defaults for development from defaults that production runs with. The files of the text and of its use are
 * interpreted again as in production, with the variables not set that the key is read from: where the program then
 * throws, or takes another text, the default is never a key of production.
 */
export class ProductionRuns {
  readonly #runs = new Map<string, Run>();

  constructor(
    readonly catalog: Catalog,
    readonly interpreter: Interpreter,
    readonly rerun: () => Rerun,
  ) {}

  /** @param missing Names of the variables that the text stands in for. */
  excludes(literal: Origin, call: ExternalValue, position: KeyPosition, missing: readonly string[]): boolean {
    if (!this.#knowsModes()) return false;
    const usual = this.#run(undefined);
    const before = usual.handed(call, position);
    const files = [literal.file.path, call.origin.file.path];
    return [[], [...missing].sort()].some((names) => {
      const production = this.#run(names);
      if (files.some((file) => usual.completes(file) && !production.completes(file))) return true;
      if (before.literals.has(literal.span)) {
        const after = production.handed(call, position);
        return !after.reached || (after.known && !after.literals.has(literal.span));
      }
      return usual.gives(literal) && !production.gives(literal);
    });
  }

  /** Whether the program reads the mode at all. */
  #knowsModes(): boolean {
    const environment = environmentOf(this.interpreter);
    return environment !== undefined && modeVariables.some((name) => environment.findMember(name) !== undefined);
  }

  #run(missing: readonly string[] | undefined): Run {
    const id = missing?.join(' ') ?? 'usual';
    let run = this.#runs.get(id);
    if (!run) {
      const { interpreter, keyed } = this.rerun();
      if (missing) assume(interpreter, missing);
      this.#runs.set(id, (run = new Run(this.catalog, interpreter, keyed)));
    }
    return run;
  }
}

function assume(interpreter: Interpreter, missing: readonly string[]): void {
  const environment = environmentOf(interpreter);
  if (!environment) return;
  for (const name of modeVariables)
    environment.properties.set(name, { kind: 'literal', value: 'production', origin: environment.origin });
  for (const name of missing) environment.properties.set(name, undefinedValue);
}

class Run {
  readonly #followed = new Set<FunctionFacts>();
  readonly #texts: KeyTexts;

  constructor(
    readonly catalog: Catalog,
    readonly interpreter: Interpreter,
    readonly keyed: ReadonlySet<ExternalValue>,
  ) {
    this.#texts = new KeyTexts(catalog, interpreter, []);
  }

  /** Whether a module and those that it imports run to their ends. */
  completes(file: string): boolean {
    const record = this.interpreter.module(file);
    if (!record) return true;
    const { imports, required } = record.facts;
    const sources = new Set([...required, ...imports.filter((item) => !item.typeOnly).map((item) => item.source)]);
    return record.completes && [...sources].every((source) => this.#importCompletes(file, source));
  }

  #importCompletes(file: string, source: string): boolean {
    const target = this.interpreter.resolve(file, source);
    return target === undefined || (this.interpreter.module(target)?.completes ?? true);
  }

  handed(call: ExternalValue, position: KeyPosition): Handed {
    const { file, span } = call.origin;
    const record = this.interpreter.module(file.path);
    if (record) this.#reach(record, span, () => this.#calls(call).length > 0);
    const calls = this.#calls(call);
    const texts = calls.flatMap((item) => {
      const value = keyValueAt(item, position, this.interpreter);
      return value ? this.#texts.of(value) : [];
    });
    const literals = new Set(texts.flatMap((text) => (text.literal ? [text.literal.span] : [])));
    return { reached: calls.length > 0, known: texts.length > 0, literals };
  }

  /** Whether the function that a text stands in gives it back, or leaves it in its object. */
  gives({ file, span }: Origin): boolean {
    const record = this.interpreter.module(file.path);
    const around = file.functions.findLast((facts) => facts.start <= span.start && span.end <= facts.end);
    const callee = around && record && this.interpreter.functionsOf(record).find((item) => item.facts === around);
    if (!callee) return false;
    const self = callee.thisValue ?? unknownValue;
    const { value } = this.interpreter.follow(
      callee,
      self,
      callee.facts.parameters.map(() => unknownValue),
      { file, span: callee.facts },
      [],
    );
    return holds(value, span) || holds(self, span);
  }

  /** The call as this run made it. */
  #calls({ path, origin }: ExternalValue): readonly ExternalValue[] {
    return [...this.keyed].filter((item) => item.origin.span === origin.span && item.path === path);
  }

  /** Follows the functions around a place, from the outside in, until it is reached. */
  #reach(record: ModuleRecord, place: Span, isReached: () => boolean): void {
    const { facts } = record;
    const callable = this.interpreter.functionsOf(record);
    let { scope } = record;
    facts.functions.forEach((around, id) => {
      if (around.start > place.start || around.end < place.end) return;
      if (!isReached() && !this.#followed.has(around)) {
        this.#followed.add(around);
        const known = callable.find((item) => item.facts === around);
        const value =
          known ??
          this.interpreter.evaluateIn(facts, { kind: 'function', id, start: around.start, end: around.end }, scope);
        const args = around.parameters.map(() => unknownValue);
        this.interpreter.follow(value, known?.thisValue ?? unknownValue, args, { file: facts, span: around }, []);
      }
      scope = this.#scopeIn(around, facts, scope);
    });
  }

  /** The names that a function declares with a value. */
  #scopeIn(around: FunctionFacts, file: FileFacts, outer: Scope): Scope {
    const scope = new Scope(outer);
    for (const statement of around.body ?? []) {
      if (statement.kind !== 'let' || statement.pattern.kind !== 'name' || !statement.value) continue;
      const { value, pattern } = statement;
      scope.declareLater(pattern.name, () => this.interpreter.evaluateIn(file, value, scope));
    }
    return scope;
  }
}

/** Whether a text is somewhere in a value. */
function holds(value: Value, text: Span, seen = new Set<Value>()): boolean {
  if (seen.has(value) || seen.size > limits.valuesWithin) return false;
  seen.add(value);
  const inner = (values: Iterable<Value>): boolean => {
    for (const item of values) if (holds(item, text, seen)) return true;
    return false;
  };
  switch (value.kind) {
    case 'literal':
      return value.origin.span === text;
    case 'object':
      return inner(value.properties.values()) || inner(value.spread);
    case 'array':
      return inner(value.items);
    case 'text':
      return inner(value.parts);
    case 'union':
      return inner(value.options.map((option) => option.value));
    default:
      return false;
  }
}
