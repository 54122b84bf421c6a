import {
  shieldAll,
  shieldAllow,
  shieldAny,
  shieldDeny,
  shieldInputRule,
  shieldNot,
  shieldRule,
  shieldTree,
} from '../../../catalog/authorization/graphql-shield.js';
import { graphTypes } from '../../../catalog/frameworks/graphql.js';
import type { Interpreter } from '../../../program/interpreter.js';
import { nameOfPath } from '../../../program/name-of-path.js';
import { identifies, joinFlows, permits, type Proof } from '../../../program/proof.js';
import { optionsOf, propertyOf, textOf, type ExternalValue, type Origin, type Value } from '../../../program/value.js';
import type { CatalogSemantics } from '../../catalog-semantics.js';
import { accepted, fork, undecided, weakerOf, type ChainState } from '../../chain.js';
import { behindQuestion, closed } from '../../decision.js';
import { placeOf } from '../../place-of.js';
import type { Guard } from '../../route.js';
import { resolverArguments } from './graph-context.js';
import { typesWithin, type GraphTypes } from './graph-types.js';

/**
 * What rules of graphql-shield let through. A rule lets a request on where its function gives `true` and nothing else:
 * another value, an error, a text and whatever it throws are refusals.
 */
export class ShieldRules {
  constructor(
    readonly interpreter: Interpreter,
    readonly semantics: CatalogSemantics,
  ) {}

  /**
   * The state behind the rule that a tree has for a field: its own, that of all fields of the type, or the fallback.
   *
   * @param types What the schema says of its types, where that is known.
   */
  behindTree(
    state: ChainState,
    tree: ExternalValue,
    type: string,
    field: string,
    types: GraphTypes | undefined,
  ): ChainState {
    const after = this.#behindField(state, tree, type, field);
    // What a query gives is asked for field by field, with a rule for each; what else is done is done by then.
    const isOpen = !after.unknown && !after.closed && !after.proofs.some(identifies);
    return type === 'Query' && isOpen ? this.#behindAnswer(after, tree, types?.get(type)?.get(field), types) : after;
  }

