import { nodeServers } from '../catalog/frameworks/node-servers.js';
import type { Catalog } from '../catalog/catalog.js';
import type { CallEntry, DataEntry, GuardEntry, LimiterEntry } from '../catalog/library.js';
import type { ParameterFacts } from '../facts/file-facts.js';
import { limits } from '../limits.js';
import type { Interpreter } from '../program/interpreter.js';
import type { AccessPath, WorkedOut } from '../program/access-path.js';
import type { CallMeaning } from '../program/call-meaning.js';
import { claimed, undecided, type Grant, type Proof } from '../program/proof.js';
import type { Permission } from '../program/permission.js';
import { pendingValue } from '../program/promise.js';
import type { Semantics, StackEntry } from '../program/semantics.js';
import {
  externalValue,
  optionsOf,
  textOf,
  undefinedValue,
  type ClassValue,
  type ExternalValue,
  type Origin,
  type Value,
  propertyOf,
} from '../program/value.js';
import { mentionsCaller } from './caller.js';
import { entityNames } from './entity-names.js';
import { isForMany } from './gives-many.js';
import { inputHeads, inputOf, requestInputs } from './input-of.js';
import { permittedBy, permittedByEquality } from './permission.js';
import { isTooMany } from './read-limiters.js';
import { isSecretColumn } from './secret-column.js';
import { statusOf } from './status-of.js';
import { tokenReadByHand } from './shapes/token-parts.js';
import { isCredentialInput, isPlainHeader, looksAtCaller, mayVerify, nameOf, yesOf } from './unread-check.js';
import { boundColumns, valueAt } from './where-of.js';

/** Properties of a request that a framework sets and that say nothing of the caller. */
const requestStandard = new Set([
  ...[
    'method',
    'httpVersion',
    'secure',
    'xhr',
    'app',
    'res',
    'socket',
    'connection',
    'route',
    'log',
    'id',
    'logger',
    't',
    'i18n',
    'flash',
    'csrfToken',
  ],
  ...[
    'headersSent',
    'locals',
    'aborted',
    'complete',
    'readable',
    'session',
    'sessionID',
    'language',
    'locale',
    'requestId',
    'traceId',
    'startTime',
    'raw',
    // https://fetch.spec.whatwg.org/#request-class, https://nextjs.org/docs/app/api-reference/functions/next-request
    'signal',
    'bodyUsed',
    'destination',
    'keepalive',
    'referrer',
    'referrerPolicy',
    'geo',
    'nextUrl',
  ],
]);
/** The parts of a request that hold what the caller has written, and nothing else. */
const requestPart = /^express#Request\.(body|query|params|cookies|args)(\.|$)/;
/** What is asked for one value by its key: a cache, a key-value store. */
const keyedReads: ReadonlySet<string> = new Set([
  'get',
  'has',
  'getex',
  'getEx',
  'hGet',
  'hGetAll',
  'getItem',
  'hget',
  'hgetall',
  'getAsync',
]);
/** Queries that throw where there is no record: `findFirstOrThrow` of Prisma, `findOneByOrFail` of TypeORM. */
const throwsForNone = /Or(Throw|Fail)\(\)$/;
/** Names of functions that throw where something may not be. */
const checkName = /^(assert|ensure|require|check|authori[sz]e|enforce|verify|guard|must|deny|forbid|throw|validate)/i;
/** Names of functions that look something up: in a store, a cache, another service. */
const lookupName =
  /^(find|get|load|fetch|read|lookup|look_?up|exists|has|query|select|count|is[A-Z]|sismember|send|request|post|call)/;
/** Members of a session that are there for everybody. */
const sessionStandard =
  /^(id|cookie|save|destroy|regenerate|reload|touch|csrf.*|flash|views|lang|locale|returnTo|cart|messages?|errors?|redirect.*)$/i;
