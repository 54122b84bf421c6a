/** One subject of the generated back end: every name in its files comes from here. */
export interface Feature {
  /** `wholesale-order`. */
  readonly file: string;
  /** `WholesaleOrder`. */
  readonly type: string;
  /** `wholesaleOrder`. */
  readonly variable: string;
  readonly fields: readonly Field[];
  /** Two subjects before it that its code calls; the first calls itself. */
  readonly neighbours: readonly FeatureName[];
  /** Whether its routes ask who is there. */
  readonly isGuarded: boolean;
  readonly identifier: 'sequential' | 'random';
}

export type FeatureName = Pick<Feature, 'file' | 'type' | 'variable'>;

export interface Field {
  readonly name: string;
  readonly type: 'string' | 'number' | 'boolean' | 'Date';
}

const qualifiers = [
  '',
  'wholesale',
  'retail',
  'partner',
  'archived',
  'draft',
  'recurring',
  'internal',
  'regional',
  'bulk',
];
const nouns =
  'order invoice shipment customer product warehouse payment refund coupon review supplier contract ticket message address ' +
  'parcel category price campaign report employee vehicle route-plan stock-item return-label gift-card wishlist ' +
  'subscription audit-note webhook';
const subjects = nouns
  .split(' ')
  .flatMap((noun) => qualifiers.map((qualifier) => `${qualifier}-${noun}`.replace(/^-/, '')));

const fieldPool: readonly Field[] = [
  { name: 'title', type: 'string' },
  { name: 'status', type: 'string' },
  { name: 'reference', type: 'string' },
  { name: 'currency', type: 'string' },
  { name: 'description', type: 'string' },
  { name: 'amount', type: 'number' },
  { name: 'quantity', type: 'number' },
  { name: 'priority', type: 'number' },
  { name: 'isActive', type: 'boolean' },
  { name: 'isVisible', type: 'boolean' },
  { name: 'dueAt', type: 'Date' },
  { name: 'confirmedAt', type: 'Date' },
  { name: 'contactName', type: 'string' },
  { name: 'discount', type: 'number' },
];

/** The subject with this number, always the same. */
export function createFeature(index: number): Feature {
  const start = (index * 5) % fieldPool.length;
  const fields = [...fieldPool.slice(start), ...fieldPool.slice(0, start)].slice(0, 7 + (index % 5));
  return {
    ...nameOf(index),
    fields,
    neighbours: [nameOf(Math.max(0, index - 1)), nameOf(Math.floor(index / 2))],
    isGuarded: index % 3 !== 0,
    identifier: index % 2 === 0 ? 'sequential' : 'random',
  };
}

/** Unique for each number: past the last subject, the same ones come again as `order-v2`. */
function nameOf(index: number): FeatureName {
  const edition = Math.floor(index / subjects.length) + 1;
  const subject = subjects[index % subjects.length] ?? '';
  const file = edition === 1 ? subject : `${subject}-v${edition}`;
  const type = file.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return { file, type, variable: type.charAt(0).toLowerCase() + type.slice(1) };
}
