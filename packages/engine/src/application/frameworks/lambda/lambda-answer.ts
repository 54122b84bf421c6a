import { lambdaAnswer } from '../../../catalog/frameworks/aws-lambda.js';
import type { Interpreter, Outcome } from '../../../program/interpreter.js';
import {
  externalValue,
  optionsOf,
  undefinedValue,
  unionOf,
  unknownValue,
  type NativeValue,
  type ObjectValue,
  type Option,
  type Value,
} from '../../../program/value.js';

/** The answers that a handler hands to its third argument: `callback(null, { statusCode: 200 })`. */
export class LambdaCallback {
  readonly answers: Option[] = [];
  readonly value: NativeValue;

  constructor(interpreter: Interpreter) {
    this.value = {
      kind: 'native',
      name: 'callback',
      call: ([error, answer = unknownValue]) => {
        const { flow } = interpreter;
        // What is handed on as an error is answered with a failure of the gateway.
        const failed = error?.kind === 'literal' && Boolean(error.value);
        if (flow && !failed) {
          const { proofs, condition, settings } = flow;
          this.answers.push({
            value: answer,
            proofs,
            ...(condition ? { condition } : {}),
            ...(settings ? { settings } : {}),
          });
        }
        return undefinedValue;
      },
    };
  }
}

/** An outcome whose value is what is sent: the body of an answer, with its status. */
export function answered(outcome: Outcome, called: readonly Option[] = []): Outcome {
  const returned = optionsOf(outcome.value).filter(({ value }) => called.length === 0 || value.kind !== 'undefined');
  const options = [...called, ...returned].map((option) => ({ ...option, value: answerOf(option.value) }));
  return { ...outcome, value: unionOf(options) };
}

function answerOf(value: Value): Value {
  if (value.kind !== 'object' || !isAnswer(value)) return value;
  const body = value.properties.get('body') ?? undefinedValue;
  return externalValue(lambdaAnswer, value.origin, undefined, { args: [body, value], construct: true });
}

/** An object without a status is sent as it is: format 2.0 of the gateway's payload. */
function isAnswer({ properties }: ObjectValue): boolean {
  return properties.has('statusCode');
}
