import { AccessPath } from './access-path.js';
import type { ClassFacts, FileFacts, FunctionFacts, Span } from '../facts/file-facts.js';
import { limits } from '../limits.js';
import type { Condition } from './condition.js';
import type { Proof } from './proof.js';
import type { CallMeaning } from './call-meaning.js';
import type { Permission } from './permission.js';
import type { Scope } from './scope.js';

/** Where a value comes from: a span of a file. */
export interface Origin {
  readonly file: FileFacts;
  readonly span: Span;
}

/**
 * What an expression may be when the program runs. Values are abstract: one of them stands for all the runs, and
 * `UnknownValue` for everything that cannot be told.
 */
export type Value =
  | LiteralValue
  | UndefinedValue
  | TextValue
  | ObjectValue
  | ArrayValue
  | FunctionValue
  | NativeValue
  | ClassValue
  | ExternalValue
  | UnionValue
  | UnknownValue;

export interface LiteralValue {
  readonly kind: 'literal';
  readonly value: string | number | boolean | null;
  readonly origin: Origin;
}

export interface UndefinedValue {
  readonly kind: 'undefined';
}

/** A string put together from parts of which at least one is not known. */
export interface TextValue {
  readonly kind: 'text';
  readonly parts: readonly Value[];
  /** What is known of it may be written in either case: a path is found in any. */
  readonly anyCase?: boolean;
  /** What is known of it may be percent-encoded as well: it is told as it was sent, and a path is found in its decoded form. */
  readonly anyEscape?: boolean;
  /** Characters that are not in what is not known of it: a segment of a path has no slash. */
  readonly without?: string | undefined;
  /** Whether it says where a request goes: what is made of it decides for one route and not for another. */
  readonly address?: boolean;
  /** Puts a question to it, where somebody keeps a record of what an address is asked: the answer must follow from its parts alone. */
  ask?<Answer extends string | boolean | undefined>(question: (text: TextValue) => Answer): Answer;
  readonly origin: Origin;
}

/** An object literal or an instance of one of the project's classes. Its identity is that of the record. */
export interface ObjectValue {
  readonly kind: 'object';
  readonly properties: Map<string, Value>;
  /** The class that it is an instance of. */
  readonly classOf?: ClassValue | undefined;
  /** What a spread of something unknown may have put into it; later properties win over it. */
  readonly spread: Value[];
  readonly origin: Origin;
  /** How deep in branches it was made, where that is known: a property that is set deeper may be missing. */
  depth?: number | undefined;
  /** Its methods, each always the same value. */
  methods?: Map<FunctionFacts, FunctionValue> | undefined;
  /** The part of an instance that a class of another package makes. */
  base?: ExternalValue | undefined;
}

export interface ArrayValue {
  readonly kind: 'array';
  readonly items: Value[];
  /** Whether there may be items that are not known. */
  open: boolean;
  readonly origin: Origin;
}

export interface FunctionValue {
  readonly kind: 'function';
  readonly file: FileFacts;
  readonly facts: FunctionFacts;
  readonly scope: Scope;
  readonly thisValue?: Value | undefined;
  /** The class whose member it is: where `super` starts from. */
  readonly home?: ClassValue | undefined;
  readonly bound: readonly Value[];
  /** What the program has assigned to it; few functions have any. */
  properties?: Map<string, Value> | undefined;
}

/** A function that the interpreter provides: `next`, `resolve`, a bound `require`. */
export interface NativeValue {
  readonly kind: 'native';
  readonly name: string;
  readonly call: (args: readonly Value[], origin: Origin) => Value;
}

export interface ClassValue {
  readonly kind: 'class';
  readonly file: FileFacts;
  readonly facts: ClassFacts;
  readonly scope: Scope;
  /** Set once, when the class is defined; a value so that a base class of another package is seen as well. */
  readonly superClass?: Value;
  readonly statics: Map<string, Value>;
  /** Values of the decorators, evaluated where the class is defined, outermost first. */
  decorators: readonly Value[];
  readonly memberDecorators: Map<string, readonly Value[]>;
  methods?: Map<FunctionFacts, FunctionValue>;
}

/**
 * Something of a package outside the project, by the way that leads to it: `express#()`, `express#Router().get`,
 * `@prisma/client#PrismaClient().user.findUnique()`. The module object and its default export are the same,
 * a call and a construction as well. It is an object with an identity: what is done to it is kept in order.
 */
export class ExternalValue {
  readonly kind = 'external';
  // Most values are read in one way or in none.
  private firstMember: ExternalValue | undefined;
  private otherMembers: Map<string, ExternalValue> | undefined;
  private ownProperties: Map<string, Value> | undefined;
  private ownCalls: ExternalValue[] | undefined;
  /** In which run it was made: what is done to it in another one is not kept. */
  run = 0;
  private ownAnswers: Answers | undefined;
  /** What the call means, `null` for nothing, `undefined` until somebody has asked. */
  meaning: CallMeaning | null | undefined = undefined;

