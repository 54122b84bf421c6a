import { extentOf } from './feature.js';
import type { Feature } from './feature.js';
import { partName, remark, repeat } from './part-name.js';

export function status({ file, type }: Feature): string {
  const constant = constantOf(file);
  return `/** Where a ${words(file)} stands. The order is the one in which people go through them. */
export const ${constant}_STATUSES = ['draft', 'open', 'confirmed', 'closed', 'cancelled'] as const;

export type ${type}Status = (typeof ${constant}_STATUSES)[number];

export function is${type}Status(value: unknown): value is ${type}Status {
  return typeof value === 'string' && (${constant}_STATUSES as readonly string[]).includes(value);
}
`;
}

export function types({ type, fields, index }: Feature): string {
  const parts = repeat(extentOf(index, 1), (part) => {
    const name = partName(index, part);
    return `
${remark(index, part)}export interface ${type}${name.type} {
  readonly code: string;
  readonly label?: string;
  readonly amount: Money;
  readonly validFrom: Date;
  readonly validTo: Date | null;
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
}
`;
  });
  return `import type { Money } from '@marketplace/kernel/money';
import type { ${type}Status } from './status';

export interface ${type}Draft {
${fields.map((field) => `  readonly ${field.name}?: ${field.type};`).join('\n')}
}

/** What the rules of this folder look at: no columns of bookkeeping. */
export interface ${type}Snapshot extends ${type}Draft {
  readonly key: string;
  readonly state: ${type}Status;
  readonly lines: readonly ${type}Line[];
  readonly changedAt: Date;
}

export interface ${type}Line {
  readonly label: string;
  readonly count: number;
  readonly unitPrice: number;
  readonly taxRate: number;
}
${parts}`;
}

export function errors({ file, type }: Feature): string {
  return `import { DomainError } from '@marketplace/kernel/domain-error';

export class ${type}RuleError extends DomainError {
  override readonly name = '${type}RuleError';

  constructor(
    readonly rule: string,
    message: string,
  ) {
    super(message);
  }
}

export class ${type}TooLargeError extends ${type}RuleError {
  constructor(readonly limit: number) {
    super('size', \`a ${words(file)} has at most \${limit} lines\`);
  }
}
`;
}

export function limits({ file, index }: Feature): string {
  const constant = constantOf(file);
  const parts = repeat(
    extentOf(index, 2),
    (part) => `  /** Agreed with accounting; see the contract. */
  ${partName(index, part).variable}: ${String(10 + ((index * 7 + part * 13) % 490))},
`,
  );
  return `/** Numbers that people agreed on, for a ${words(file)}. */
export const ${constant}_LIMITS = {
  lines: 200,
  daysOpen: 45,
${parts}} as const;

export type ${typeOf(constant)}Limit = keyof typeof ${constant}_LIMITS;
`;
}

const sums = [
  (type: string, name: string) => `export function ${name}Of(snapshot: ${type}Snapshot, rate = 1): number {
  let sum = 0;
  for (const line of snapshot.lines) {
    if (line.count <= 0) continue;
    sum += line.count * line.unitPrice * rate;
  }
  return roundToCents(sum);
}
`,
  (
    type: string,
    name: string,
  ) => `export function ${name}Share(part: ${type}Snapshot, whole: readonly ${type}Snapshot[]): number {
  const total = whole.reduce((sum, one) => sum + netOf(one), 0);
  return total === 0 ? 0 : netOf(part) / total;
}
`,
  (
    type: string,
    name: string,
  ) => `export function ${name}ByRate(snapshot: ${type}Snapshot): ReadonlyMap<number, number> {
  const sums = new Map<number, number>();
  for (const { taxRate, count, unitPrice } of snapshot.lines) {
    sums.set(taxRate, roundToCents((sums.get(taxRate) ?? 0) + count * unitPrice * taxRate));
  }
  return sums;
}
`,
  (
    type: string,
    name: string,
  ) => `export function spread${capital(name)}(snapshot: ${type}Snapshot, amount: number): number[] {
  const net = netOf(snapshot);
  if (net === 0) return snapshot.lines.map(() => 0);
  const parts = snapshot.lines.map((line) => roundToCents((amount * line.count * line.unitPrice) / net));
  const rest = roundToCents(amount - parts.reduce((sum, part) => sum + part, 0));
  const [first = 0, ...others] = parts;
  return [roundToCents(first + rest), ...others];
}
`,
];

