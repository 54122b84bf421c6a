import { conditionsSince, sharedCondition, type Condition } from './condition.js';
import type { Origin, Value } from './value.js';

/** What a test or a call says of the caller, before it is known where. */
export interface Grant {
  /** Who: `token`, `session`, `api-key`, `credential`, `second-factor`, `signature`, `attached`. What: `owner`, `role`, `policy`. */
  readonly kind: string;
  /** Whom or what it is about: the claims of a token, the record whose password was checked, what was compared with the caller. */
  readonly about?: readonly Value[];
  /** It says what the caller may do, and not who the caller is. */
  readonly permits?: boolean;
  /** For a permission, what was asked for: `admin`. */
  readonly name?: string;
  /** What was asked for can be guessed: a password, a short code. */
  readonly guessable?: boolean;
}

/** Something that is known of the caller at a point of the program. */
export interface Proof extends Grant {
  readonly origin: Origin;
  /** What proves it, for a person: `jwt.verify`. */
  readonly by: string;
  /** For a token that is merely claimed: other ways verify one, and this one goes around that. */
  readonly hole?: boolean;
  /** The test that gave it and the side it holds on, where either side of the test may be the one that permits. */
  readonly side?: { readonly of: object; readonly truthy: boolean };
}

/** Whether it says who the caller is. What the caller merely claims says nothing. */
export function identifies(proof: Proof): boolean {
  return proof.permits !== true && proof.kind !== claimed && proof.kind !== linked && proof.kind !== undecided;
}

/** Two records belong to the same one, whoever that is: what holds of the one holds of the other. */
export const linked = 'linked';

/** There is a token, and nobody has verified it. */
export const claimed = 'claimed';

/** Something was asked that nobody can look into, and it let the caller on: who that is may be known, or not. */
export const undecided = 'undecided';

/** What holds on every path to a point. A point that no path reaches has no flow at all. */
export interface Flow {
  readonly proofs: readonly Proof[];
  /** The tests that decided that this point is reached, the innermost first. */
  readonly condition?: Condition | undefined;
  /** Sides taken at conditions that ask for a setting and not for anything of the request, each an object of its own. */
  readonly settings?: readonly object[] | undefined;
}

export const emptyFlow: Flow = { proofs: [], condition: undefined, settings: undefined };

export function withProof(flow: Flow, proof: Proof | undefined): Flow {
  if (!proof || flow.proofs.includes(proof)) return flow;
  return flowOf([...flow.proofs, proof], flow.condition, flow.settings);
}

export function withProofs(flow: Flow, proofs: readonly Proof[]): Flow {
  let result = flow;
  for (const proof of proofs) result = withProof(result, proof);
  return result;
}

/**
 * What holds whichever of the paths was taken. Where each path proved something, though not the same, one thing or
 * the other is proved: the proofs of one path stand for that. Who the caller is and what the caller may do are
 * different questions, each with an answer of its own.
 */
export function joinFlows(flows: readonly (Flow | undefined)[]): Flow | undefined {
  let joined: Flow | undefined;
  for (const flow of flows) joined = joined && flow ? joinTwo(joined, flow) : (joined ?? flow);
  return joined;
}

function joinTwo(a: Flow, b: Flow): Flow {
  if (a === b) return a;
  const settings = a.settings && b.settings ? a.settings.filter((setting) => b.settings?.includes(setting)) : none;
  return flowOf(sharedProofs(a.proofs, b.proofs), sharedCondition(a.condition, b.condition), settings);
}

const none: readonly never[] = [];

/** Flows are made and read all the time: all of them have the same members. */
function flowOf(
  proofs: readonly Proof[],
  condition: Condition | undefined,
  settings: readonly object[] | undefined,
): Flow {
  return { proofs, condition, settings: settings && settings.length > 0 ? settings : undefined };
}

export function withCondition({ proofs, settings }: Flow, condition: Condition): Flow {
  return flowOf(proofs, condition, settings);
}

/** A proof that one way gives and another one goes without. */
export interface Bypass {
  readonly proof: Proof;
  /** The tests that lead onto the way without it. */
  readonly around: readonly Condition[];
  /** The tests that lead onto the way that gives it. */
  readonly towards: readonly Condition[];
}

/** What was proved on some of the ways that were joined, and is not known any more behind them. */
export function bypassesOf(flows: readonly (Flow | undefined)[], joined: Flow | undefined): readonly Bypass[] {
  if (!joined || !proveMore(flows, joined)) return none;
  const found: Bypass[] = [];
  for (const flow of flows) {
    for (const proof of flow?.proofs ?? []) {
      if (!identifies(proof) || joined.proofs.includes(proof) || found.some((item) => item.proof === proof)) continue;
      const towards = conditionsSince(flow?.condition, joined.condition);
      for (const other of flows) {
        if (!other || other.proofs.includes(proof) || makesUpFor(other, proof, joined)) continue;
        found.push({ proof, around: conditionsSince(other.condition, joined.condition), towards });
      }
    }
  }
  return found;
}

/** Which of two proofs is asked for may be anybody's choice: nobody gets around both. A second factor is no other proof's match. */
function makesUpFor({ proofs }: Flow, { kind }: Proof, joined: Flow): boolean {
  return kind !== 'second-factor' && proofs.some((other) => standsForCaller(other) && !joined.proofs.includes(other));
}

function proveMore(flows: readonly (Flow | undefined)[], joined: Flow): boolean {
  for (const flow of flows) if (flow && flow.proofs.length > joined.proofs.length) return true;
  return false;
}

