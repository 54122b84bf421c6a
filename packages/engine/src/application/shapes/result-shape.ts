import { optionsOf, unionOf, type ExternalValue, type Origin, type Value } from '../../program/value.js';
import type { OddShape } from '../catalog-semantics.js';

/** https://gcanti.github.io/fp-ts/modules/Either.ts.html, https://gcanti.github.io/fp-ts/modules/Option.ts.html */
const functional = /^fp-ts\/(?:lib\/)?(?:Either|Option)(?:\.js)?#(left|right|some|isLeft|isRight|isSome|isNone)\(\)$/;
const functionalNone = /^fp-ts\/(?:lib\/)?Option(?:\.js)?#none$/;
/** https://github.com/supermacro/neverthrow#api-documentation */
const neverthrow = /^neverthrow#(ok|err)\(\)$/;

/** What a result holds its value in, by the name of what makes it. */
const held = new Map([
  ['left', 'left'],
  ['right', 'right'],
  ['some', 'value'],
  ['ok', 'value'],
  ['err', 'error'],
]);
/** What a question asks for. */
const asked = new Map([
  ['isLeft', 'Left'],
  ['isRight', 'Right'],
  ['isSome', 'Some'],
  ['isNone', 'None'],
]);

/** A success or a failure as a value: which of both it is decides what was proved on the way to it. */
export const resultShape: OddShape = {
  evaluates: ({ text }) => functional.test(text) || neverthrow.test(text),

  evaluateCall({ path, call, origin }: ExternalValue): Value | undefined {
    const name = call && (functional.exec(path) ?? neverthrow.exec(path))?.[1];
    if (name === undefined) return undefined;
    const argument = call?.args[0] ?? literalValue(null, origin);
    const tag = asked.get(name);
    if (tag !== undefined) return isTagged(argument, tag, origin);
    const properties = new Map<string, Value>([[held.get(name) ?? 'value', argument]]);
    if (neverthrow.test(path)) {
      properties.set('isOk', says(name === 'ok', 'isOk'));
      properties.set('isErr', says(name === 'err', 'isErr'));
    } else properties.set('_tag', literalValue(name.charAt(0).toUpperCase() + name.slice(1), origin));
    return { kind: 'object', properties, spread: [], origin };
  },
};

function literalValue(value: string | boolean | null, origin: Origin): Value {
  return { kind: 'literal', value, origin };
}

function says(answer: boolean, name: string): Value {
  return { kind: 'native', name, call: (_args, origin) => literalValue(answer, origin) };
}

/** The answer for each of the values that it may be; `undefined` where one of them does not say. */
function isTagged(value: Value, tag: string, origin: Origin): Value | undefined {
  const answers = [];
  for (const option of optionsOf(value)) {
    const own = tagOf(option.value);
    if (own === undefined) return undefined;
    answers.push({ ...option, value: literalValue(own === tag, origin) });
  }
  return answers.length === 0 ? undefined : unionOf(answers);
}

function tagOf(value: Value): string | undefined {
  if (value.kind === 'external') return functionalNone.test(value.path) ? 'None' : undefined;
  const tag = value.kind === 'object' ? value.properties.get('_tag') : undefined;
  return tag?.kind === 'literal' && typeof tag.value === 'string' ? tag.value : undefined;
}
