import { hapiToolkit } from '../../../catalog/frameworks/hapi.js';
import type { Outcome } from '../../../program/interpreter.js';
import type { Flow } from '../../../program/proof.js';
import {
  externalValue,
  memberOf,
  optionsOf,
  type ExternalValue,
  type Option,
  type Value,
} from '../../../program/value.js';
import type { CatalogSemantics } from '../../catalog-semantics.js';
import type { Calling } from '../../chain.js';
import { isTaken } from './hapi-shape.js';

/** Names of the parts of a request, and the ones that they have elsewhere: https://hapi.dev/api/#request-properties. */
const parts: readonly (readonly [string, string])[] = [
  ['payload', 'body'],
  ['state', 'cookies'],
  ['orig', 'orig'],
];

export function toolkitOf({ origin }: ExternalValue): ExternalValue {
  return externalValue(hapiToolkit, origin, undefined, { args: [], construct: true });
}

/** The request as hapi hands it. */
export function named(request: ExternalValue): ExternalValue {
  for (const [name, part] of parts)
    if (!request.findProperty(name)) request.properties.set(name, memberOf(request, part));
  return request;
}

/** How hapi calls what stands in front of a handler. */
abstract class HapiCalling implements Calling {
  readonly goesOn = 'lets requests through';
  title = 'extension';
  protected request: ExternalValue | undefined;

  handed(request: ExternalValue): readonly Value[] {
    this.request = request;
    return [named(request), toolkitOf(request)];
  }

  takesErrors(): boolean {
    return false;
  }

  handedOn({ value, flow }: Outcome): readonly Flow[] {
    if (!flow) return [];
    return optionsOf(value)
      .filter((option) => this.letsOn(option))
      .map(({ proofs, settings = flow.settings, condition = flow.condition }) => ({
        proofs: [...new Set([...flow.proofs, ...proofs])],
        ...(settings ? { settings } : {}),
        ...(condition ? { condition } : {}),
      }));
  }

  protected abstract letsOn(option: Option): boolean;
}

/** An extension goes on by `h.continue` alone: whatever else it returns is an answer or a failure. */
export class ExtensionCalling extends HapiCalling {
  protected letsOn({ value }: Option): boolean {
    return value.kind === 'unknown' || (value.kind === 'external' && value.path === `${hapiToolkit}.continue`);
  }
}

/** What is assigned to the request may be anything but an error, or an answer that leaves at once. */
export class PreparingCalling extends HapiCalling {
  override title = 'pre';
  /** The name under which handlers find it. */
  assign: string | undefined;

  constructor(readonly semantics: CatalogSemantics) {
    super();
  }

  override handedOn(outcome: Outcome): readonly Flow[] {
    if (this.assign !== undefined && this.request)
      memberOf(this.request, 'pre').properties.set(this.assign, outcome.value);
    return super.handedOn(outcome);
  }

  protected letsOn({ value }: Option): boolean {
    if (isTaken(value)) return false;
    const isError = value.kind === 'external' && value.path.startsWith('@hapi/boom#');
    return !(isError && this.semantics.catalog.find(value.at)?.refuses === true);
  }
}

/** A scheme says who it is by `h.authenticated`. */
export class SchemeCalling extends HapiCalling {
  override title = 'scheme';

  protected letsOn({ value }: Option): boolean {
    if (value.kind === 'unknown') return true;
    if (value.kind !== 'external' || value.path !== `${hapiToolkit}.authenticated()`) return false;
    const given = value.call?.args[0];
    const credentials = given?.kind === 'object' ? given.properties.get('credentials') : undefined;
    if (credentials && this.request) memberOf(this.request, 'auth').properties.set('credentials', credentials);
    return true;
  }
}
