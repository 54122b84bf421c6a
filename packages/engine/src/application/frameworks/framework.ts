import type { DeployedFunction } from '../../deployment/deployed-function.js';
import type { Place } from '../../finding/place.js';
import type { Interpreter, Outcome } from '../../program/interpreter.js';
import type { ExternalValue } from '../../program/value.js';
import type { WorkspacePackage } from '../../source/project.js';
import type { CatalogSemantics, OddShape } from '../catalog-semantics.js';
import type { ChainState } from '../chain.js';

/** How one framework finds its routes and runs what stands in front of their handlers. */
export interface Framework {
  /** Packages whose import makes a file part of a back end. */
  readonly packages: readonly string[];
  /** What the framework does to values that no entry of the catalog says. */
  readonly shape?: OddShape;
  /** Whether a call at start-up makes or registers something that routes are read from. */
  keeps(path: string): boolean;
  /** One route after the other: what a handler reaches need not be kept until the last one is followed. */
  routes(program: FollowedProgram): Iterable<FollowedRoute>;
}

/** The program after all its modules have run. */
export interface FollowedProgram {
  /** The calls that frameworks keep, in the order in which they were made. */
  readonly startup: readonly ExternalValue[];
  readonly interpreter: Interpreter;
  readonly semantics: CatalogSemantics;
  /** The packages of the project: some frameworks find routes by where files lie in them. */
  readonly packages: readonly WorkspacePackage[];
  /** What deployment files say that a cloud calls. */
  readonly functions: readonly DeployedFunction[];
}

/** A route whose handler has been followed. */
export interface FollowedRoute {
  readonly method: string;
  readonly path: string;
  /** Where it is registered. */
  readonly place: Place;
  readonly handler: Place;
  /** Where the router, controller or application is made that it is registered on. */
  readonly router: Place;
  /** The application that serves it, where the program makes one: what it listens on is known then. */
  readonly server?: ExternalValue;
  /** The framework's name as it is shown. */
  readonly framework: string;
  readonly state: ChainState;
  readonly outcome: Outcome;
  /** Whether what the handler returns is the answer. */
  readonly answersByReturn: boolean;
  /** Whether it has metadata that says it is for everybody, `publicMetadata` of the configuration. */
  readonly markedPublic?: boolean;
}