export function money({ file, type, index }: Feature): string {
  const parts = repeat(
    extentOf(index, 3),
    (part) =>
      `\n${remark(index, part)}${sums[(index + part) % sums.length]?.(type, partName(index, part).variable) ?? ''}`,
  );
  return `import { roundToCents } from '@marketplace/kernel/money';
import { ${constantOf(file)}_LIMITS } from './limits';
import { ${type}TooLargeError } from './errors';
import type { ${type}Snapshot } from './types';

export function netOf(snapshot: ${type}Snapshot): number {
  if (snapshot.lines.length > ${constantOf(file)}_LIMITS.lines) throw new ${type}TooLargeError(${constantOf(file)}_LIMITS.lines);
  return roundToCents(snapshot.lines.reduce((sum, line) => sum + line.count * line.unitPrice, 0));
}

export function grossOf(snapshot: ${type}Snapshot): number {
  return roundToCents(snapshot.lines.reduce((sum, line) => sum + line.count * line.unitPrice * (1 + line.taxRate), 0));
}
${parts}`;
}

const predicates = [
  (type: string, name: string) => `export function has${name}(snapshot: ${type}Snapshot): boolean {
  return snapshot.lines.some((line) => line.label.toLowerCase().startsWith('${name.toLowerCase()}'));
}
`,
  (type: string, name: string) => `export function mayChange${name}(snapshot: ${type}Snapshot, now: Date): boolean {
  if (snapshot.state === 'draft') return true;
  if (snapshot.state === 'closed' || snapshot.state === 'cancelled') return false;
  const age = now.getTime() - snapshot.changedAt.getTime();
  return snapshot.state === 'open' || age < 24 * 60 * 60 * 1000;
}
`,
  (type: string, name: string) => `export function assert${name}(snapshot: ${type}Snapshot): void {
  const wrong = snapshot.lines.filter((line) => line.unitPrice < 0 || !Number.isFinite(line.unitPrice));
  if (wrong.length > 0) {
    throw new ${type}RuleError('${name}', \`wrong price: \${wrong.map((line) => line.label).join(', ')}\`);
  }
}
`,
];

export function policy({ file, type, index }: Feature): string {
  const parts = repeat(
    extentOf(index, 4),
    (part) =>
      `\n${remark(index, part)}${predicates[(index + part) % predicates.length]?.(type, partName(index, part).type) ?? ''}`,
  );
  return `import { createLogger } from '@marketplace/kernel/logger';
import { ${type}RuleError } from './errors';
import { netOf } from './money';
import type { ${type}Snapshot } from './types';

const logger = createLogger('${file}.policy');

/** Nothing is worth asking about below this sum. */
const SMALL_SUM = ${String(50 + (index % 7) * 25)};

export function isSmall${type}(snapshot: ${type}Snapshot): boolean {
  return netOf(snapshot) < SMALL_SUM;
}

export function assertOpen${type}(snapshot: ${type}Snapshot): void {
  logger.debug('asked whether it is open', { key: snapshot.key, state: snapshot.state });
  if (snapshot.state === 'closed') throw new ${type}RuleError('state', 'this ${words(file)} is closed');
}
${parts}`;
}

export function workflow({ file, type, index }: Feature): string {
  const count = extentOf(index, 5);
  const methods = repeat(count, (part) => {
    const name = partName(index, part);
    return `
${remark(index, part, '  ')}  settle${name.type}(snapshot: ${type}Snapshot, at: Date): ${type}Step {
    const next = snapshot.state === 'open' ? 'confirmed' : snapshot.state;
    const step = this.step(snapshot, next, '${name.file}', at);
    if (isSmall${type}(snapshot)) {
      this.notes.push(\`\${snapshot.key}: ${words(name.file)} without a question\`);
    }
    return step;
  }
`;
  });
  return `import { createLogger } from '@marketplace/kernel/logger';
import { count } from '@marketplace/kernel/metrics';
import { ${type}RuleError } from './errors';
import { assertOpen${type}, isSmall${type} } from './policy';
import { ${constantOf(file)}_STATUSES } from './status';
import type { ${type}Status } from './status';
import type { ${type}Snapshot } from './types';

export interface ${type}Step {
  readonly key: string;
  readonly from: ${type}Status;
  readonly to: ${type}Status;
  readonly reason: string;
  readonly at: Date;
}

const allowed: Readonly<Record<${type}Status, readonly ${type}Status[]>> = {
  draft: ['open', 'cancelled'],
  open: ['confirmed', 'cancelled'],
  confirmed: ['closed'],
  closed: [],
  cancelled: [],
};

const logger = createLogger('${file}.workflow');

/** Goes from one status to the next, and refuses what nobody agreed on. */
export class ${type}Workflow {
  readonly notes: string[] = [];
  private readonly steps: ${type}Step[] = [];

  get history(): readonly ${type}Step[] {
    return this.steps;
  }

  move(snapshot: ${type}Snapshot, to: ${type}Status, reason: string, at: Date): ${type}Step {
    assertOpen${type}(snapshot);
    if (!allowed[snapshot.state].includes(to)) {
      const known = ${constantOf(file)}_STATUSES.join(', ');
      throw new ${type}RuleError('status', \`from \${snapshot.state} to \${to} there is no way; known are \${known}\`);
    }
    return this.step(snapshot, to, reason, at);
  }
${methods}
  private step(snapshot: ${type}Snapshot, to: ${type}Status, reason: string, at: Date): ${type}Step {
    const step = { key: snapshot.key, from: snapshot.state, to, reason, at };
    this.steps.push(step);
    count('${file}.step', { from: step.from, to });
    logger.info('went to the next status', { key: step.key, from: step.from, to, reason });
    return step;
  }
}
`;
}