function sharedProofs(a: readonly Proof[], b: readonly Proof[]): readonly Proof[] {
  if (a === b || a.length === 0) return a;
  const onlyA = a.filter((proof) => !b.includes(proof));
  if (onlyA.length === 0) return a;
  const onlyB = b.filter((proof) => !a.includes(proof));
  if (onlyB.length === 0) return b;
  const kept = [...eitherCaller(onlyA, onlyB), ...eitherPermission(onlyA.filter(permits), onlyB.filter(permits))];
  return [...a.filter((proof) => b.includes(proof)), ...kept];
}

/**
 * A verification that one way goes around by reading the token only has a hole, and still asks for a token: the hole
 * is a finding of its own.
 */
function eitherCaller(a: readonly Proof[], b: readonly Proof[]): readonly Proof[] {
  const [provedA, provedB] = [a.filter(standsForCaller), b.filter(standsForCaller)];
  if (provedA.length > 0 && provedB.length > 0) return either(provedA, provedB);
  const isClaim = (proof: Proof): boolean => proof.kind === claimed;
  const hole = (claims: readonly Proof[]): readonly Proof[] => claims.map((proof) => ({ ...proof, hole: true }));
  const [askedA, askedB] = [a.filter(isUndecided), b.filter(isUndecided)];
  if (provedA.length > 0 && askedB.length > 0) return askedB;
  if (provedB.length > 0 && askedA.length > 0) return askedA;
  if (askedA.length > 0 && askedB.length > 0) return askedA;
  if (provedA.length > 0) return b.some(isClaim) ? [...provedA, ...hole(b.filter(isClaim))] : [];
  if (provedB.length > 0) return a.some(isClaim) ? [...provedB, ...hole(a.filter(isClaim))] : [];
  return either(a.filter(isClaim), b.filter(isClaim));
}

export function isUndecided({ kind }: Proof): boolean {
  return kind === undecided;
}

/** A second factor adds to another proof, and nothing makes up for it. */
function standsForCaller(proof: Proof): boolean {
  return identifies(proof) && proof.kind !== 'second-factor';
}

function either(a: readonly Proof[], b: readonly Proof[]): readonly Proof[] {
  if (a.length === 0 || b.length === 0) return [];
  // One record's owner or an administrator: for that record both will do, for any other one only the second.
  return b.some((proof) => proof.kind === 'owner') && !a.some((proof) => proof.kind === 'owner') ? b : a;
}

/** Whether it says what the caller may do. */
export function permits(proof: Proof): boolean {
  return proof.permits === true;
}

/**
 * What a test permits on one of its sides is worth nothing where the other side goes on as well, unless something else
 * permits it there: `if (!hasRole && order.userId !== user.id) throw`.
 */
function eitherPermission(a: readonly Proof[], b: readonly Proof[]): readonly Proof[] {
  const ownA = a.filter((proof) => !hasOtherSide(proof, b));
  const ownB = b.filter((proof) => !hasOtherSide(proof, a));
  if (ownA.length === 0 && ownB.length === 0) return [];
  return either(ownA.length > 0 ? ownA : a, ownB.length > 0 ? ownB : b);
}

function hasOtherSide({ side }: Proof, others: readonly Proof[]): boolean {
  return side !== undefined && others.some((item) => item.side?.of === side.of && item.side.truthy !== side.truthy);
}

/** On one side of a condition that asks for a setting. */
export function withSetting(flow: Flow): Flow {
  return { ...flow, settings: [...(flow.settings ?? []), {}] };
}

/** Of alternatives whose last test each asks for a setting, one or the other holds. */
export function eitherSetting(
  joined: Flow | undefined,
  alternatives: readonly (readonly [before: Flow | undefined, after: Flow | undefined])[],
): Flow | undefined {
  return joined &&
    alternatives.every(([before, after]) => (after?.settings?.length ?? 0) > (before?.settings?.length ?? 0))
    ? withSetting(joined)
    : joined;
}

/**
 * What holds where a guard lets a request on. Ways that only a setting opens, and the caller cannot, do not count
 * beside ways that prove something: the guard can be switched off. Who the caller is and what the caller may do can
 * be switched off each by itself. A way that asks who the caller is, and no more, switches no permission off: it is
 * another mode of the guard, in which every known caller gets through.
 */
export function passedBy(
  flows: readonly Flow[],
  before: readonly Proof[],
): { readonly flow: Flow | undefined; readonly switchedOff: boolean } {
  const isNew = (proof: Proof): boolean => !before.includes(proof);
  const identified = withoutSwitch(flows, (proof) => identifies(proof) && isNew(proof));
  const permitted = withoutSwitch(
    flows,
    (proof) => permits(proof) && isNew(proof),
    (proof) => identifies(proof) && isNew(proof),
  );
  const flow = joinFlows(identified ?? flows);
  const permissions = permitted && joinFlows(permitted)?.proofs.filter(permits);
  return {
    flow: flow && permissions ? withProofs(flow, permissions) : flow,
    switchedOff: (identified ?? permitted) !== undefined,
  };
}

/** The ways that prove something, where every other one proves nothing `instead` and is opened by a setting that none of them is behind. */
function withoutSwitch(
  flows: readonly Flow[],
  proves: (proof: Proof) => boolean,
  instead: (proof: Proof) => boolean = () => false,
): readonly Flow[] | undefined {
  const proved = flows.filter(({ proofs }) => proofs.some(proves));
  if (proved.length === 0 || proved.length === flows.length) return undefined;
  const isSwitch = ({ proofs, settings }: Flow): boolean =>
    !proofs.some(instead) &&
    (settings?.some((setting) => !proved.some((other) => other.settings?.includes(setting))) ?? false);
  return flows.every((flow) => proved.includes(flow) || isSwitch(flow)) ? proved : undefined;
}