/** Where an error says with which status it is answered. */
const statusNames = ['status', 'statusCode', 'httpStatus', 'httpCode', 'code'];
/** What one library's odd shape means; tried in order. */
export interface OddShape {
  /** Whether `evaluateCall` has anything to say of calls of this path; where this is missing, it is asked of all. */
  evaluates?(path: AccessPath, entry: CallEntry | undefined): boolean;
  /** Whether `evaluateMember` has anything to say of the results of these calls; where this is missing, it is asked of all. */
  readsFrom?(path: AccessPath): boolean;
  evaluateCall?(call: ExternalValue, interpreter: Interpreter): Value | undefined;
  evaluateMember?(object: ExternalValue, name: string, origin: Origin, interpreter: Interpreter): Value | undefined;
  /** Where an assignment to a member is kept instead of on the value itself. */
  keptOn?(object: ExternalValue, name: string): ExternalValue | undefined;
  /** What a spread of the value puts into an object, as an object. */
  evaluateSpread?(value: ExternalValue, interpreter: Interpreter): Value | undefined;
  /** What a name stands for that nothing declares. */
  globalOf?(name: string, interpreter: Interpreter): Value | undefined;
  inject?(parameter: ParameterFacts, owner: ClassValue, interpreter: Interpreter): Value | undefined;
  /** Two values are tested for equality. */
  compare?(left: Value, right: Value): void;
  /** A question of a kind of record whose answer differs from record to record. */
  asksOfAnyRecord?(question: ExternalValue): boolean;
  /** Whether a strategy of this name is one of the project that asks for a password. */
  asksForPassword?(strategy: string): boolean;
  /** For calls that are not data. */
  meaningOf?(call: ExternalValue): CallMeaning | undefined;
}

/** What is known of a path, whatever is done with what it leads to. */
interface PathMeaning extends WorkedOut {
  readonly entry: CallEntry | undefined;
  /** Shapes to ask about its calls, and about members of what it leads to. */
  readonly calls: readonly OddShape[];
  readonly members: readonly OddShape[];
  /** Whether it is a check by its name. */
  readonly isCheck: boolean;
  /** Whether it gives what is kept under a key. */
  readonly isKeyed: boolean;
  /** Whether it looks something up by its name, in something that the catalog does not know. */
  readonly isLookup: boolean;
  /** Whether it may say who the caller is, by its name, and is of something that the catalog does not know. */
  readonly asksForCaller: boolean;
  /** What it is by its name, where nothing else is known of it. */
  readonly named: 'limit' | 'record' | undefined;
}

/** Who reads, after all modules have run, what some of their calls have made. */
interface Keeper {
  keeps(path: string): boolean;
}

/** What is around a call that makes or verifies tokens. */
export interface TokenCall {
  readonly stack: StackEntry | undefined;
  /** What the method belongs to that it stands in. */
  readonly self: Value | undefined;
}

/** The catalog in the words of the interpreter. */
export class CatalogSemantics implements Semantics {
  interpreter!: Interpreter;
  /** Every call that is handed a key, wherever it was met. */
  readonly keyed = new Set<ExternalValue>();
  /** Every call that makes or verifies tokens or says how, with the functions around it. */
  readonly tokenCalls = new Map<ExternalValue, TokenCall>();

  // Few shapes have something to say of any one question, and all of them are asked all the time.
  private readonly evaluating: readonly OddShape[];
  private readonly readable: readonly OddShape[];
  private readonly meaningShapes: readonly OddShape[];
  private readonly keeping: readonly OddShape[];
  private readonly spreading: readonly OddShape[];
  private readonly injecting: readonly OddShape[];
  private readonly naming: readonly OddShape[];
  private readonly comparing: readonly OddShape[];

  constructor(
    readonly catalog: Catalog,
    readonly keepers: readonly Keeper[],
    readonly shapes: readonly OddShape[],
  ) {
    const having = (member: keyof OddShape): readonly OddShape[] =>
      shapes.filter((shape) => shape[member] !== undefined);
    this.evaluating = having('evaluateCall');
    this.readable = having('evaluateMember');
    this.meaningShapes = having('meaningOf');
    this.keeping = having('keptOn');
    this.spreading = having('evaluateSpread');
    this.injecting = having('inject');
    this.naming = having('globalOf');
    this.comparing = having('compare');
  }

  private known({ at }: ExternalValue): PathMeaning {
    const known = at.meaning;
    if (known?.by === this) return known as PathMeaning;
    const meaning = this.readPath(at);
    at.meaning = meaning;
    return meaning;
  }

  private readPath(path: AccessPath): PathMeaning {
    const entry = this.catalog.find(path);
    const isCheck = isCheckCall(path);
    const calls = this.evaluating.filter((shape) => shape.evaluates?.(path, entry) ?? true);
    const members = this.readable.filter((shape) => shape.readsFrom?.(path) ?? true);
    const isKeyed = path.isCall && path.parent !== undefined && keyedReads.has(path.parent.step);
    const isLookup = !entry && isNamed(path, lookupName);
    const asksForCaller = !entry && mayVerify(path, this.catalog);
    const named = entry ? undefined : nameOfUnknown(path);
    if (
      !entry &&
      !isCheck &&
      !isKeyed &&
      !isLookup &&
      !asksForCaller &&
      !named &&
      calls.length === 0 &&
      members.length === 0
    )
      return this.meansNothing;
    return { by: this, entry, calls, members, isCheck, isKeyed, isLookup, asksForCaller, named };
  }

