import type { Interpreter } from '../../program/interpreter.js';
import { externalValue, optionsOf, propertyOf, textOf, type ExternalValue, type Value } from '../../program/value.js';
import type { OddShape } from '../catalog-semantics.js';

/** The words of CASL that stand for every action and every kind: https://casl.js.org/v6/en/guide/intro */
const everyAction = 'manage';
const everyKind = 'all';

/**
 * `can('read', 'Order', { userId })` on a builder, then `ability.can('read', 'Order')`: whoever may read one order may
 * read "orders", so CASL says yes to the question of a kind, whichever order comes next.
 */
export const abilityShape: OddShape = {
  /** `defineAbility((can, cannot) => …)`: the rules are told to what it gives. */
  evaluates: ({ text }) => text === '@casl/ability#defineAbility()',

  evaluateCall(call: ExternalValue, interpreter: Interpreter): undefined {
    const define = call.path === '@casl/ability#defineAbility()' ? call.call?.args[0] : undefined;
    if (!define) return;
    const words = ['can', 'cannot'].map((name) =>
      externalValue(`@casl/ability#AbilityBuilder().${name}`, call.origin, call),
    );
    interpreter.call(define, words, call.origin);
  },

  asksOfAnyRecord(question: ExternalValue): boolean {
    if (!question.path.startsWith('@casl/ability#')) return false;
    const [actions, kind] = question.call?.args ?? [];
    if (!actions || !kind || !isKind(kind)) return false;
    return abilitiesOf(question).some((ability) => hasConditions(ability, namesOf(actions), namesOf(kind)));
  },
};

/** What is asked: the receiver, or what `ForbiddenError.from()` was given. */
function abilitiesOf(question: ExternalValue): readonly ExternalValue[] {
  let current: Value | undefined = question.receiver;
  while (current?.kind === 'external' && current.path.startsWith('@casl/ability#ForbiddenError')) {
    if (current.path.endsWith('.from()')) {
      const asked = current.call?.args[0];
      return asked ? optionsOf(asked).flatMap(({ value }) => (value.kind === 'external' ? [value] : [])) : [];
    }
    current = current.receiver;
  }
  return current?.kind === 'external' ? [current] : [];
}

/** Whether a rule of the ability for the action and the kind holds for some records and not for others. */
function hasConditions(ability: ExternalValue, actions: ReadonlySet<string>, kinds: ReadonlySet<string>): boolean {
  const isMeant = (ruledActions: Value | undefined, ruledKinds: Value | undefined): boolean =>
    ruledActions !== undefined &&
    ruledKinds !== undefined &&
    meets(actions, namesOf(ruledActions), everyAction) &&
    meets(kinds, namesOf(ruledKinds), everyKind);
  const builder = ability.path.endsWith('.build()') ? ability.receiver : ability;
  const told = builder?.kind === 'external' ? builder.calls : [];
  if (
    told.some(({ path, call }) => {
      const [ruledActions, ruledKinds, ...further] = call?.args ?? [];
      return (
        path.endsWith('#AbilityBuilder().can()') && further.some(isConditions) && isMeant(ruledActions, ruledKinds)
      );
    })
  )
    return true;
  const [written] = ability.call?.args ?? [];
  return (
    written?.kind === 'array' &&
    written.items.some(
      (rule) => propertyOf(rule, 'conditions') && isMeant(propertyOf(rule, 'action'), propertyOf(rule, 'subject')),
    )
  );
}

function meets(asked: ReadonlySet<string>, ruled: ReadonlySet<string>, all: string): boolean {
  return ruled.has(all) || asked.has(all) || [...asked].some((name) => ruled.has(name));
}

/** Conditions are an object; a list or a text before them names fields. */
function isConditions(value: Value): boolean {
  return optionsOf(value).some(({ value: option }) => option.kind === 'object' || option.kind === 'external');
}

/** Whether a question names a kind and nothing else: a record is of a kind, and more than that. */
function isKind(value: Value): boolean {
  return optionsOf(value).every(({ value: option }) => option.kind === 'literal' || option.kind === 'class');
}

function namesOf(value: Value): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { value: option } of optionsOf(value)) {
    if (option.kind === 'array') for (const item of option.items) for (const name of namesOf(item)) names.add(name);
    const name = option.kind === 'class' ? option.facts.name : textOf(option);
    if (name !== undefined) names.add(name);
  }
  return names;
}
