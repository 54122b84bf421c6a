import type { Exposure } from '../deployment/listener.js';
import type { Step } from '../finding/finding.js';
import type { Place } from '../finding/place.js';
import type { Access } from './access.js';
import type { CredentialCheck } from './credential-check.js';
import type { FactorBypass } from './factor-bypass.js';
import type { InternalPath } from './internal-path.js';
import type { Limiter } from './limiter.js';
import type { Lookup } from './lookup.js';
import type { Mint } from './mint.js';
import type { PlainText } from './plain-text.js';
import type { SignedLink } from './signed-link.js';
import type { TrustedInput } from './trusted-input.js';
import type { UnverifiedToken } from './unverified-token.js';

/** `guarded`: every path to the handler proves something about the caller; `open`: one path proves nothing; `unknown`: it could not be followed. */
export type Verdict = 'guarded' | 'open' | 'unknown';

/** What stands between the outside and a handler: a middleware, a guard class, a hook, a check in the handler's body. */
export interface Guard {
  readonly name: string;
  readonly place: Place;
  readonly verdict: Verdict;
  /** `token`, `session`, `api-key`, `credential`, `signature`, …; undefined where nothing is proved. */
  readonly proves?: string;
  /** What it asks for beyond that: `role:admin`, `owner`. */
  readonly permissions?: readonly string[];
  /** One clause for a person: `calls next() without a proof at src/auth.ts:12`. */
  readonly why: string;
}

/** A proof of who the caller is, by the call that gives it. */
export interface Proved {
  /** `token`, `session`, `api-key`, `credential`, `signature`, … */
  readonly kind: string;
  /** `jwt.verify`. */
  readonly by: string;
  readonly place: Place;
}

export type Sensitivity = 'reads' | 'writes' | 'mints';

/** Something that a handler reaches and that an anonymous caller should not: a query, a change, a mint. */
export interface Effect {
  readonly kind: Sensitivity;
  /** The entity that is read or changed, where the schema or the code names it. */
  readonly entity?: string;
  /** Whether the entity holds personal data or credentials, by the names of its fields. */
  readonly personal: boolean;
  /** Whether what is read or changed is chosen by the request. */
  readonly byInput: boolean;
  /** Whether it makes a new record. */
  readonly creates: boolean;
  /** Whether it says nothing but that somebody has been here: a count that goes up, or the time. */
  readonly countsVisit?: boolean;
  /** It only keeps what is sent to the owner of an account, to be asked for later: the token of a link, a code. */
  readonly challenges?: boolean;
  /** `prisma.user.findMany`, `Order.destroy`. */
  readonly name: string;
  readonly place: Place;
  /** Whether a proof about the caller holds on every path from the handler's entry to it. */
  readonly proved: boolean;
  /** Calls from the handler down to the effect. */
  readonly steps: readonly Step[];
}

export interface Route {
  /** `GET` … `ALL`, `QUERY`, `MUTATION`, `SUBSCRIPTION`, `TRPC`, `ACTION`, `SOCKET`. */
  readonly method: string;
  /** Mounts, prefixes and versions included, parameters as `:name`; for graph operations and the like, the name. */
  readonly path: string;
  /** Where it is registered. */
  readonly place: Place;
  readonly handler: Place;
  /** The router or controller that it is registered on. */
  readonly router: Place;
  /** `express`, `nestjs`, … */
  readonly framework: string;
  /** Folder of the package that serves it, '' for the root. */
  readonly application: string;
  readonly authentication: Verdict;
  /** What is enforced beyond authentication: `role:admin`, `owner`. */
  readonly authorization: readonly string[];
  /** What its chain and its handler prove of who the caller is. */
  readonly proved: readonly Proved[];
  readonly guards: readonly Guard[];
  /** From where it can be reached, as deployment files and the address that it listens on say. */
  readonly listener: Exposure;
  /** The line that says so; none where nothing is known. */
  readonly listenerSteps: readonly Step[];
  /** A route of the same application that is for people outside: it logs them in or sets up their account. */
  readonly servedBeside: Step | undefined;
  /** What says that it is meant for inside. */
  readonly internalPath: InternalPath | undefined;
  /** Of a route that is meant for inside: whether a test on the way asks for the caller's address, or a switch turns it on. */
  readonly isKeptInside: boolean;
  readonly effects: readonly Effect[];
  /** Whether a layer of the chain takes a proof where there is one and goes on where there is none: open on purpose. */
  readonly optional: boolean;
  /** Whether the configuration lists it as open on purpose, with a reason. */
  readonly onPurpose: boolean;
  /** Whether the handler itself asks who the caller is: it checks a password, a code, a token, or sets up an account. */
  readonly authenticates: boolean;
  /** Whether it sets up an account: what it mints is for that one. */
  readonly signsUp: boolean;
  readonly mints: readonly ReachedMint[];
  /** Signed addresses of objects in a store that it makes. */
  readonly links: readonly SignedLink[];
  readonly lookups: readonly Lookup[];
  readonly accesses: readonly Access[];
  /** What it does for anonymous callers that only known ones should have; `undefined` where it is not open, or does nothing of the kind. */
  readonly exposed: Effect | undefined;
  readonly trusted: readonly TrustedInput[];
  readonly unverified: readonly UnverifiedToken[];
  readonly factorBypasses: readonly FactorBypass[];
  /** Sensitive columns whose values it stores, looks up or compares as they are. */
  readonly plainText: readonly PlainText[];
  /** Passwords and codes that it asks for. */
  readonly credentialChecks: readonly CredentialCheck[];
  /** What keeps callers from asking too often, on its chain and in its handler. */
  readonly limiters: readonly Limiter[];
  /** Whether something of an answered request is kept for later. */
  readonly recorded: boolean;
  /** `POST /internal/token`. */
  readonly title: string;
  isGuarded(): boolean;
  isOpen(): boolean;
  /** Whether only other services get here, with a key or a signature: they may ask for everybody. */
  isForServices(): boolean;
  /** Whether every layer of the chain was followed: what a layer does that was not, nobody knows. */
  readonly followed: boolean;
}

/** A mint as one route reaches it. */
export interface ReachedMint {
  readonly mint: Mint;
  /** Proofs that hold on every path to it, guards of the chain included. */
  readonly proofs: readonly string[];
  /** What was asked of the caller on every path to it: `role`, `owner`, `policy`. */
  readonly permissions: readonly string[];
  /** Where the subject comes from, as far as it can be told. */
  readonly subject: SubjectOrigin;
  /** Whether what is minted leaves in the response. */
  readonly leaves: boolean;
  /** Whether it is a session, which a store keeps, and no token. */
  readonly isSession: boolean;
  /** Whether something is kept of it for later, as far as it can be told: a record, a line of a log, an event. */
  readonly recorded: boolean;
  readonly steps: readonly Step[];
}

export interface SubjectOrigin {
  readonly kind: 'request' | 'proved' | 'constant' | 'stored' | 'unknown';
  /** `body.user_id`, where it is the request. */
  readonly name?: string;
  /** The request names it by what may stand for an account: by anything but the name of a link, a site or the like. */
  readonly isAccount?: boolean;
  /** The request names the subject, and a proof on the way is about that very one: its password, its code. */
  readonly proved?: boolean;
}