  private readonly meansNothing: PathMeaning = {
    by: this,
    entry: undefined,
    calls: [],
    members: [],
    isCheck: false,
    isKeyed: false,
    isLookup: false,
    asksForCaller: false,
    named: undefined,
  };

  meaningOf(call: ExternalValue): CallMeaning | undefined {
    if (call.meaning === undefined) call.meaning = this.read(call) ?? null;
    return call.meaning ?? undefined;
  }

  private read(call: ExternalValue): CallMeaning | undefined {
    for (const shape of this.meaningShapes) {
      const meaning = shape.meaningOf?.(call);
      if (meaning) return meaning;
    }
    const { entry, isCheck, isKeyed, isLookup, asksForCaller, named } = this.known(call);
    if (!entry) {
      // `passport.authenticate('local')(req, res, next)`, `limiter(req, res, next)`
      const { receiver } = call;
      if (call.at.parent?.isCall === true && receiver?.kind === 'external') {
        const observed = this.limiterOf(call) !== undefined || this.provedByGuard(receiver)?.guessable === true;
        if (this.guardOf(receiver)) return observed ? { defers: true, observed } : { defers: true };
        if (observed) return { observed };
      }
      const kind = isKeyed && call.call?.args.map((arg) => this.keyedBy(arg, 0)).find(Boolean);
      if (kind) return { proves: { kind, when: 'truthy' } };
      const asksAboutCaller = (isCheck || isLookup) && call.call?.args.some((arg) => mentionsCaller(arg, this));
      // Nobody can look into it: whoever it lets on may go on.
      if (asksAboutCaller) return { ...(isCheck ? { permits: true } : {}), observed: true };
      if (named) return { observed: true };
      const mayKnow = asksForCaller && looksAtCaller(call, this.catalog);
      return mayKnow ? { proves: { kind: undecided, when: yesOf(call.at, isCheck) } } : undefined;
    }
    // An error that is no more than one says nothing.
    if (entry.fails === 'itself' && call.receiver?.kind !== 'object') return undefined;
    if (entry.keys) this.keyed.add(call);
    if (entry.mint?.claims ?? entry.accepts ?? entry.registers) this.tokenCalls.set(call, this.interpreter.around);
    // What depends on the arguments is read for each call, the rest once for all.
    if (entry.data || entry.passes !== undefined || entry.proves?.kind === 'token') return this.meaning(call, entry);
    let meaning = this.meanings.get(entry);
    if (!meaning) this.meanings.set(entry, (meaning = this.meaning(call, entry)));
    return meaning;
  }

  private readonly meanings = new Map<CallEntry, CallMeaning>();

  private meaning(call: ExternalValue, entry: CallEntry): CallMeaning {
    const proves = this.provenOutcome(call, entry);
    const throws = entry.data !== undefined && throwsForNone.test(call.path);
    const observed =
      entry.mint ??
      entry.link ??
      entry.data ??
      entry.effect ??
      entry.keys ??
      entry.proves ??
      entry.decodes ??
      entry.responds ??
      entry.statuses ??
      entry.seals ??
      entry.sets ??
      entry.logs ??
      entry.limits ??
      entry.fails ??
      entry.records ??
      entry.hashesPassword;
    return {
      proves,
      returnsArgument: typeof entry.returns === 'number' ? entry.returns : undefined,
      returnsReceiver: entry.returns === 'receiver',
      defers: entry.defers === true,
      passes: entry.passes === undefined ? undefined : passedBy(call, entry.passes),
      ends: entry.ends === true,
      isThere: entry.answers !== undefined,
      asserts: entry.asserts === true,
      promises: entry.promises === true || throws,
      permits: entry.authorizes === 'returns' || throws,
      observed: observed !== undefined,
    };
  }

