/** One subject of the generated back end: every name in its files comes from here. */
export interface Feature extends FeatureName {
  readonly index: number;
  /** Which application serves it over HTTP, if any. */
  readonly servedBy: Server;
  readonly fields: readonly Field[];
  /** Two subjects before it, of the same application, that its code calls; the first calls itself. */
  readonly neighbours: readonly FeatureName[];
  /** A subject of the library that it uses. */
  readonly library: FeatureName | undefined;
  /** Whether its routes ask who is there. */
  readonly isGuarded: boolean;
  readonly identifier: 'sequential' | 'random';
}

export interface FeatureName {
  /** `wholesale-order`. */
  readonly file: string;
  /** `WholesaleOrder`. */
  readonly type: string;
  /** `wholesaleOrder`. */
  readonly variable: string;
}

export type Server = 'nest' | 'express' | 'nothing';

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
  { name: 'warehouseCode', type: 'string' },
  { name: 'weightGrams', type: 'number' },
  { name: 'isFragile', type: 'boolean' },
  { name: 'expiresAt', type: 'Date' },
];

/** Of five subjects, three belong to NestJS, one to Express and one to the library that both use. */
const servers: readonly Server[] = ['nest', 'express', 'nest', 'nest', 'nothing'];

/** The subject with this number, always the same. */
export function createFeature(index: number): Feature {
  const start = (index * 5) % fieldPool.length;
  const fields = [...fieldPool.slice(start), ...fieldPool.slice(0, start)];
  const servedBy = serverOf(index);
  const library = findBefore(index, 'nothing');
  return {
    ...nameOf(index),
    index,
    servedBy,
    fields: fields.slice(0, 3 + Math.min(13, extentOf(index, 0))),
    neighbours: [nameOf(sameBefore(index, index - 1)), nameOf(sameBefore(index, Math.floor(index / 2)))],
    library: library === undefined || library === index ? undefined : nameOf(library),
    isGuarded: index % 3 !== 0,
    identifier: index % 2 === 0 ? 'sequential' : 'random',
  };
}

/**
 * How much there is of something in a file. Files of real projects are small for the most part and large in a few cases;
 * of 16 subjects in a row each has another size for the same kind, so that the mean of a project hardly depends on its size.
 */
export function extentOf(index: number, kind: number): number {
  return extents[(index * 11 + kind * 7) % extents.length] ?? 1;
}

const extents = [1, 1, 1, 2, 2, 3, 3, 4, 5, 6, 7, 9, 12, 17, 26, 45];

function serverOf(index: number): Server {
  return servers[index % servers.length] ?? 'nothing';
}

/** The last subject of the same application up to `limit`, or the subject itself. */
function sameBefore(index: number, limit: number): number {
  return findBefore(limit, serverOf(index)) ?? index;
}

function findBefore(limit: number, server: Server): number | undefined {
  for (let candidate = limit; candidate >= 0; candidate -= 1) {
    if (serverOf(candidate) === server) return candidate;
  }
  return undefined;
}

/** Unique for each number: past the last subject, the same ones come again as `order-v2`. */
function nameOf(index: number): FeatureName {
  const edition = Math.floor(index / subjects.length) + 1;
  // 37 has no divisor in common with their number: long and short names come mixed.
  const subject = subjects[(index * 37) % subjects.length] ?? '';
  const file = edition === 1 ? subject : `${subject}-v${edition}`;
  const type = file.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return { file, type, variable: type.charAt(0).toLowerCase() + type.slice(1) };
}