export function comparators({ type, fields, index }: Feature): string {
  const parts = fields
    .slice(0, 2 + extentOf(index, 6))
    .map(({ name, type: kind }) => {
      const compared =
        kind === 'string'
          ? `(left.${name} ?? '').localeCompare(right.${name} ?? '')`
          : `Number(left.${name} ?? 0) - Number(right.${name} ?? 0)`;
      return `  ${name}: (left, right) => ${compared},`;
    })
    .join('\n');
  return `import type { ${type}Snapshot } from './types';

type Compare = (left: ${type}Snapshot, right: ${type}Snapshot) => number;

const byField: Readonly<Record<string, Compare>> = {
${parts}
};

/** Sorts by a field that a list names; the newest first where it names none. */
export function sort${type}s(rows: readonly ${type}Snapshot[], field?: string): ${type}Snapshot[] {
  const compare = field === undefined ? undefined : byField[field];
  return [...rows].sort(compare ?? ((left, right) => right.changedAt.getTime() - left.changedAt.getTime()));
}
`;
}

export function calendar({ file, type, index }: Feature): string {
  const parts = repeat(extentOf(index, 7), (part) => {
    const name = partName(index, part);
    return `
${remark(index, part)}export function ${name.variable}Due(from: Date, holidays: ReadonlySet<string> = new Set()): Date {
  let day = addDays(from, ${String(1 + ((index + part) % 30))});
  while (isWeekend(day) || holidays.has(keyOfDay(day))) {
    day = addDays(day, 1);
  }
  return day;
}
`;
  });
  return `import { DAY_MILLISECONDS } from '@marketplace/kernel/time';

export function addDays(date: Date, days: number): Date {
  return new Date(date.getTime() + days * DAY_MILLISECONDS);
}

export function keyOfDay(date: Date): string {
  return date.toISOString().slice(0, 10);
}

function isWeekend(date: Date): boolean {
  return date.getUTCDay() === 0 || date.getUTCDay() === 6;
}

/** Days between two dates, for the reminders of a ${words(file)}. */
export function daysUntil${type}(due: Date, now: Date): number {
  return Math.ceil((due.getTime() - now.getTime()) / DAY_MILLISECONDS);
}
${parts}`;
}

export function moneyTest({ type }: Feature): string {
  return `import { describe, expect, it } from 'vitest';
import { grossOf, netOf } from './money';
import type { ${type}Snapshot } from './types';

const line = { label: 'paper', count: 2, unitPrice: 1.25, taxRate: 0.2 };
const snapshot: ${type}Snapshot = { key: 'a', state: 'open', lines: [line], changedAt: new Date(0) };

describe('${type}', () => {
  it('adds up its lines', () => {
    expect(netOf(snapshot)).toBe(2.5);
    expect(grossOf(snapshot)).toBe(3);
  });

  it('is worth nothing without lines', () => {
    expect(netOf({ ...snapshot, lines: [] })).toBe(0);
  });
});
`;
}

export function policyTest({ type }: Feature): string {
  return `import { expect, it } from 'vitest';
import { assertOpen${type}, isSmall${type} } from './policy';
import type { ${type}Snapshot } from './types';

const closed: ${type}Snapshot = { key: 'a', state: 'closed', lines: [], changedAt: new Date(0) };

it('refuses what is closed', () => {
  expect(() => assertOpen${type}(closed)).toThrow('closed');
});

it('asks nobody about small sums', () => {
  expect(isSmall${type}({ ...closed, state: 'open' })).toBe(true);
});
`;
}

function words(file: string): string {
  return file.replaceAll('-', ' ');
}

function constantOf(file: string): string {
  return file.replaceAll('-', '_').toUpperCase();
}

function typeOf(constant: string): string {
  return constant.toLowerCase().replace(/(?:^|_)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