  /** A token that comes in the body or the path of a request was sent to the caller once: it stands for a credential. */
  private provenOutcome(call: ExternalValue, entry: CallEntry): CallMeaning['proves'] {
    if (entry.decodes !== undefined || readsOnly(call, entry)) return { kind: claimed, when: 'truthy' };
    if (entry.proves?.kind !== 'token') return entry.proves ?? this.provedByLookup(call, entry);
    // `passport.authenticate('local', (error, user) => …)`
    if (this.provedByGuard(call)?.credential) return { ...entry.proves, kind: 'credential' };
    const heads = inputHeads(call.call?.args[0], this.catalog);
    const isSentOnce =
      heads.size > 0 &&
      [...heads].every((head) => head === 'body' || head === 'params' || head === 'query' || head === 'args');
    return isSentOnce ? { ...entry.proves, kind: 'credential' } : entry.proves;
  }

  /** The token that a call reads without looking at its signature. */
  tokenReadBy(call: ExternalValue): Value | undefined {
    const entry = this.catalog.find(call.at);
    if (entry?.decodes !== undefined) return call.call?.args[entry.decodes];
    return entry && readsOnly(call, entry) ? call.call?.args[0] : tokenReadByHand(call);
  }

  /** A record that is found by what only the right caller knows: an API key, a reset token, a password. */
  private provedByLookup(call: ExternalValue, entry: CallEntry): CallMeaning['proves'] {
    if (!entry.data || entry.data.operation === 'create') return undefined;
    for (const { column, value } of boundColumns(call, entry.data)) {
      const input = inputOf(value, this.catalog) ?? this.digested(value);
      if (input === undefined) continue;
      // A list is there, whatever is in it.
      const when = throwsForNone.test(call.path) ? 'returns' : isForMany(call, entry.data) ? 'held' : 'truthy';
      const isSecret = column !== undefined && isSecretColumn(column);
      // The key of a session is nobody else's, and comes where credentials come, with every request.
      const kind = sentAs(input);
      // A key is its holder's, and the holder may be a program that acts for everybody.
      if (kind === 'session' && isSecret) return { kind: this.isOfLogins(call, entry.data) ? kind : 'api-key', when };
      if (kind && !isSecret && this.isOfSessions(call, entry.data)) return { kind, when };
      if (isSecret) return { kind: 'credential', when };
    }
    return undefined;
  }

  /** The part of the request that a value is a digest of: keys are kept as such. */
  digested(value: Value): string | undefined {
    if (value.kind !== 'external' || !value.call) return undefined;
    const entry = this.catalog.find(value.at);
    const from = entry?.derives ?? entry?.converts;
    if (from === undefined || from === 'arguments') return undefined;
    const source = from === 'receiver' ? value.receiver : value.call.args[from];
    const input = source && (inputOf(source, this.catalog) ?? this.digested(source));
    if (input !== undefined || from === 'receiver' || entry?.derives === undefined) return input;
    // `update(key).update(salt)`
    return value.receiver && this.digested(value.receiver);
  }

  /** What a value is a digest of, whoever it comes from. */
  sourceOfDigest(value: Value): Value | undefined {
    if (value.kind !== 'external' || !value.call) return undefined;
    const entry = this.catalog.find(value.at);
    const from = entry?.derives ?? entry?.converts;
    if (from === undefined || from === 'arguments') return undefined;
    const source = from === 'receiver' ? value.receiver : value.call.args[from];
    return source && (this.sourceOfDigest(source) ?? source);
  }

  /** `session:${token}`, or a digest of it: what is there was put there under what only the right caller sends. */
  private keyedBy(value: Value, depth: number): 'session' | 'credential' | 'api-key' | undefined {
    if (depth > limits.storeKeyDepth) return undefined;
    const parts = value.kind === 'text' ? value.parts : optionsOf(value).map((option) => option.value);
    const isOfKeys = value.kind === 'text' && parts.some((part) => /api[_:-]?key/i.test(textOf(part) ?? ''));
    for (const part of parts) {
      const input = part.kind === 'text' ? undefined : this.digested(part);
      const kind = input === undefined ? this.sentToStore(part) : sentAs(input);
      const found = kind ?? (part.kind === 'text' ? this.keyedBy(part, depth + 1) : undefined);
      if (found) return found === 'session' && isOfKeys ? 'api-key' : found;
    }
    return undefined;
  }

  /** What is kept under a cookie or a credential as it comes. */
  private sentToStore(value: Value): 'session' | undefined {
    const input = value.kind === 'text' ? undefined : inputOf(value, this.catalog);
    return input !== undefined && isCredentialInput(input) ? 'session' : undefined;
  }

