import { extentOf } from './feature.js';
import type { Feature } from './feature.js';
import { partName, remark, repeat } from './part-name.js';

export function settings({ file, type, index }: Feature): string {
  const prefix = file.replaceAll('-', '_').toUpperCase();
  const parts = repeat(extentOf(index, 8), (part) => {
    const name = partName(index, part);
    const variable = name.file.replaceAll('-', '_').toUpperCase();
    return `    ${name.variable}: readNumber('${prefix}_${variable}', ${String((index + part * 3) % 100)}),\n`;
  });
  return `import { readNumber } from '@marketplace/kernel/environment';

/** What operators may set; everything has a value that works. */
export function read${type}Settings() {
  return {
    batch: readNumber('${prefix}_BATCH', 100),
    pauseMilliseconds: readNumber('${prefix}_PAUSE', 250),
    region: process.env.REGION ?? 'eu-central-1',
${parts}  };
}

export type ${type}Settings = ReturnType<typeof read${type}Settings>;
`;
}

export function cache({ file, type }: Feature): string {
  return `import { count } from '@marketplace/kernel/metrics';
import type { ${type}Snapshot } from './types';

interface Entry {
  readonly snapshot: ${type}Snapshot;
  readonly until: number;
}

/** Remembers what was read a moment ago. Forgets the oldest when it is full. */
export class ${type}Cache {
  private readonly entries = new Map<string, Entry>();

  constructor(
    private readonly size = 500,
    private readonly milliseconds = 30_000,
  ) {}

  get(key: string, now = Date.now()): ${type}Snapshot | undefined {
    const entry = this.entries.get(key);
    if (entry === undefined || entry.until < now) {
      this.entries.delete(key);
      count('${file}.cache', { hit: 'no' });
      return undefined;
    }
    return entry.snapshot;
  }

  set(snapshot: ${type}Snapshot, now = Date.now()): void {
    if (this.entries.size >= this.size) {
      const [oldest] = this.entries.keys();
      if (oldest !== undefined) this.entries.delete(oldest);
    }
    this.entries.set(snapshot.key, { snapshot, until: now + this.milliseconds });
  }
}
`;
}

export function query({ file, type, fields, index }: Feature): string {
  const methods = repeat(extentOf(index, 9), (part) => {
    const name = partName(index, part);
    const field = fields[part % fields.length]?.name ?? 'key';
    return `
${remark(index, part, '  ')}  with${name.type}(value: string | number): this {
    this.conditions.push({ field: '${field}', operator: '${part % 2 === 0 ? '=' : '>='}', value });
    return this;
  }
`;
  });
  return `export interface ${type}Condition {
  readonly field: string;
  readonly operator: '=' | '>=' | '<=' | 'in';
  readonly value: unknown;
}

/** Collects what a list of ${words(file)}s is asked for. */
export class ${type}Query {
  private readonly conditions: ${type}Condition[] = [];
  private order = 'changedAt';
  private take = 50;

  sortedBy(field: string): this {
    this.order = field;
    return this;
  }

  limitedTo(count: number): this {
    this.take = Math.max(1, Math.min(count, 500));
    return this;
  }
${methods}
  build(): { readonly where: readonly ${type}Condition[]; readonly order: string; readonly take: number } {
    return { where: this.conditions, order: this.order, take: this.take };
  }
}
`;
}

export function client({ file, type, index }: Feature): string {
  const methods = repeat(extentOf(index, 10), (part) => {
    const name = partName(index, part);
    return `
${remark(index, part, '  ')}  async fetch${name.type}(key: string, signal?: AbortSignal): Promise<${type}Answer> {
    const query = new URLSearchParams({ key, part: '${name.file}' });
    const response = await this.send(\`/${name.file}?\${query.toString()}\`, { method: 'GET', signal });
    if (response.status === 404) return { state: 'missing', values: {} };
    return this.parse(await response.json(), '${name.file}');
  }
`;
  });
  return `import { createLogger } from '@marketplace/kernel/logger';
import { count } from '@marketplace/kernel/metrics';
import { wait } from '@marketplace/kernel/time';
import { read${type}Settings } from './settings';

export interface ${type}Answer {
  readonly state: 'complete' | 'missing' | 'partial';
  readonly values: Readonly<Record<string, unknown>>;
}

const ATTEMPTS = 3;
const logger = createLogger('${file}.client');

/** The service of another team that knows more of a ${words(file)} than we do. */
export class ${type}Client {
  private readonly settings = read${type}Settings();

  constructor(private readonly address: string) {}

  async ping(): Promise<boolean> {
    const response = await this.send('/health', { method: 'GET' });
    return response.ok;
  }
${methods}
  private async send(path: string, options: RequestInit): Promise<Response> {
    let failure: unknown;
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      try {
        const response = await fetch(new URL(path, this.address), options);
        if (response.status < 500) return response;
        failure = new Error(\`answered with \${response.status}\`);
      } catch (error) {
        failure = error;
      }
      count('${file}.client.retry', { attempt });
      logger.warn('another attempt', { path, attempt, reason: String(failure) });
      await wait(this.settings.pauseMilliseconds * attempt);
    }
    throw failure;
  }

  private parse(body: unknown, part: string): ${type}Answer {
    if (typeof body !== 'object' || body === null) throw new TypeError(\`no object for \${part}\`);
    const values = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));
    return { state: Object.keys(values).length === 0 ? 'partial' : 'complete', values };
  }
}
`;
}

