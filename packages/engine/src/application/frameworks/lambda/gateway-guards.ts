import type { DeployedFunction, Demand } from '../../../deployment/deployed-function.js';
import type { Interpreter, Outcome } from '../../../program/interpreter.js';
import { identifies, permits, type Flow, type Proof } from '../../../program/proof.js';
import { optionsOf, type Option, type Value } from '../../../program/value.js';
import { accepted, Chain, undecided, type Calling, type ChainState } from '../../chain.js';
import type { CatalogSemantics } from '../../catalog-semantics.js';
import { originInDocument } from '../../../program/document-origin.js';
import type { Visit } from '../../visit.js';
import { contextOf, eventOf } from './lambda-event.js';
import { LambdaCallback } from './lambda-answer.js';
import { handlerOf } from './middy-handler.js';

/** What an authorizer decides about a request, as far as it is written down. */
type Decision = 'allows' | 'denies' | 'unknown';

interface Decided {
  readonly decision: Decision;
  readonly proofs: readonly Proof[];
}

/** What stands in front of a function: verifiers of the gateway, and functions of the project that decide. */
export class GatewayGuards {
  /** @param find The exported function of a deployed one. */
  constructor(
    readonly interpreter: Interpreter,
    readonly semantics: CatalogSemantics,
    readonly find: (name: string, of: DeployedFunction) => Value | undefined,
  ) {}

  /** The state behind all that the gateway asks for. */
  behind(start: ChainState, demands: readonly Demand[], of: DeployedFunction, visit: Visit): ChainState {
    return demands.reduce((state, demand) => this.#behindOne(state, demand, of, visit), start);
  }

  #behindOne(state: ChainState, demand: Demand, of: DeployedFunction, visit: Visit): ChainState {
    const { name, place, proves, decidedBy } = demand;
    if (proves) {
      const proof = { kind: proves, origin: originInDocument(place), by: `\`${name}\` of the gateway` };
      return accepted(state, name, place, [proof]);
    }
    const authorizer = decidedBy === undefined ? undefined : this.find(decidedBy, of);
    const handler = authorizer && handlerOf(authorizer);
    if (handler?.handler.kind !== 'function' || handler.layers.length > 0) return unfollowed(state, demand);
    const layer = handler.handler;
    const origin = { file: layer.file, span: layer.facts };
    const calling = new AuthorizerCalling(this.interpreter);
    const chain = new Chain(this.interpreter, this.semantics, origin, calling);
    const behind = chain.after({ ...state }, layer, visit);
    return calling.isUnknown ? unfollowed(state, demand) : behind;
  }
}

function unfollowed(state: ChainState, { name, place }: Demand): ChainState {
  return undecided(state, name, place, 'is an authorizer whose decision cannot be followed');
}

/**
 * An authorizer lets a request on by a policy that allows, or by `isAuthorized`:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html
 */
class AuthorizerCalling implements Calling {
  readonly goesOn = 'allows';
  readonly title = 'authorizer';
  /** Whether what it gave could not be read. */
  isUnknown = false;
  #callback: LambdaCallback;

  constructor(readonly interpreter: Interpreter) {
    this.#callback = new LambdaCallback(interpreter);
  }

  handed(request: ChainState['request']): readonly Value[] {
    this.#callback = new LambdaCallback(this.interpreter);
    return [eventOf(request), contextOf(request), this.#callback.value];
  }

  takesErrors(): boolean {
    return false;
  }

  handedOn({ value, flow }: Outcome): readonly Flow[] {
    const called = this.#callback.answers;
    const returned = flow
      ? optionsOf(value).map((option) => ({ ...option, proofs: [...flow.proofs, ...option.proofs] }))
      : [];
    return [
      ...called,
      ...returned.filter((option) => called.length === 0 || option.value.kind !== 'undefined'),
    ].flatMap((option) => this.#flowsOf(option, flow));
  }

  #flowsOf(option: Option, flow: Flow | undefined): readonly Flow[] {
    const { settings = flow?.settings, condition = flow?.condition } = option;
    return this.#decisionsOf(option.value).flatMap(({ decision, proofs: gained }) => {
      if (decision === 'denies') return [];
      const proofs = [...new Set([...option.proofs, ...gained])];
      // What it says of a caller that it has proved is for it to say.
      if (decision === 'unknown' && !proofs.some((proof) => identifies(proof) || permits(proof))) this.isUnknown = true;
      return [{ proofs, ...(settings ? { settings } : {}), ...(condition ? { condition } : {}) }];
    });
  }

  #decisionsOf(value: Value): readonly Decided[] {
    if (value.kind === 'undefined') return [{ decision: 'denies', proofs: [] }];
    if (value.kind !== 'object') return [{ decision: 'unknown', proofs: [] }];
    const simple = value.properties.get('isAuthorized');
    if (simple)
      return optionsOf(simple).map((option): Decided => {
        const gained = this.interpreter.refine(option.value, true);
        if (!gained) return { decision: 'denies', proofs: [] };
        const isKnown = option.value.kind === 'literal' || gained.length > 0;
        return { decision: isKnown ? 'allows' : 'unknown', proofs: [...option.proofs, ...gained] };
      });
    const origin = value.origin;
    const policy = this.interpreter.member(value, 'policyDocument', origin);
    const statements = this.interpreter.member(policy, 'Statement', origin);
    const first = statements.kind === 'array' ? statements.items[0] : undefined;
    if (!first) return [{ decision: 'unknown', proofs: [] }];
    const effect = this.interpreter.member(first, 'Effect', origin);
    return optionsOf(effect).map((option) => ({ decision: decisionOf(option.value), proofs: option.proofs }));
  }
}

function decisionOf(effect: Value): Decision {
  if (effect.kind !== 'literal') return 'unknown';
  return effect.value === 'Allow' ? 'allows' : 'denies';
}