  /** Whether what is looked up are sessions, tokens or API keys. */
  isOfSessions(call: ExternalValue, data: DataEntry): boolean {
    return entityNames(call, data, this.catalog).some((name) => /(session|token|api_?key)s?$/i.test(name));
  }

  /** Whether its records are sessions of people who have logged in. */
  private isOfLogins(call: ExternalValue, data: DataEntry): boolean {
    return entityNames(call, data, this.catalog).some((name) => /(session|login)s?$/i.test(name));
  }

  /** Whether it asks about the caller what the catalog knows nothing of: a store, another service. */
  asksAboutCaller(call: ExternalValue): boolean {
    const { entry, isCheck, isLookup } = this.known(call);
    return !entry && (isCheck || isLookup) && this.meaningOf(call)?.observed === true;
  }

  /** What a value means as a middleware. */
  guardOf(value: Value | undefined): GuardEntry | undefined {
    return value?.kind === 'external' ? this.catalog.find(value.at)?.guard : undefined;
  }

  /** What a value limits as a layer, or a call that is made or handed on. */
  limiterOf(value: ExternalValue): LimiterEntry | undefined {
    const own = this.catalog.find(value.at)?.limits;
    if (own ?? (!value.call || value.receiver?.kind !== 'external')) return own;
    // `limiter(req, res, next)`
    return value.at.parent === value.receiver.at ? this.catalog.find(value.receiver.at)?.limits : undefined;
  }

  /** Whether a call of something unknown is one of a limiter, by its name. */
  limitsByName(call: ExternalValue): true | undefined {
    return this.known(call).named === 'limit' || undefined;
  }

  /** What a call keeps for later, and how: in a log, as a record, or with whoever listens. */
  recordsOf(call: ExternalValue): CallEntry['records'] {
    const { entry, named } = this.known(call);
    return entry ? entry.records : named === 'record' ? 'event' : undefined;
  }

  /** Whether a call answers with 429, or makes an error that does. */
  refusesTooMany(call: ExternalValue): boolean {
    const { entry } = this.known(call);
    if (!entry) return false;
    if (entry.fails === 'itself') return statusNames.some((name) => isTooMany(propertyOf(call.receiver, name)));
    if (entry.fails !== undefined) return entry.fails === 'tooMany' || isTooMany(valueAt(call, entry.fails));
    if (entry.statuses !== undefined) return isTooMany(call.call?.args[entry.statuses]);
    const status = entry.status ?? entry.answers?.status;
    if (status) return isTooMany(valueAt(call, status));
    return entry.responds !== undefined && statusOf(call) === 429;
  }

  /** What a middleware of the catalog proves as it is configured here; `undefined` where it proves nothing. */
  provedByGuard(value: ExternalValue): { kind: string; credential: boolean; guessable: boolean } | undefined {
    const entry = this.guardOf(value);
    if (!entry?.proves) return undefined;
    const { openWhen, openFor, credentialFor, passwordFor } = entry;
    if (openWhen) {
      const option = valueAt(value, openWhen);
      if (option?.kind === 'literal' && option.value === openWhen.equals) return undefined;
    }
    const first = value.call?.args[0];
    const names = first?.kind === 'array' ? first.items.map(textOf) : [textOf(first)];
    if (names.some((name) => name !== undefined && openFor?.includes(name))) return undefined;
    const isAmong = (strategies: readonly string[] | undefined): boolean =>
      names.some(
        (name) =>
          name !== undefined &&
          strategies?.some((known) => name === known || name.startsWith(`${known}-`) || name.endsWith(`-${known}`)),
      );
    const isOfProject =
      passwordFor !== undefined &&
      names.some((name) => name !== undefined && this.shapes.some((shape) => shape.asksForPassword?.(name)));
    const credential = isOfProject || isAmong(credentialFor);
    const guessable = isOfProject || isAmong(passwordFor) || entry.proves === 'credential';
    return { kind: credential ? 'credential' : entry.proves, credential, guessable };
  }

  /** What holds behind a middleware or guard class of the catalog: who the caller is, what the caller may do. */
  proofsByGuard(value: ExternalValue, by: string): readonly Proof[] {
    const { origin } = value;
    const proved = this.provedByGuard(value);
    const permits = this.guardOf(value)?.permits;
    return [
      ...(proved ? [{ kind: proved.kind, origin, by, ...(proved.guessable ? { guessable: true } : {}) }] : []),
      ...(permits === undefined ? [] : [{ kind: 'policy', permits: true, name: permits, origin, by }]),
    ];
  }

