import type { FileFacts } from '../../facts/file-facts.js';
import type { Semantics } from '../semantics.js';
import { Assignments } from './assignments.js';
import { Bindings } from './bindings.js';
import { Branches } from './branches.js';
import { Calls } from './calls.js';
import { Classes } from './classes.js';
import { ExecutionState } from './execution-state.js';
import { Expressions } from './expressions.js';
import { Functions } from './functions.js';
import { Links } from './links.js';
import { Members } from './members.js';
import { Modules } from './modules.js';
import { Operators } from './operators.js';
import { Promises } from './promises.js';
import { Refinement } from './refinement.js';
import { Spreads } from './spreads.js';
import { Statements } from './statements.js';
import { WrittenTypes } from './written-types.js';

/**
 * What an interpreter consists of, each part with one subject. The language is recursive, and so are they: a call runs
 * statements, a statement evaluates expressions, an expression calls. They find each other here, and share one state.
 * `Expressions`, `Statements` and `Calls` are where to begin reading.
 */
export class Parts {
  readonly state = new ExecutionState();

  // What a program is made of.

  readonly modules: Modules;
  readonly links: Links;
  readonly functions: Functions;
  readonly classes: Classes;
  readonly types: WrittenTypes;

  // What it does.

  readonly statements: Statements;
  readonly expressions: Expressions;
  readonly operators: Operators;
  readonly calls: Calls;
  readonly promises: Promises;

  // Where it keeps values, and finds them.

  readonly bindings: Bindings;
  readonly members: Members;
  readonly assignments: Assignments;
  readonly spreads: Spreads;

  // What is known at a point of it.

  readonly branches: Branches;
  readonly refinement: Refinement;

  constructor(
    files: ReadonlyMap<string, FileFacts>,
    resolve: (from: string, specifier: string) => string | undefined,
    readonly semantics: Semantics,
  ) {
    const { state } = this;
    this.modules = new Modules(files, resolve, state, this);
    this.links = new Links(state, semantics, this);
    this.functions = new Functions(state, this);
    this.classes = new Classes(state, semantics, this);
    this.types = new WrittenTypes(this);
    this.statements = new Statements(state, this);
    this.expressions = new Expressions(state, semantics, this);
    this.operators = new Operators(state, this);
    this.calls = new Calls(state, semantics, this);
    this.promises = new Promises(state, semantics, this);
    this.bindings = new Bindings(state, this);
    this.members = new Members(state, semantics, this);
    this.assignments = new Assignments(state, semantics, this);
    this.spreads = new Spreads(state, semantics, this);
    this.branches = new Branches(state, semantics, this);
    this.refinement = new Refinement(state, semantics);
  }
}
