import type { Place } from '../finding/place.js';
import type { Proof } from '../program/proof.js';
import type { ChainState } from './chain.js';
import type { Reach } from './reach.js';
import type { Guard, Route, Verdict } from './route.js';

export interface RouteParts {
  readonly method: string;
  readonly path: string;
  readonly place: Place;
  readonly handler: Place;
  readonly framework: string;
  readonly application: string;
  readonly state: ChainState;
  readonly reach: Reach;
  /** Whether the configuration lists it as open on purpose. */
  readonly onPurpose: boolean;
}

/** Puts a route together and decides what its chain and its handler prove. */
export function createRoute(parts: RouteParts): Route {
  const { state, reach } = parts;
  const identified = state.proofs.filter((proof) => proof.kind !== 'credential');
  const authentication: Verdict =
    identified.length > 0 || reach.provesItself.length > 0 ? 'guarded' : state.unknown ? 'unknown' : 'open';
  const guards =
    reach.provesItself.length > 0 ? [...state.guards, ownCheck(parts.handler, reach.provesItself)] : state.guards;
  return Object.freeze({
    method: parts.method,
    path: parts.path,
    place: parts.place,
    handler: parts.handler,
    framework: parts.framework,
    application: parts.application,
    authentication,
    authorization: [],
    guards,
    listener: 'unknown',
    effects: reach.effects,
    optional: state.optional,
    onPurpose: parts.onPurpose,
    authenticates: reach.authenticates || state.proofs.some((proof) => proof.kind === 'credential'),
    mints: reach.mints,
    lookups: reach.lookups,
    title: `${parts.method} ${parts.path}`,
    isGuarded: () => authentication === 'guarded',
    isOpen: () => authentication === 'open',
  } satisfies Route);
}

function ownCheck(handler: Place, proofs: readonly Proof[]): Guard {
  const [proof] = proofs;
  return {
    name: 'handler',
    place: handler,
    verdict: 'guarded',
    ...(proof ? { proves: proof.kind } : {}),
    why: `answers only after ${proof?.by ?? 'a proof'}`,
  };
}
