/** What has to be reached. A quantity that has no bar is shown without one. */
export type Quantity =
  | 'cold'
  | 'warm'
  | 'one changed'
  | 'eslint cold'
  | 'eslint warm'
  | 'eslint cold, 2 threads'
  | 'eslint warm, 2 threads'
  | 'keystroke'
  | 'memory'
  | 'growth';

/** Some bars are for one size of a project only, in files. */
interface Bar {
  readonly atMost: number;
  readonly files?: number;
}

const bars: Readonly<Record<Quantity, readonly Bar[]>> = {
  cold: [{ atMost: 1.9, files: 10_000 }],
  warm: [{ atMost: 0.4 }],
  'one changed': [{ atMost: 0.5 }],
  'eslint cold': [{ atMost: 1.35, files: 2000 }],
  'eslint warm': [{ atMost: 1.25, files: 2000 }],
  'eslint cold, 2 threads': [{ atMost: 1.35, files: 2000 }],
  'eslint warm, 2 threads': [{ atMost: 1.35, files: 2000 }],
  keystroke: [
    { atMost: 50, files: 2000 },
    { atMost: 100, files: 10_000 },
  ],
  memory: [{ atMost: 450, files: 10_000 }],
  growth: [{ atMost: 5.5, files: 10_000 }],
};

/** The most that a quantity may be in a project of this size; `undefined` where nothing is asked for. */
export function barOf(quantity: Quantity, files: number): number | undefined {
  return bars[quantity].find((bar) => bar.files === undefined || bar.files === files)?.atMost;
}
