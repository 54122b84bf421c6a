import type { Interpreter } from '../program/interpreter.js';
import { externalValue, unknownValue, type Value } from '../program/value.js';
import type { CatalogSemantics } from './catalog-semantics.js';
import { contains } from './contains.js';
import { inputOf } from './input-of.js';
import { placeOf } from './place-of.js';
import { nameOfCall } from './trust.js';
import type { UnverifiedToken } from './unverified-token.js';

/**
 * Tokens that strategies of Passport believe beside the one that they verify: what `validate` returns is who the
 * caller is, https://docs.nestjs.com/recipes/passport#implementing-passport-jwt.
 */
export function collectStrategyTokens(
  interpreter: Interpreter,
  semantics: CatalogSemantics,
): readonly UnverifiedToken[] {
  const found: UnverifiedToken[] = [];
  for (const target of interpreter.classes.values()) {
    const base = target.superClass;
    if (base?.kind !== 'external' || !/^passport-[\w-]+#Strategy$/.test(base.path)) continue;
    const instance = interpreter.singleton(target);
    const method = interpreter.methodOf(instance, 'validate');
    if (!method) continue;
    const origin = { file: target.file, span: target.facts };
    const request = externalValue('express#Request', origin);
    const args = method.value.facts.parameters.map((parameter, index): Value =>
      index === 0 && parameter.type?.name.endsWith('Request') ? request : unknownValue,
    );
    const outcome = interpreter.follow(method.value, instance, args, origin, []);
    for (const { call } of outcome.events) {
      const token = semantics.tokenReadBy(call);
      if (!token || inputOf(token, semantics.catalog) === undefined || !contains(outcome.value, call)) continue;
      found.push({ name: nameOfCall(call), place: placeOf(call.origin), kind: 'read', use: 'req.user' });
    }
  }
  return found;
}