export function consumer({ file, type, index }: Feature): string {
  const cases = repeat(extentOf(index, 11), (part) => {
    const name = partName(index, part);
    return `      case '${file}.${name.file}': {
        const due = addDays(message.at, ${String(1 + (part % 14))});
        this.planned.set(\`\${message.key}:${name.file}\`, keyOfDay(due));
        return 'planned';
      }
`;
  });
  return `import { createLogger } from '@marketplace/kernel/logger';
import { addDays, keyOfDay } from './calendar';
import { ${type}Cache } from './cache';
import { is${type}Status } from './status';

export interface ${type}Message {
  readonly topic: string;
  readonly key: string;
  readonly at: Date;
  readonly body: Readonly<Record<string, unknown>>;
}

const logger = createLogger('${file}.consumer');

type Outcome = 'planned' | 'remembered' | 'ignored';

/** Listens to what others say of a ${words(file)}. */
export class ${type}Consumer {
  private readonly planned = new Map<string, string>();

  constructor(private readonly cache: ${type}Cache = new ${type}Cache()) {}

  handle(message: ${type}Message): Outcome {
    switch (message.topic) {
      case '${file}.changed': {
        const { state } = message.body;
        if (!is${type}Status(state)) return 'ignored';
        this.cache.set({ key: message.key, state, lines: [], changedAt: message.at });
        return 'remembered';
      }
${cases}      default:
        logger.debug('nothing to do', { topic: message.topic, key: message.key });
        return 'ignored';
    }
  }

  plannedFor(day: string): string[] {
    return [...this.planned].filter(([, planned]) => planned === day).map(([key]) => key);
  }
}
`;
}

export function importRows({ file, type, fields, index }: Feature): string {
  const readers = fields
    .slice(0, 2 + extentOf(index, 12))
    .map(({ name, type: kind }) => {
      const read = {
        string: 'cell.trim()',
        number: 'toNumber(cell)',
        boolean: "cell === 'yes'",
        Date: 'new Date(cell)',
      };
      return `  ${name}: (cell) => ${read[kind]},`;
    })
    .join('\n');
  return `import { splitLine } from '@marketplace/kernel/table';
import { createLogger } from '@marketplace/kernel/logger';
import { is${type}Status } from './status';
import type { ${type}Draft } from './types';

const logger = createLogger('${file}.import');

type Read = (cell: string) => unknown;

export interface ${type}Import {
  readonly drafts: readonly ${type}Draft[];
  readonly problems: readonly { readonly line: number; readonly message: string }[];
}

const readers: Readonly<Record<string, Read>> = {
${readers}
};

function toNumber(cell: string): number {
  const value = Number(cell.replace(/\\s/g, '').replace(',', '.'));
  if (Number.isNaN(value)) throw new RangeError(\`not a number: \${cell}\`);
  return value;
}

/** Reads a table that somebody saved from a spreadsheet. Wrong lines are told of, and the others are kept. */
export function import${type}s(text: string): ${type}Import {
  const [head = '', ...lines] = text.split(/\\r?\\n/);
  const columns = splitLine(head).map((name) => name.trim());
  const drafts: ${type}Draft[] = [];
  const problems: { line: number; message: string }[] = [];
  lines.forEach((line, index) => {
    if (line.trim() === '') return;
    try {
      const entries = splitLine(line).map((cell, column) => {
        const name = columns[column] ?? '';
        return [name, readers[name]?.(cell)] as const;
      });
      drafts.push(Object.fromEntries(entries.filter(([, value]) => value !== undefined)));
    } catch (error) {
      problems.push({ line: index + 2, message: error instanceof Error ? error.message : '${words(file)} not read' });
    }
  });
  const states = lines.filter((line) => splitLine(line).some(is${type}Status)).length;
  logger.info('read a table', { drafts: drafts.length, problems: problems.length, states });
  return { drafts, problems };
}
`;
}

