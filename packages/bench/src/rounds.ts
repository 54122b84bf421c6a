import type { Measurement } from './measure-process.js';
import { median } from './median.js';

/** Something that is measured several times. */
export interface Contender {
  readonly name: string;
  /** Before each run, and not measured. */
  readonly prepare?: () => void;
  readonly run: () => Measurement;
}

/**
 * What several contenders took that ran by turns, so that a disturbance of the machine meets all of them: each of them
 * once, then each once more, and so on.
 */
export class Rounds {
  readonly #measurements = new Map<string, Measurement[]>();

  constructor(
    runs: number,
    contenders: readonly Contender[],
    tell: (name: string, round: number) => void = () => undefined,
  ) {
    for (let round = 1; round <= runs; round += 1) {
      for (const { name, prepare, run } of contenders) {
        tell(name, round);
        prepare?.();
        this.#measurements.set(name, [...(this.#measurements.get(name) ?? []), run()]);
      }
    }
  }

  of(name: string): readonly Measurement[] {
    const found = this.#measurements.get(name);
    if (found === undefined) throw new RangeError(`${name} was not measured.`);
    return found;
  }

  median(name: string, quantity: 'seconds' | 'cpuSeconds' | 'mebibytes'): number {
    return median(this.of(name).map((measurement) => measurement[quantity]));
  }

  /** Median of `subject / reference`, round by round. */
  ratio(subject: string, reference: string, quantity: 'seconds' | 'cpuSeconds' = 'seconds'): number {
    const references = this.of(reference);
    return median(
      this.of(subject).map(
        (measurement, round) => measurement[quantity] / (references[round]?.[quantity] ?? Number.NaN),
      ),
    );
  }
}
