import type { Place } from '../finding/place.js';
import { identifies, isUndecided, permits, type Proof } from '../program/proof.js';
import { textOf } from '../program/value.js';
import type { CatalogSemantics } from './catalog-semantics.js';
import { titleOfPermission, type ChainState } from './chain.js';
import { inputOf } from './input-of.js';
import type { InternalPath } from './internal-path.js';
import { isForKnownCallers } from './is-for-known-callers.js';
import type { Limiter } from './limiter.js';
import { placeOf } from './place-of.js';
import type { PlainText } from './plain-text.js';
import { questionsOf } from './question.js';
import { isCheckedOnce, type Reach } from './reach.js';
import type { Effect, Guard, Route, Verdict } from './route.js';
import { standsForPerson } from './stands-for-person.js';
import { collectFactorBypasses, collectTrusted, collectUnverified, serviceProofs } from './trust.js';
import { readProperty } from './where-of.js';

export interface RouteParts {
  readonly method: string;
  readonly path: string;
  readonly place: Place;
  readonly handler: Place;
  readonly router: Place;
  readonly framework: string;
  readonly application: string;
  readonly state: ChainState;
  readonly reach: Reach;
  readonly plainText: readonly PlainText[];
  /** Whether the configuration lists it as open on purpose. */
  readonly onPurpose: boolean;
  /** Whether it has metadata by which guards let it through: that it is open is meant, and a token that it gives away is not. */
  readonly markedPublic?: boolean;
  readonly internalPath: InternalPath | undefined;
  /** Whether it is registered under a test of the environment. */
  readonly isSwitched: boolean;
  /** What limits it in front of the program, as the configuration says. */
  readonly limiters: readonly Limiter[];
  /** Whether the configuration says that something in front of the program keeps a record of it. */
  readonly recorded: boolean;
}

/** Puts a route together and decides what its chain and its handler prove. */
export function createRoute(parts: RouteParts, semantics: CatalogSemantics): Route {
  const { method, state, reach, onPurpose } = parts;
  const identified = state.proofs.filter((proof) => identifies(proof) && !isCheckedOnce(proof.kind));
  const own = reach.provesItself.filter(identifies);
  const authentication: Verdict =
    identified.length > 0 || own.length > 0 || state.closed
      ? 'guarded'
      : state.unknown || reach.undecided || reach.provesItself.some(isUndecided)
        ? 'unknown'
        : 'open';
  const guards = own.length > 0 ? [...state.guards, ownCheck(parts.handler, own)] : state.guards;
  const permissions = [...state.proofs, ...reach.provesItself].filter(permits);
  const authenticates = reach.authenticates || state.proofs.some((proof) => isCheckedOnce(proof.kind));
  const known = [...identified, ...own];
  const isForServices = known.length > 0 && known.every((proof) => isOfService(proof, semantics));
  const isMeant = onPurpose || parts.markedPublic === true;
  const isExposable = authentication === 'open' && !isMeant && !authenticates;
  const exposed = isExposable ? findExposed(reach.effects, method, state.optional) : undefined;
  return Object.freeze({
    method,
    path: parts.path,
    place: parts.place,
    handler: parts.handler,
    router: parts.router,
    framework: parts.framework,
    application: parts.application,
    authentication,
    authorization: state.closed ? ['nobody'] : [...new Set(permissions.map(titleOfPermission))].sort(),
    proved: known.map(({ kind, by, origin }) => ({ kind, by, place: placeOf(origin) })),
    guards,
    listener: 'unknown',
    listenerSteps: [],
    servedBeside: undefined,
    internalPath: parts.internalPath,
    isKeptInside: parts.internalPath !== undefined && (parts.isSwitched || asksForAddress(state, reach, semantics)),
    effects: reach.effects,
    accesses: reach.accesses,
    optional: state.optional,
    onPurpose,
    authenticates,
    signsUp: reach.signsUp || reach.effects.some(makesAccount),
    mints: parts.recorded ? reach.mints.map((mint) => ({ ...mint, recorded: true })) : reach.mints,
    links: reach.links,
    lookups: reach.lookups,
    exposed,
    trusted: collectTrusted(state, reach, semantics),
    unverified: collectUnverified(state, reach, semantics),
    factorBypasses: collectFactorBypasses(reach, semantics),
    plainText: parts.plainText,
    credentialChecks: reach.credentialChecks,
    recorded: parts.recorded || reach.recorded,
    limiters: [...parts.limiters, ...state.limiters, ...reach.limiters],
    title: `${method} ${parts.path}`,
    ...questionsTo(authentication, isForServices),
    followed: !state.unknown,
  } satisfies Route);
}

/** The address of the connection, and what a proxy that is trusted says of it; a header by itself is what anybody writes. */
function asksForAddress(state: ChainState, reach: Reach, semantics: CatalogSemantics): boolean {
  return questionsOf([...state.tests, ...reach.tests()], semantics).some(
    ({ kind, name }) => kind === 'address' && !name.startsWith('headers.'),
  );
}

/**
 * An API key, or a token of a service: by its audience, https://www.rfc-editor.org/rfc/rfc7519#section-4.1.3, or by the
 * header that it comes in, beside the one in which people bring theirs.
 */
function isOfService({ kind, about }: Proof, { catalog }: CatalogSemantics): boolean {
  if (serviceProofs.has(kind)) return true;
  const given = (about ?? []).flatMap((value) => (value.kind === 'external' ? (value.call?.args ?? []) : []));
  return given.some(
    (arg) =>
      ofService.test(textOf(readProperty(arg, 'audience')) ?? '') || serviceHeader.test(inputOf(arg, catalog) ?? ''),
  );
}

const ofService = /internal|service|machine|worker/i;
const serviceHeader = /^headers\.[\w-]*(internal|service|machine|worker)/i;

/** Apart from `createRoute`, so that a route does not keep alive all that it was made of. */
function questionsTo(
  authentication: Verdict,
  isForServices: boolean,
): Pick<Route, 'isGuarded' | 'isOpen' | 'isForServices'> {
  return {
    isGuarded: () => authentication === 'guarded',
    isOpen: () => authentication === 'open',
    isForServices: () => isForServices,
  };
}

/** A new record of an entity that stands for a person. */
function makesAccount({ creates, entity }: Effect): boolean {
  return creates && entity !== undefined && standsForPerson(entity);
}

function findExposed(effects: readonly Effect[], method: string, optional: boolean): Effect | undefined {
  return effects.find((effect) => !effect.proved && isForKnownCallers(effect, method, optional));
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
