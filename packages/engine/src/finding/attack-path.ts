import type { Step } from './finding.js';
import type { Place } from './place.js';

/**
 * What an attacker does at a link, in the order in which one walks. `reach`: gets to where it starts; `name`: says whose
 * data it is about; `obtain`: comes by a token, a key or another identity; `pass`: is let in with it; `read`: gets the
 * data; `repeat`: does so for everybody; `hide`: is not seen.
 */
export type Stage = 'reach' | 'name' | 'obtain' | 'pass' | 'read' | 'repeat' | 'hide';

/** One link of a path: what the attacker does, the flaw that lets them, and what would stop them there. */
export interface PathLink {
  readonly stage: Stage;
  /** One clause for a person. */
  readonly message: string;
  /** The rule whose flaw it is; `undefined` where things work as they are meant to. */
  readonly ruleId: string | undefined;
  readonly place: Place;
  /** The evidence of that flaw. */
  readonly steps: readonly Step[];
  /** What to do about it, as a command. */
  readonly repair?: string;
  /** Whether that alone cuts the path; otherwise it slows the attacker down. */
  readonly cuts: boolean;
}

export interface OpenedRoute {
  readonly title: string;
  readonly place: Place;
}

export interface ReachedEntity {
  readonly name: string;
  /** Names of its fields that hold personal data or credentials. */
  readonly fields: readonly string[];
}

/** What stays behind the credential that a path ends in. */
export interface BlastRadius {
  /** Routes that it opens. */
  readonly routes: readonly OpenedRoute[];
  /** What those routes read or change and that is somebody's own business. */
  readonly entities: readonly ReachedEntity[];
}

/** A way from the outside to everybody's data. */
export interface AttackPath {
  /** `POST /internal/token → User, Order`. */
  readonly title: string;
  /** Where it starts: a route, a key, a token, an entity. */
  readonly entity: string;
  /** What tells two paths of one entity apart. */
  readonly sink: string;
  readonly links: readonly PathLink[];
  /** The link at which it is cut most cheaply. */
  readonly cut: PathLink;
  readonly radius: BlastRadius;
}
