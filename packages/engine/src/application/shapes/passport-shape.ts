import type { AccessPath } from '../../program/access-path.js';
import { textOf, type ExternalValue, type Value } from '../../program/value.js';
import type { OddShape } from '../catalog-semantics.js';

/** Names that a project gives to strategies which ask for a password: `passport.use('login', new LocalStrategy(…))`. */
export class PassportShape implements OddShape {
  readonly #names = new Set<string>();

  evaluates({ text }: AccessPath): boolean {
    return text === 'passport#use()';
  }

  evaluateCall({ call }: ExternalValue): Value | undefined {
    const [first, strategy] = call?.args ?? [];
    const name = textOf(first);
    // Some set up accounts in a strategy: there is no password to guess yet.
    const asks = strategy?.kind === 'external' && /^passport-local#(Strategy)?\(\)$/.test(strategy.path);
    if (name !== undefined && asks && !/sign_?-?up|register/i.test(name)) this.#names.add(name);
    return undefined;
  }

  asksForPassword(strategy: string): boolean {
    return this.#names.has(strategy);
  }
}
