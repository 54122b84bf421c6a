import type { Origin } from './value.js';

/** Something that is known of the caller at a point of the program. */
export interface Proof {
  /** `token`, `session`, `api-key`, `credential`, `signature`, `attached`. */
  readonly kind: string;
  readonly origin: Origin;
  /** What proves it, for a person: `jwt.verify`. */
  readonly by: string;
}

/** What holds on every path to a point. A point that no path reaches has no flow at all. */
export interface Flow {
  readonly proofs: readonly Proof[];
  /** Sides taken at conditions that ask for a setting and not for anything of the request, each an object of its own. */
  readonly settings?: readonly object[];
}

export const emptyFlow: Flow = { proofs: [] };

export function withProof(flow: Flow, proof: Proof | undefined): Flow {
  if (!proof || flow.proofs.includes(proof)) return flow;
  return { ...flow, proofs: [...flow.proofs, proof] };
}

export function withProofs(flow: Flow, proofs: readonly Proof[]): Flow {
  let result = flow;
  for (const proof of proofs) result = withProof(result, proof);
  return result;
}

/**
 * What holds whichever of the paths was taken. Where each path proved something, though not the same, one thing or
 * the other is proved: the first path's proofs stand for that, as nobody asks which.
 */
export function joinFlows(flows: readonly (Flow | undefined)[]): Flow | undefined {
  let joined: Flow | undefined;
  for (const flow of flows) joined = joined && flow ? joinTwo(joined, flow) : (joined ?? flow);
  return joined;
}

function joinTwo(a: Flow, b: Flow): Flow {
  if (a === b) return a;
  const settings = a.settings?.filter((setting) => b.settings?.includes(setting));
  const proofs = sharedProofs(a.proofs, b.proofs);
  return settings && settings.length > 0 ? { proofs, settings } : { proofs };
}

function sharedProofs(a: readonly Proof[], b: readonly Proof[]): readonly Proof[] {
  const onlyA = a.filter((proof) => !b.includes(proof));
  if (onlyA.length === 0) return a;
  return b.every((proof) => a.includes(proof)) ? b : a;
}

/** On one side of a condition that asks for a setting. */
export function withSetting(flow: Flow): Flow {
  return { ...flow, settings: [...(flow.settings ?? []), {}] };
}

/** Of alternatives that each ask for a setting, one or the other holds. */
export function eitherSetting(
  joined: Flow | undefined,
  before: Flow,
  alternatives: readonly (Flow | undefined)[],
): Flow | undefined {
  const known = before.settings?.length ?? 0;
  return joined && alternatives.every((flow) => flow && (flow.settings?.length ?? 0) > known)
    ? withSetting(joined)
    : joined;
}

/**
 * What holds where a guard lets a request on. Ways that only a setting opens, and the caller cannot, do not count
 * beside ways that prove something: the guard can be switched off.
 */
export function passedBy(
  flows: readonly Flow[],
  before: readonly Proof[],
): { readonly flow: Flow | undefined; readonly switchedOff: boolean } {
  const proved = flows.filter((flow) => flow.proofs.some((proof) => !before.includes(proof)));
  const bare = flows.filter((flow) => !proved.includes(flow));
  const isSwitch = (flow: Flow): boolean =>
    flow.settings?.some((setting) => !proved.some((other) => other.settings?.includes(setting))) ?? false;
  const switchedOff = proved.length > 0 && bare.length > 0 && bare.every(isSwitch);
  return { flow: joinFlows(switchedOff ? proved : flows), switchedOff };
}