  #behindField(state: ChainState, tree: ExternalValue, type: string, field: string): ChainState {
    const rule = ruleFor(tree, type, field);
    return rule === 'none' ? state : this.#behind(state, rule, tree.origin);
  }

  /** The state behind the rules for the fields of what a query gives. */
  #behindAnswer(
    state: ChainState,
    tree: ExternalValue,
    answer: string | undefined,
    types: GraphTypes | undefined,
  ): ChainState {
    const behind = (type: string, fields: Iterable<string>): readonly ChainState[] =>
      [...fields].map((name) => this.#behindField(state, tree, type, name));
    const asks = (after: ChainState): boolean => mayRefuse(after, state);
    if (answer === undefined || !types) {
      const written = typesOf(tree).some(([type, fields]) => behind(type, fields).some(asks));
      return written
        ? undecided(state, 'shield', placeOf(tree.origin), 'asks for more at the fields of other types')
        : state;
    }
    const own = behind(answer, types.get(answer)?.keys() ?? []);
    const [first] = own;
    if (first && own.every(asks)) return own.reduce(weakerOf, first);
    const isAsked = [...typesWithin(answer, types)].some((type) =>
      behind(type, types.get(type)?.keys() ?? []).some(asks),
    );
    return isAsked
      ? undecided(state, 'shield', placeOf(tree.origin), 'asks for more at the fields of what it gives')
      : state;
  }

  #behind(state: ChainState, rule: Value | undefined, at: Origin): ChainState {
    if (rule?.kind === 'union') {
      const states = rule.options.map((option) => this.#behind(state, option.value, at));
      return states.reduce(weakerOf, states[0] ?? state);
    }
    if (rule?.kind !== 'external') return unfollowed(state, at);
    const { path, origin } = rule;
    const args = rule.call?.args ?? [];
    if (path === shieldAllow || path === shieldInputRule) return state;
    if (path === shieldDeny) return closed(state, 'deny', placeOf(at));
    if (path === shieldRule) return this.#behindFunction(state, rule);
    if (shieldAll.has(path))
      return args.reduce<ChainState>((before, inner) => this.#behind(before, inner, origin), state);
    if (shieldAny.has(path)) return this.#behindAny(state, rule);
    if (path === shieldNot) return this.#behindNot(state, args[0], origin);
    return unfollowed(state, origin);
  }

  #behindFunction(state: ChainState, rule: ExternalValue): ChainState {
    const question = this.#questionOf(rule);
    if (!question) return unfollowed(state, rule.origin);
    const after = behindQuestion(state, { ...question, isNever: isNeverTrue }, this.interpreter, this.semantics);
    if (!isSharedAcrossFields(rule)) return after;
    // The answer for one record of a request is taken for all others of it.
    return { ...after, proofs: after.proofs.filter((proof) => state.proofs.includes(proof) || proof.kind !== 'owner') };
  }

  #questionOf(rule: ExternalValue) {
    const ask = rule.call?.args[0];
    if (ask?.kind !== 'function') return undefined;
    const named = rule.receiver?.kind === 'external' ? textOf(rule.receiver.call?.args[0]) : undefined;
    return { ask, name: named ?? ask.facts.name ?? nameAt(rule.origin) ?? 'rule', handed: resolverArguments };
  }

  /** One of several rules is enough: what all of them prove, in one way or another. */
  #behindAny(state: ChainState, any: ExternalValue): ChainState {
    const states = (any.call?.args ?? []).map((rule) => this.#behind(state, rule, any.origin));
    const [first, ...others] = states.filter((item) => !item.closed || state.closed);
    const name = nameAt(any.origin) ?? nameOfPath(any.path);
    const place = placeOf(any.origin);
    if (!first) return closed(state, name, place);
    const alternatives = [first, ...others];
    const joined = joinFlows(alternatives.map(({ proofs }) => ({ proofs })))?.proofs ?? [];
    const gained = joined.filter((proof) => !state.proofs.includes(proof));
    const isOpen = alternatives.some((item) => !item.unknown && !provesMore(item, state));
    if (!isOpen && alternatives.some((item) => item.unknown && !state.unknown)) return undecided(state, name, place);
    const all = others.reduce((a, b) => withTracesOf(a, b, state), first);
    const before = { ...all, proofs: state.proofs, guards: state.guards, unknown: state.unknown };
    if (!isOpen && gained.length > 0) return accepted(before, name, place, gained);
    const guard: Guard = { name, place, verdict: 'open', why: 'is content with a rule that proves nothing' };
    return { ...before, guards: [...state.guards, guard] };
  }

  /** Who gets no yes: a rule that throws says no, so that only what its answer says counts. */
  #behindNot(state: ChainState, rule: Value | undefined, at: Origin): ChainState {
    if (rule?.kind !== 'external') return unfollowed(state, at);
    if (rule.path === shieldAllow) return closed(state, 'not(allow)', placeOf(at));
    if (rule.path === shieldDeny || rule.path === shieldInputRule) return state;
    const question = rule.path === shieldRule ? this.#questionOf(rule) : undefined;
    if (!question) return unfollowed(state, at);
    const { ask, handed, name } = question;
    const origin: Origin = { file: ask.file, span: ask.facts };
    const request = fork(state.request);
    const { value, flow } = this.interpreter.follow(ask, { kind: 'undefined' }, handed(request), origin, state.proofs);
    const ways = flow ? optionsOf(value).map((option) => this.#deniedBy(option.value)) : [];
    const proofs = joinFlows(ways.map((gained) => gained && { proofs: gained }))?.proofs ?? [];
    return proofs.length > 0 ? accepted({ ...state, request }, `not(${name})`, placeOf(origin), proofs) : state;
  }

  /** What is proved where an answer is not `true`; nothing is where it cannot be told. */
  #deniedBy(answer: Value): readonly Proof[] | undefined {
    return isNeverTrue(answer) ? [] : this.interpreter.refine(answer, false);
  }
}

