import type { Condition } from './condition.js';
import type { Value } from './value.js';

export interface Binding {
  value: Value;
  /** How deep in branches it was declared: an assignment deeper than that only may have happened. */
  readonly depth: number;
  readonly since?: Since;
}

/** Where a variable was declared that holds nothing yet. */
export interface Since {
  /** The call that it belongs to. */
  readonly frame: object;
  /** The branches around it of which the tests say all that leads into them. */
  readonly tests: number;
  readonly condition: Condition | undefined;
}

/** Names that no statement declares. */
interface Given {
  /** Is asked once for a name that it has. */
  find(name: string): Value | undefined;
}

/** Names of a module, a function call or a class, and those around it. */
export class Scope {
  private bindings: Map<string, Binding> | undefined;
  /** Initial values that are computed when they are first asked for: hoisted functions, cyclic modules. */
  private pending: Map<string, () => Value> | undefined;

  /**
   * @param depth How deep in branches the function begins whose names these are; `undefined` for a block of it.
   * @param given Names that are there without a declaration.
   */
  constructor(
    readonly parent: Scope | undefined,
    readonly depth?: number,
    private readonly given?: Given,
  ) {}

  /** The names of the function that this is a part of: where `var` declares. */
  get ofFunction(): Scope {
    return this.depth === undefined && this.parent ? this.parent.ofFunction : this;
  }

  declare(name: string, value: Value, depth: number, since?: Since): void {
    this.pending?.delete(name);
    (this.bindings ??= new Map()).set(name, since ? { value, depth, since } : { value, depth });
  }

  declareLater(name: string, compute: () => Value): void {
    (this.pending ??= new Map()).set(name, compute);
  }

  has(name: string): boolean {
    return this.bindings?.has(name) ?? false;
  }

  find(name: string): Binding | undefined {
    const own = this.own(name);
    if (own) return own;
    for (let scope = this.parent; scope; scope = scope.parent) {
      const binding = scope.own(name);
      if (binding) return binding;
    }
    return undefined;
  }

  private own(name: string): Binding | undefined {
    return (
      this.bindings?.get(name) ?? (this.pending && this.force(name)) ?? (this.given && this.take(name, this.given))
    );
  }

  private take(name: string, given: Given): Binding | undefined {
    const value = given.find(name);
    if (!value) return undefined;
    const binding = { value, depth: 0 };
    (this.bindings ??= new Map()).set(name, binding);
    return binding;
  }

  private force(name: string): Binding | undefined {
    const compute = this.pending?.get(name);
    if (!compute) return undefined;
    // Removed first: a value that needs itself is found undeclared instead of computed for ever.
    this.pending?.delete(name);
    const binding = { value: compute(), depth: 0 };
    // Computing may have declared it by running the statement itself.
    const declared = this.bindings?.get(name);
    if (declared) return declared;
    (this.bindings ??= new Map()).set(name, binding);
    return binding;
  }
}