  /**
   * @param at The way that leads to it.
   * @param receiver What the last member was read from, or what was called.
   * @param call For the result of a call.
   */
  constructor(
    readonly at: AccessPath,
    readonly origin: Origin,
    readonly receiver?: Value,
    readonly call?: { readonly args: readonly Value[]; readonly construct: boolean },
  ) {}

  get path(): string {
    return this.at.text;
  }

  /** What was found out about it: most values are never asked for anything. */
  get answers(): Answers {
    return (this.ownAnswers ??= new Answers());
  }

  /** The same, without making room for any. */
  knownAnswers(): Answers | undefined {
    return this.ownAnswers;
  }

  /** What the functions among the arguments gave back: `list.some((item) => …)` is what they say. */
  get yields(): Value | undefined {
    return this.ownAnswers?.yields;
  }

  // Most values are met once and never written to: what holds writes is made when the first one comes.

  /** What the program has assigned to it. */
  get properties(): Map<string, Value> {
    return (this.ownProperties ??= new Map());
  }

  /** Calls of its members and of itself, in order. */
  get calls(): ExternalValue[] {
    return (this.ownCalls ??= []);
  }

  /** Its calls, without making room for new ones. */
  knownCalls(): readonly ExternalValue[] {
    return this.ownCalls ?? nothingCalled;
  }

  findProperty(name: string): Value | undefined {
    return this.ownProperties?.get(name);
  }

  findMember(name: string): ExternalValue | undefined {
    const { firstMember } = this;
    return firstMember?.at.step === name ? firstMember : this.otherMembers?.get(name);
  }

  /** Keeps a member, under the last step of its way. */
  addMember(member: ExternalValue): void {
    if (this.firstMember) (this.otherMembers ??= new Map()).set(member.at.step, member);
    else this.firstMember = member;
  }

  /** Members that were read, in that order. */
  knownMembers(): readonly (readonly [string, ExternalValue])[] {
    const { firstMember } = this;
    if (!firstMember) return nothingRead;
    return [[firstMember.at.step, firstMember], ...(this.otherMembers ?? [])];
  }

  hasProperties(): boolean {
    return this.ownProperties !== undefined && this.ownProperties.size > 0;
  }
}

const nothingCalled: readonly ExternalValue[] = [];
const nothingRead: readonly (readonly [string, ExternalValue])[] = [];

/** What few external values are asked for, once somebody has asked. */
class Answers {
  /** What is proved by it. */
  proof: Proof | undefined = undefined;
  yields: Value | undefined = undefined;
  /** Whether it is surely there: a parameter of the path that led to the handler. */
  isThere = false;
  /** Whether it says who the caller is, and whether the caller has a part in it. */
  isCaller: boolean | undefined = undefined;
  mentionsCaller: boolean | undefined = undefined;
  /** What the caller may do where it is truthy, `null` for nothing. */
  permission: Permission | null | undefined = undefined;
  /** By the number of the notes. */
  notes: unknown[] | undefined = undefined;
}

/**
 * Something that is worked out once for an external value, and kept with it. A `WeakMap` does the same until it is old
 * itself: from then on, all that is put into it stays until everything is collected.
 */
export class Notes<Note extends object> {
  private static count = 0;
  private readonly index = Notes.count++;

  get(value: ExternalValue): Note | undefined {
    return value.knownAnswers()?.notes?.[this.index] as Note | undefined;
  }

  set(value: ExternalValue, note: Note): void {
    (value.answers.notes ??= [])[this.index] = note;
  }
}

/** One of several, each with what was proved where it came about. */
export interface UnionValue {
  readonly kind: 'union';
  readonly options: readonly Option[];
  /** What chose among them: `ranks[user.role]`. */
  readonly chosenBy?: Value;
}

export interface Option {
  readonly value: Value;
  readonly proofs: readonly Proof[];
  /** As in `Flow`. */
  readonly settings?: readonly object[] | undefined;
  readonly condition?: Condition | undefined;
}

export interface UnknownValue {
  readonly kind: 'unknown';
}

export const undefinedValue: UndefinedValue = { kind: 'undefined' };
/** A property that one of several spread objects has and another has not. */
export const absentValue: UndefinedValue = { kind: 'undefined' };
export const unknownValue: UnknownValue = { kind: 'unknown' };

export function externalValue(
  path: string | AccessPath,
  origin: Origin,
  receiver?: Value,
  call?: { readonly args: readonly Value[]; readonly construct: boolean },
): ExternalValue {
  return new ExternalValue(typeof path === 'string' ? AccessPath.of(path) : path, origin, receiver, call);
}

