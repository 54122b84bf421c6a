import type { Measurement } from './measure-process.js';

/** Two programs over the same files, run by turns so that a disturbed machine disturbs both. */
export interface Comparison {
  readonly floor: readonly Measurement[];
  readonly subject: readonly Measurement[];
  /** Median of `subject / floor`, pair by pair. */
  readonly ratio: number;
}

export function compare(runs: number, runFloor: () => Measurement, runSubject: () => Measurement): Comparison {
  const floor: Measurement[] = [];
  const subject: Measurement[] = [];
  const ratios: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const a = runFloor();
    const b = runSubject();
    floor.push(a);
    subject.push(b);
    ratios.push(b.seconds / a.seconds);
  }
  return { floor, subject, ratio: median(ratios) };
}

/** The middle one; of an even number, the mean of the two in the middle. Not a number where there is none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low = Number.NaN, high = Number.NaN] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return (low + high) / 2;
}