/** The rule for a field, `none` where it is the fallback of the library, which allows, and undefined where nobody can tell. */
function ruleFor(tree: ExternalValue, type: string, field: string): Value | 'none' | undefined {
  const [rules, options] = tree.call?.args ?? [];
  const fallback = fallbackOf(options);
  if (!rules || isRule(rules)) return rules;
  if (rules.kind !== 'object') return undefined;
  const ofType = rules.properties.get(type);
  // Version 7 does not start with a rule for all types; where another one does, that is what it is for.
  if (!ofType || ofType.kind === 'undefined')
    return rules.spread.length > 0 ? undefined : (rules.properties.get('*') ?? fallback);
  if (isRule(ofType)) return ofType;
  if (ofType.kind !== 'object') return undefined;
  const own = ofType.properties.get(field);
  if (own && own.kind !== 'undefined') return own;
  return ofType.spread.length > 0 ? undefined : (ofType.properties.get('*') ?? fallback);
}

/** The types that a tree speaks of beside those whose fields are operations, each with its fields; any other one has the fallback. */
function typesOf(tree: ExternalValue): readonly (readonly [type: string, fields: readonly string[]])[] {
  const rules = tree.call?.args[0];
  const others: readonly [string, readonly string[]] = ['', ['']];
  if (rules?.kind !== 'object') return [others];
  const named = [...rules.properties].filter(([type]) => !operationTypes.has(type) && type !== '*');
  return [
    others,
    ...named.map(
      ([type, fields]) => [type, fields.kind === 'object' ? ['', ...fields.properties.keys()] : ['']] as const,
    ),
  ];
}

const operationTypes = new Set(graphTypes.values());

function fallbackOf(options: Value | undefined): Value | 'none' | undefined {
  if (!options || options.kind === 'undefined') return 'none';
  if (options.kind !== 'object') return undefined;
  const rule = propertyOf(options, 'fallbackRule');
  if (rule && rule.kind !== 'undefined') return rule;
  return options.spread.length > 0 ? undefined : 'none';
}

function isRule(value: Value): boolean {
  if (value.kind === 'union') return value.options.every((option) => isRule(option.value));
  return value.kind === 'external' && value.path.startsWith('graphql-shield#') && value.path !== shieldTree;
}

/** An answer that is not `true`, though it may be no falsy value. */
function isNeverTrue(answer: Value): boolean {
  switch (answer.kind) {
    case 'literal':
      return answer.value !== true;
    case 'external':
      return answer.call?.construct === true || /(^|[#.])\w*Error\(\)$/.test(answer.path);
    case 'unknown':
    case 'union':
      return false;
    default:
      return true;
  }
}

/** `rule({ cache: 'contextual' })`: https://the-guild.dev/graphql/shield/docs/rules#cache */
function isSharedAcrossFields({ receiver }: ExternalValue): boolean {
  const args = receiver?.kind === 'external' ? (receiver.call?.args ?? []) : [];
  return args.some((arg) => textOf(propertyOf(arg, 'cache')) === 'contextual');
}

/** `const isUser = rule()(…)` */
function nameAt({ file, span }: Origin): string | undefined {
  for (const statement of file.body)
    if (statement.kind === 'let' && statement.pattern.kind === 'name' && statement.value?.start === span.start)
      return statement.pattern.name;
  return undefined;
}

function unfollowed(state: ChainState, origin: Origin): ChainState {
  return undecided(state, 'shield', placeOf(origin), 'cannot be followed');
}

/** Whether a rule may turn somebody away. */
function mayRefuse(after: ChainState, before: ChainState): boolean {
  return after.closed !== before.closed || after.unknown !== before.unknown || provesMore(after, before);
}

function provesMore({ proofs }: ChainState, before: ChainState): boolean {
  return proofs.some((proof) => !before.proofs.includes(proof) && (identifies(proof) || permits(proof)));
}

/** What two states that have come of one have left behind, together. */
function withTracesOf(a: ChainState, b: ChainState, before: ChainState): ChainState {
  const both = <T>(read: (state: ChainState) => readonly T[]): readonly T[] => [
    ...read(a),
    ...read(b).slice(read(before).length),
  ];
  return {
    ...weakerOf(a, b),
    bypasses: both((state) => state.bypasses),
    ignored: both((state) => state.ignored),
    decoded: both((state) => state.decoded),
    tests: both((state) => state.tests),
    queries: both((state) => state.queries),
    limiters: both((state) => state.limiters),
    records: both((state) => state.records),
  };
}