/** The member of an external value: always the same value for the same name. */
export function memberOf(value: ExternalValue, name: string, origin: Origin = value.origin): ExternalValue {
  const known = value.findMember(name);
  if (known) return known;
  // The default export and the module object are one: interop makes both spellings common.
  if (name === 'default' && value.path.endsWith('#')) return value;
  const member = externalValue(value.at.member(name), origin, value);
  value.addMember(member);
  return member;
}

/** Options of a value, unions taken apart. */
export function optionsOf(value: Value): readonly Option[] {
  return value.kind === 'union' ? value.options : [{ value, proofs: [] }];
}

/** Joins values; an option that stands twice with the same proofs stands once. */
export function unionOf(options: readonly Option[]): Value {
  const [first] = options;
  if (options.length === 1 && first && first.proofs.length === 0) return first.value;
  const flat: Option[] = [];
  for (const option of options) {
    if (flat.length >= limits.options) break;
    if (option.value.kind === 'union') {
      const plain = option.proofs.length === 0 && !option.settings;
      for (const inner of option.value.options) {
        if (plain) add(flat, inner);
        else
          add(flat, {
            value: inner.value,
            proofs: [...new Set([...inner.proofs, ...option.proofs])],
            settings: option.settings ? [...(inner.settings ?? []), ...option.settings] : inner.settings,
            condition: inner.condition,
          });
      }
    } else add(flat, option);
  }
  const only = flat[0];
  if (!only) return undefinedValue;
  if (flat.length === 1 && only.proofs.length === 0) return only.value;
  return { kind: 'union', options: flat.slice(0, limits.options) };
}

function add(options: Option[], option: Option): void {
  for (const known of options) {
    if (isSame(known.value, option.value) && sameProofs(known.proofs, option.proofs)) return;
  }
  options.push(option);
}

function isSame(a: Value, b: Value): boolean {
  if (a === b) return true;
  return a.kind === 'literal' && b.kind === 'literal' && a.value === b.value && a.origin.span === b.origin.span;
}

function sameProofs(a: readonly Proof[], b: readonly Proof[]): boolean {
  return a.length === b.length && a.every((proof) => b.includes(proof));
}

/** The same alternatives, and what chooses among them. */
export function chosenBy(value: Value, by: Value): Value {
  if (by.kind === 'literal') return value;
  return value.kind === 'union'
    ? { ...value, chosenBy: by }
    : { kind: 'union', options: [{ value, proofs: [] }], chosenBy: by };
}

/** The text of a value that is surely a string or number. */
export function textOf(value: Value | undefined): string | undefined {
  if (value?.kind === 'literal' && (typeof value.value === 'string' || typeof value.value === 'number')) {
    return String(value.value);
  }
  return undefined;
}

/** A property as far as it is written down in the program; a union's first option that has it. */
export function propertyOf(value: Value | undefined, name: string): Value | undefined {
  if (value?.kind === 'object') return value.properties.get(name);
  if (value?.kind === 'union') {
    for (const option of value.options) {
      const found = propertyOf(option.value, name);
      if (found) return found;
    }
  }
  return undefined;
}

/** Where no part of a file is meant. */
export const wholeFile: Span = { start: 0, end: 0 };

/** With room for all that it may ever have: objects are made and read all the time. */
export function newObject(origin: Origin, classOf?: ClassValue): ObjectValue {
  return {
    kind: 'object',
    properties: new Map(),
    spread: [],
    origin,
    classOf,
    depth: undefined,
    methods: undefined,
    base: undefined,
  };
}

export function native(name: string, call: NativeValue['call']): NativeValue {
  return { kind: 'native', name, call };
}

export function literal(value: string | number | boolean, origin: Origin): Value {
  return { kind: 'literal', value, origin };
}

export function originOf(value: Value): Origin | undefined {
  return 'origin' in value ? value.origin : undefined;
}

/** What is read from alternatives is chosen by what chose among them. */
export function chosenAs(value: Value, from: UnionValue): Value {
  return from.chosenBy ? chosenBy(value, from.chosenBy) : value;
}

/** Whether what is done to it says something about it: an object that was made, not a module or a part of the platform. */
export function isMadeObject(value: ExternalValue): boolean {
  return (
    value.call !== undefined ||
    (value.receiver === undefined && !value.path.startsWith('global#') && !value.path.endsWith('#'))
  );
}

/**
 * A property of the global object: `globalThis.prisma ?? new PrismaClient()` finds there what the same line has made
 * before, when the module was loaded for the first time.
 */
export function isKeptGlobally(value: Value): boolean {
  return value.kind === 'external' && !value.call && /^global#(globalThis|global)\.\w+$/.test(value.path);
}