export function report({ file, type, fields, index }: Feature): string {
  const sections = repeat(extentOf(index, 13), (part) => {
    const name = partName(index, part);
    const field = fields[part % fields.length]?.name ?? 'key';
    return `
${remark(index, part)}function ${name.variable}Section(rows: readonly ${type}Snapshot[]): string {
  const counted = new Map<string, number>();
  for (const row of rows) {
    const key = String(row.${field} ?? 'without');
    counted.set(key, (counted.get(key) ?? 0) + netOf(row));
  }
  const lines = [...counted].map(([key, sum]) => \`\${key.padEnd(24)} \${sum.toFixed(2).padStart(12)}\`);
  return ['${capital(words(name.file))}', ...lines].join('\\n');
}
`;
  });
  const names = Array.from({ length: extentOf(index, 13) }, (_, part) => `  ${partName(index, part).variable}Section,`);
  return `import { keyOfDay } from './calendar';
import { sort${type}s } from './compare';
import { grossOf, netOf } from './money';
import type { ${type}Snapshot } from './types';
${sections}
const sections: readonly ((rows: readonly ${type}Snapshot[]) => string)[] = [
${names.join('\n')}
];

/** The monthly list of ${words(file)}s that accounting prints. */
export function write${type}Report(rows: readonly ${type}Snapshot[], day: Date): string {
  const sorted = sort${type}s(rows);
  const total = sorted.reduce((sum, row) => sum + grossOf(row), 0);
  const head = \`${capital(words(file))}s, \${keyOfDay(day)}: \${sorted.length}, \${total.toFixed(2)}\`;
  return [head, ...sections.map((write) => write(sorted))].join('\\n\\n');
}
`;
}

export function texts({ file, type, index }: Feature): string {
  const entries = repeat(extentOf(index, 14), (part) => {
    const name = partName(index, part);
    return `  '${name.file}': {
    title: 'Your ${words(file)}: ${words(name.file)}',
    text: 'We looked at the ${words(name.file)} of your ${words(file)} {key} once more and have changed it. Nothing is left to be done by you.',
    hint: 'Do you have questions? Answer to this message within fourteen days, and somebody of the ${words(name.file)} desk calls you back.',
  },
`;
  });
  return `interface Text {
  readonly title: string;
  readonly text: string;
  readonly hint?: string;
}

/** What customers read. Checked by legal; do not change a word without asking. */
export const ${file.replaceAll('-', '_').toUpperCase()}_TEXTS: Readonly<Record<string, Text>> = {
  created: { title: 'Thank you', text: 'We have received your ${words(file)} {key} and come back to you.' },
  closed: { title: 'Done', text: 'Your ${words(file)} {key} is closed. We thank you for your trust.' },
${entries}};

export function fill${type}Text(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\\{(\\w+)\\}/g, (whole, name: string) => values[name] ?? whole);
}
`;
}

export function mail({ file, type }: Feature): string {
  return `import { escapeHtml } from '@marketplace/kernel/html';
import { ${file.replaceAll('-', '_').toUpperCase()}_TEXTS, fill${type}Text } from './texts';

export interface ${type}Mail {
  readonly subject: string;
  readonly html: string;
}

/** A mail in the colours of the house, or nothing where there is no text for it. */
export function write${type}Mail(name: string, key: string): ${type}Mail | undefined {
  const found = ${file.replaceAll('-', '_').toUpperCase()}_TEXTS[name];
  if (found === undefined) return undefined;
  const body = escapeHtml(fill${type}Text(found.text, { key }));
  const hint = found.hint === undefined ? '' : \`<p style="color: #667; font-size: 12px">\${escapeHtml(found.hint)}</p>\`;
  return {
    subject: found.title,
    html: \`<!doctype html>
<html>
  <body style="font-family: sans-serif; margin: 0; padding: 24px; background: #f6f7f9">
    <table role="presentation" width="600" style="background: #fff; border-radius: 8px; padding: 24px">
      <tr><td><h1 style="font-size: 20px">\${escapeHtml(found.title)}</h1><p>\${body}</p>\${hint}</td></tr>
    </table>
  </body>
</html>\`,
  };
}
`;
}

function words(file: string): string {
  return file.replaceAll('-', ' ');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
