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
}

export const emptyFlow: Flow = { proofs: [] };

export function withProof(flow: Flow, proof: Proof | undefined): Flow {
  if (!proof || flow.proofs.includes(proof)) return flow;
  return { proofs: [...flow.proofs, proof] };
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
  const onlyA = a.proofs.filter((proof) => !b.proofs.includes(proof));
  const onlyB = b.proofs.filter((proof) => !a.proofs.includes(proof));
  if (onlyA.length === 0) return a;
  if (onlyB.length > 0) return a;
  return b;
}