  /** Whether a call asks what the caller may do, or its result holds the answer. */
  isQuestion(value: ExternalValue): boolean {
    const { receiver } = value;
    if (value.call) return this.catalog.find(value.at)?.authorizes !== undefined;
    return receiver?.kind === 'external' && this.catalog.find(receiver.at)?.answersIn !== undefined;
  }

  /** Whether a question is answered by some record's rule, and not by that of one record. */
  asksOfAnyRecord(question: ExternalValue): boolean {
    return this.shapes.some((shape) => shape.asksOfAnyRecord?.(question) === true);
  }

  private readonly attached = new Map<string, string | undefined>();

  provedBy({ path }: ExternalValue): string | undefined {
    if (!path.startsWith('express#')) return undefined;
    const known = this.attached.get(path);
    if (known !== undefined || this.attached.has(path)) return known;
    const kind = this.attachedAt(path);
    this.attached.set(path, kind);
    return kind;
  }

  private attachedAt(path: string): string | undefined {
    const [root = '', head = '', next = ''] = path.split(/[#.]/).slice(1);
    if (root === 'Response') return head === 'locals' && next !== '' ? 'attached' : undefined;
    if (root !== 'Request' || head === '' || head.endsWith('()')) return undefined;
    if (head === 'session') return next !== '' && !sessionStandard.test(next) ? 'session' : undefined;
    return requestInputs.has(head) || requestStandard.has(head) ? undefined : 'attached';
  }

  isSetting(value: Value): boolean {
    const options = optionsOf(value).filter(
      (option) => option.value.kind !== 'undefined' && option.value.kind !== 'literal',
    );
    return options.length > 0 && options.every((option) => this.isSettingItself(option.value));
  }

  private isSettingItself(value: Value): boolean {
    if (value.kind === 'union') return this.isSetting(value);
    if (value.kind !== 'external') return false;
    if (value.path.startsWith('global#process.env.')) return true;
    if (value.call) {
      const entry = this.catalog.find(value.at);
      if (entry?.data?.operation === 'read')
        return (
          inputOf({ kind: 'array', items: [...value.call.args], open: false, origin: value.origin }, this.catalog) ===
            undefined && !this.mentionsCaller(value.call.args, 0)
        );
      if (/^global#(!|Boolean|[=!]==?)\(\)$/.test(value.path))
        return value.call.args.every(
          (arg) => arg.kind === 'literal' || arg.kind === 'undefined' || this.isSetting(arg),
        );
      return false;
    }
    return value.receiver !== undefined && this.isSettingItself(value.receiver);
  }

  /** Whether something in a query's arguments comes from the request or from what a guard has attached to it. */
  private mentionsCaller(values: readonly Value[], depth: number): boolean {
    return values.some((value) => {
      if (depth > limits.callerArgumentDepth) return true;
      switch (value.kind) {
        case 'object':
          return this.mentionsCaller([...value.properties.values(), ...value.spread], depth + 1);
        case 'array':
          return this.mentionsCaller(value.items, depth + 1);
        case 'union':
          return this.mentionsCaller(
            value.options.map((option) => option.value),
            depth + 1,
          );
        case 'text':
          return this.mentionsCaller(value.parts, depth + 1);
        case 'literal':
        case 'undefined':
          return false;
        case 'external':
          return !value.path.startsWith('global#process.env.');
        default:
          return true;
      }
    });
  }

  provedByEquality(left: Value, right: Value): readonly Grant[] {
    for (const shape of this.comparing) shape.compare?.(left, right);
    const grants: Grant[] = [];
    const inputs = [inputOf(left, this.catalog), inputOf(right, this.catalog)];
    const index = inputs[0] !== undefined ? 0 : 1;
    const input = inputs[index];
    if (input !== undefined && inputs[1 - index] === undefined) {
      const other = index === 0 ? right : left;
      const asks = index === 0 ? left : right;
      const kind = this.knownOnlyToCaller(other, this.claimIn(asks) ?? input);
      // Two values that are both missing are equal as well.
      const bothMissing =
        kind === 'attached' && !/^params\b/.test(input) && (mayBeMissing(other) || bothUnset(asks, other));
      if (kind !== undefined && !bothMissing) grants.push({ kind, about: [left, right] });
    }
    const permission = permittedByEquality(left, right, this);
    if (permission) grants.push(permission);
    return grants;
  }

  isInput(value: ExternalValue): boolean {
    return !value.call && requestPart.test(value.path) && inputOf(value, this.catalog) !== undefined;
  }

  permittedBy(value: Value): Permission | undefined {
    if (value.kind !== 'external') return permittedBy(value, this);
    const { answers } = value;
    if (answers.permission === undefined) answers.permission = permittedBy(value, this) ?? null;
    return answers.permission ?? undefined;
  }

  aboutOf(call: ExternalValue): readonly Value[] {
    const { data, about } = this.catalog.find(call.at) ?? {};
    if (about) return [call, ...about.flatMap((position) => valueAt(call, position) ?? [])];
    return [call, ...(data ? boundColumns(call, data).map((bound) => bound.value) : (call.call?.args ?? []))];
  }

  /** The name of a claim of a token: the token is the secret, and not what it says. */
  private claimIn(value: Value): string | undefined {
    for (let current: Value | undefined = value; current?.kind === 'external'; current = current.receiver) {
      if (!current.call) continue;
      const entry = this.catalog.find(current.at);
      const readsToken = entry?.decodes !== undefined || entry?.proves?.kind === 'token';
      return readsToken && current !== value && value.kind === 'external'
        ? value.path.slice(value.path.lastIndexOf('.') + 1)
        : undefined;
    }
    return undefined;
  }

  private knownOnlyToCaller(other: Value, input: string): string | undefined {
    for (const option of optionsOf(other)) {
      const { value } = option;
      if (value.kind === 'text') {
        const inner = value.parts
          .map((part) => (part.kind === 'literal' ? undefined : this.knownOnlyToCaller(part, input)))
          .find(Boolean);
        if (inner) return inner;
      }
      if (value.kind === 'literal') {
        if (typeof value.value === 'string' && value.value !== '' && isSecretColumn(input)) return 'api-key';
        continue;
      }
      if (value.kind !== 'external') continue;
      if (/^global#process\.env\.(.*_)?KEY$/.test(value.path)) return 'api-key';
      if (value.path.startsWith('global#process.env.') && isSecretColumn(value.path + input)) return 'api-key';
      if (/config/i.test(value.path) && value.call && isSecretColumn(textOf(value.call.args[0]) ?? ''))
        return 'api-key';
      if (/createHmac|\.digest\(\)/.test(value.path)) return 'signature';
      if (this.provedBy(value)) return 'attached';
      const last = value.path.slice(value.path.lastIndexOf('.') + 1);
      for (let current: Value | undefined = value.receiver; current?.kind === 'external'; current = current.receiver) {
        if (current.call && this.catalog.find(current.at)?.data && isSecretColumn(last)) return 'credential';
      }
    }
    return undefined;
  }

  evaluateMember(object: ExternalValue, name: string, origin: Origin): Value | undefined {
    for (const shape of this.known(object).members) {
      const value = shape.evaluateMember?.(object, name, origin, this.interpreter);
      if (value) return value;
    }
    return undefined;
  }

  keptOn(object: ExternalValue, name: string): ExternalValue | undefined {
    for (const shape of this.keeping) {
      const keeper = shape.keptOn?.(object, name);
      if (keeper) return keeper;
    }
    return undefined;
  }

  evaluateSpread(value: ExternalValue): Value | undefined {
    for (const shape of this.spreading) {
      const object = shape.evaluateSpread?.(value, this.interpreter);
      if (object) return object;
    }
    return undefined;
  }

  evaluateCall(call: ExternalValue): Value | undefined {
    const { calls, entry } = this.known(call);
    for (const shape of calls) {
      const value = shape.evaluateCall?.(call, this.interpreter);
      if (value) return value;
    }
    if (entry?.gives) {
      const part = externalValue(entry.gives, call.origin);
      return entry.promises ? pendingValue({ value: part, flow: this.interpreter.flow }, call.origin) : part;
    }
    if (entry?.produces) return externalValue(entry.produces, call.origin, call.receiver, call.call);
    const next = call.call?.args.find((arg) => arg.kind === 'native' && arg.name === 'next');
    if (next?.kind === 'native' && call.receiver?.kind === 'external' && this.guardOf(call.receiver)) {
      const proved = this.provedByGuard(call.receiver);
      const before = this.interpreter.flow;
      const hasCallback = call.receiver.call?.args.some((arg) => arg.kind === 'function');
      const guard = this.guardOf(call.receiver);
      const asks = guard?.asks && valueAt(call.receiver, guard.asks) !== undefined;
      if (before && !asks && !(hasCallback && guard?.decidesIn)) {
        if (proved) {
          this.interpreter.flow = {
            proofs: [...before.proofs, { kind: proved.kind, origin: call.origin, by: call.receiver.path }],
          };
        }
        next.call([], call.origin);
        this.interpreter.flow = before;
      }
    }
    return undefined;
  }

  inject(parameter: ParameterFacts, owner: ClassValue): Value | undefined {
    for (const shape of this.injecting) {
      const value = shape.inject?.(parameter, owner, this.interpreter);
      if (value) return value;
    }
    return undefined;
  }

  globalOf(name: string): Value | undefined {
    for (const shape of this.naming) {
      const value = shape.globalOf?.(name, this.interpreter);
      if (value) return value;
    }
    return undefined;
  }

  keeps(path: string): boolean {
    let answer = this.kept.get(path);
    if (answer === undefined) {
      answer = nodeServers.has(path) || this.keepers.some((keeper) => keeper.keeps(path));
      this.kept.set(path, answer);
    }
    return answer;
  }

  private readonly kept = new Map<string, boolean>();

  describes(module: string, name: string, member?: string): boolean {
    const { described } = this.catalog;
    // Asked for every name of every module, and few projects describe any.
    if (described.size === 0) return false;
    const path = member === undefined ? `${module}#${name}` : `${module}#${name}.${member}`;
    return described.has(path) || described.has(`${path}()`);
  }

  packageOf(specifier: string, imported: string): string {
    // A generated Prisma client is imported from wherever its generator writes it.
    if (/^(PrismaClient|Prisma)$/.test(imported) && /prisma|client|generated/i.test(specifier)) return '@prisma/client';
    if (specifier.startsWith('.prisma/')) return '@prisma/client';
    return specifier;
  }
}

function isCheckCall(path: AccessPath): boolean {
  return isNamed(path, checkName);
}

/** Whether the function of a package that is called has such a name. */
function isNamed(path: AccessPath, names: RegExp): boolean {
  if (path.root.step === 'global#' || path.root.step === 'express#') return false;
  return names.test(nameOf(path));
}

/** Words for what limits, and for what keeps or hands on what happened, in names of functions that nobody can look into. */
const limiting = /rate_?-?limit|limiter|throttl|brute|lock_?out|captcha|turnstile|arcjet|too_?many/i;
const recording =
  /audit|history|activit|telemetry|journal|trail|analytics|event|queue|kafka|amqp|^(emit|publish|dispatch|track|record)|^(p?set(ex|nx)?|hm?set|[sz]add|[lr]push|xadd)$/i;

function nameOfUnknown(path: AccessPath): 'limit' | 'record' | undefined {
  const { root, parent: method } = path;
  if (!path.isCall || !method || root.step === 'global#' || root.step === 'express#') return undefined;
  const object = method.parent;
  const isNamed = (words: RegExp): boolean =>
    words.test(method.step) || (object !== undefined && words.test(object.step)) || words.test(root.step);
  return isNamed(limiting) ? 'limit' : isNamed(recording) ? 'record' : undefined;
}

/** Where credentials come with every request, or under a name of one: what is sent there is nobody else's. */
function sentAs(input: string): 'session' | 'credential' | undefined {
  if (/^(headers|cookies|signedCookies)\b/.test(input)) return isPlainHeader(input) ? undefined : 'session';
  return isSecretColumn(input.slice(input.lastIndexOf('.') + 1)) ? 'credential' : undefined;
}

/** `decode(token, key, true)` */
function readsOnly(call: ExternalValue, { readsOnlyWhen }: CallEntry): boolean {
  const value = readsOnlyWhen && valueAt(call, readsOnlyWhen);
  return value?.kind === 'literal' && value.value === readsOnlyWhen?.equals;
}

function mayBeMissing(value: Value): boolean {
  return optionsOf(value).some((option) => option.value.kind === 'undefined');
}

/** `req.body.code === req.session.code`: nobody has written either. A member of what a guard attached would throw. */
function bothUnset(input: Value, other: Value): boolean {
  return (
    input.kind === 'external' &&
    !input.call &&
    other.kind === 'external' &&
    /^express#Request\.session\.\w+$/.test(other.path)
  );
}

function passedBy(call: ExternalValue, passes: string): Value {
  if (passes === 'receiver') return call.receiver ?? { kind: 'unknown' };
  if (passes === 'nothing') return undefinedValue;
  return externalValue(passes, call.origin, call.receiver, { args: [], construct: true });
}
