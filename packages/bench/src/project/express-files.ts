import type { Feature, Field } from './feature.js';

const validators: Record<Field['type'], string> = {
  string: 'z.string().trim().min(1).max(255)',
  number: 'z.number().int().nonnegative()',
  boolean: 'z.boolean()',
  Date: 'z.coerce.date()',
};

/** The files of one subject in the Express application, by path in its folder. */
export function expressFiles(feature: Feature): Readonly<Record<string, string>> {
  return {
    'router.ts': router(feature),
    'handlers.ts': handlers(feature),
    'schema.ts': schema(feature),
    'service.ts': service(feature),
    'store.ts': store(feature),
    'serialize.ts': serialize(feature),
    'notify.ts': notify(feature),
  };
}

function router({ file, type, variable, isGuarded }: Feature): string {
  const guard = isGuarded ? `${variable}Router.use(requireSession);\n` : '';
  const guardImport = isGuarded ? "import { requireSession } from '../middleware/require-session';\n" : '';
  return `import { Router } from 'express';
import type { NextFunction, Request, Response } from 'express';
import { handleAsync } from '../middleware/handle-async';
${guardImport}import { validateBody } from '../middleware/validate-body';
import * as handlers from './handlers';
import { create${type}Schema, update${type}Schema } from './schema';

const MAX_AGE_SECONDS = 30;

/** Routes under \`/${file}s\`. */
export const ${variable}Router = Router();

function cacheShortly(request: Request, response: Response, next: NextFunction): void {
  if (request.method === 'GET') {
    response.setHeader('Cache-Control', \`private, max-age=\${MAX_AGE_SECONDS}\`);
  }
  next();
}

function logAccess(request: Request, response: Response, next: NextFunction): void {
  const start = process.hrtime.bigint();
  response.on('finish', () => {
    const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
    console.info(\`\${request.method} \${request.originalUrl} \${response.statusCode} \${milliseconds.toFixed(1)} ms\`);
  });
  next();
}

function refuseLargePages(request: Request, response: Response, next: NextFunction): void {
  const limit = Number(request.query.limit ?? 0);
  if (limit > 100) {
    response.status(400).json({ error: 'limit is at most 100' });
    return;
  }
  next();
}

${variable}Router.use(logAccess);
${variable}Router.use(refuseLargePages);
${guard}
${variable}Router.get('/', cacheShortly, handleAsync(handlers.list));
${variable}Router.get('/search', handleAsync(handlers.search));
${variable}Router.get('/:id', cacheShortly, handleAsync(handlers.read));
${variable}Router.get('/:id/summary', handleAsync(handlers.summary));

${variable}Router.post('/', validateBody(create${type}Schema), handleAsync(handlers.create));
${variable}Router.put('/:id', validateBody(update${type}Schema), handleAsync(handlers.replace));
${variable}Router.post('/:id/archive', handleAsync(handlers.archive));
${variable}Router.delete('/:id', handleAsync(handlers.remove));
`;
}

function handlers({ file, type, variable }: Feature): string {
  return `import type { Request, Response } from 'express';
import { HttpError } from '../errors/http-error';
import { serialize${type} } from './serialize';
import { ${variable}Service } from './service';

function readPage(request: Request): { offset: number; limit: number } {
  const offset = Number(request.query.offset ?? 0);
  const limit = Number(request.query.limit ?? 20);
  if (!Number.isInteger(offset) || !Number.isInteger(limit) || offset < 0 || limit < 1 || limit > 100) {
    throw new HttpError(400, 'offset and limit are positive numbers');
  }
  return { offset, limit };
}

export async function list(request: Request, response: Response): Promise<void> {
  const rows = await ${variable}Service.list(readPage(request));
  response.json({ items: rows.map(serialize${type}) });
}

export async function read(request: Request, response: Response): Promise<void> {
  const row = await ${variable}Service.find(request.params.id);
  if (!row) {
    throw new HttpError(404, 'no such ${file}');
  }
  response.json(serialize${type}(row));
}

export async function summary(request: Request, response: Response): Promise<void> {
  const row = await ${variable}Service.find(request.params.id);
  const count = await ${variable}Service.count();
  response.json({ found: row !== null, count });
}

export async function search(request: Request, response: Response): Promise<void> {
  const text = typeof request.query.text === 'string' ? request.query.text.trim() : '';
  if (text.length < 3) {
    throw new HttpError(400, 'text has at least three characters');
  }
  const rows = await ${variable}Service.search(text, readPage(request));
  response.json({ items: rows.map(serialize${type}), text });
}

export async function archive(request: Request, response: Response): Promise<void> {
  const row = await ${variable}Service.replace(request.params.id, { status: 'archived' });
  response.json(serialize${type}(row));
}

export async function create(request: Request, response: Response): Promise<void> {
  const row = await ${variable}Service.create(request.body);
  response.status(201).location(\`/${file}s/\${row.id}\`).json(serialize${type}(row));
}

export async function replace(request: Request, response: Response): Promise<void> {
  const { id } = request.params;
  const existing = await ${variable}Service.find(id);
  if (existing === null) {
    throw new HttpError(404, 'no such ${file}');
  }
  const row = await ${variable}Service.replace(id, request.body);
  response.json(serialize${type}(row));
}

export async function remove(request: Request, response: Response): Promise<void> {
  await ${variable}Service.remove(request.params.id);
  response.status(204).end();
}
`;
}

function schema({ type, fields }: Feature): string {
  const members = fields.map((field) => `  ${field.name}: ${validators[field.type]},`).join('\n');
  const checks = fields
    .filter((field) => field.type === 'Date')
    .map(
      ({ name }) => `  if (value.${name} !== undefined && value.${name}.getTime() < EARLIEST) {
    context.addIssue({ code: 'custom', path: ['${name}'], message: 'lies too far in the past' });
  }`,
    )
    .join('\n');
  return `import { z } from 'zod';
import { identifierSchema } from '../validation/identifier-schema';
import { pageSchema } from '../validation/page-schema';

const EARLIEST = Date.UTC(2000, 0, 1);

const fields = z.object({
${members}
});

export type ${type}Fields = z.infer<typeof fields>;

function checkTogether(value: Partial<${type}Fields>, context: z.RefinementCtx): void {
  const given = Object.values(value).filter((entry) => entry !== undefined);
  if (given.length === 0) {
    context.addIssue({ code: 'custom', message: 'at least one field is needed' });
  }
${checks}
}

export const create${type}Schema = fields.superRefine(checkTogether);
export const update${type}Schema = fields.partial().superRefine(checkTogether);

export const read${type}Schema = z.object({ id: identifierSchema });

export const list${type}Schema = pageSchema.extend({
  search: z.string().trim().max(100).optional(),
  order: z.enum(['newest', 'oldest', 'name']).default('newest'),
  archived: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true'),
});

export type Create${type} = z.infer<typeof create${type}Schema>;
export type Update${type} = z.infer<typeof update${type}Schema>;
export type List${type} = z.infer<typeof list${type}Schema>;

/** Problems as one line for a log. */
export function describe${type}Issues(error: z.ZodError): string {
  return error.issues.map((issue) => \`\${issue.path.join('.')}: \${issue.message}\`).join('; ');
}

export function is${type}Field(name: string): name is keyof ${type}Fields {
  return name in fields.shape;
}
`;
}

function service({ file, type, variable, neighbours, library }: Feature): string {
  const other = neighbours[0] ?? { file, type, variable };
  const libraryImport =
    library === undefined ? '' : `import { netOf as foreignNetOf } from '@marketplace/domain/${library.file}';\n`;
  const limit = library === undefined ? 'RELATED_LIMIT' : 'foreignNetOf(snapshot) + RELATED_LIMIT';
  return `${libraryImport}import { HttpError } from '../errors/http-error';
import { ${other.variable}Store as relatedStore } from '../${other.file}/store';
import { netOf, ${type}RuleError } from './domain';
import { notify${type} } from './notify';
import type { Create${type}, Update${type} } from './schema';
import { ${variable}Store } from './store';

const RELATED_LIMIT = 10;

class ${type}Service {
  private readonly recent = new Map<string, number>();

  async list(page: { offset: number; limit: number }) {
    const rows = await ${variable}Store.list(page);
    for (const row of rows) {
      this.recent.set(String(row.id), Date.now());
    }
    return rows;
  }

  async find(id: string) {
    const row = await ${variable}Store.find(id);
    if (row === null) {
      this.recent.delete(id);
      return null;
    }
    this.recent.set(id, Date.now());
    return row;
  }

  async count(): Promise<number> {
    const [own, related] = await Promise.all([${variable}Store.count(), relatedStore.count()]);
    return Math.min(own, related + RELATED_LIMIT);
  }

  async search(text: string, page: { offset: number; limit: number }) {
    const words = text.toLowerCase().split(/\\s+/);
    const rows = await ${variable}Store.list(page);
    return rows.filter((row) => words.every((word) => JSON.stringify(row).toLowerCase().includes(word)));
  }

  async create(body: Create${type}) {
    const row = await ${variable}Store.insert(body);
    await notify${type}('created', row.id);
    return row;
  }

  async replace(id: string, body: Update${type}) {
    const snapshot = { key: id, state: 'open', lines: [], changedAt: new Date() } as const;
    if (netOf(snapshot) > ${limit}) {
      throw new ${type}RuleError('sum', 'too much for one change');
    }
    const row = await ${variable}Store.update(id, body);
    if (row === null) {
      throw new HttpError(409, '${file} was changed by somebody else');
    }
    await notify${type}('changed', row.id);
    return row;
  }

  async remove(id: string): Promise<void> {
    const removed = await ${variable}Store.remove(id);
    if (!removed) {
      throw new HttpError(404, 'no such ${file}');
    }
    this.recent.delete(id);
    await notify${type}('removed', id);
  }
}

export const ${variable}Service = new ${type}Service();
`;
}

function store({ type, variable, identifier }: Feature): string {
  const key = identifier === 'sequential' ? 'Number(id)' : 'id';
  return `import { database } from '../database';
import { measure } from '../metrics/measure';
import type { Create${type}, Update${type} } from './schema';

const visible = { deletedAt: null };

function keyOf(id: string) {
  return { id: ${key} };
}

/** Rows of \`${variable}\`, removed ones left out. */
export const ${variable}Store = {
  async list({ offset, limit }: { offset: number; limit: number }) {
    return measure('${variable}.list', () =>
      database.${variable}.findMany({
        where: visible,
        skip: offset,
        take: limit,
        orderBy: { createdAt: 'desc' },
      }),
    );
  },

  async find(id: string) {
    return measure('${variable}.find', () => database.${variable}.findUnique({ where: { ...keyOf(id), ...visible } }));
  },

  async count(): Promise<number> {
    return database.${variable}.count({ where: visible });
  },

  async insert(values: Create${type}) {
    return measure('${variable}.insert', () => database.${variable}.create({ data: values }));
  },

  async update(id: string, values: Update${type}) {
    const existing = await this.find(id);
    if (existing === null) {
      return null;
    }
    return measure('${variable}.update', () =>
      database.${variable}.update({
        where: keyOf(id),
        data: { ...values, version: existing.version + 1 },
      }),
    );
  },

  async remove(id: string): Promise<boolean> {
    const existing = await this.find(id);
    if (existing === null) {
      return false;
    }
    await database.${variable}.update({ where: keyOf(id), data: { deletedAt: new Date() } });
    return true;
  },
};
`;
}

function serialize({ type, fields }: Feature): string {
  const members = fields.map(({ name }) => `  ${name}: unknown;`).join('\n');
  const copied = fields.map(({ name }) => `    ${name}: plain(row.${name}),`).join('\n');
  return `import { formatDate } from '../formatting/format-date';
import { omitEmpty } from '../formatting/omit-empty';

interface ${type}Row {
  id: number | string;
${members}
  createdAt: Date;
  updatedAt: Date;
}

export interface ${type}Json {
  readonly id: string;
  readonly links: { readonly self: string; readonly summary: string };
  readonly [name: string]: unknown;
}

function plain(value: unknown): unknown {
  if (value instanceof Date) {
    return formatDate(value);
  }
  if (Array.isArray(value)) {
    return value.map((entry) => plain(entry));
  }
  return value;
}

/** What goes over the wire: dates as text, empty fields left out, links added. */
export function serialize${type}(row: ${type}Row): ${type}Json {
  const self = \`/\${row.id}\`;
  return {
    ...omitEmpty({
${copied.replace(/^/gm, '  ')}
    }),
    id: String(row.id),
    createdAt: formatDate(row.createdAt),
    updatedAt: formatDate(row.updatedAt),
    links: { self, summary: \`\${self}/summary\` },
  };
}

export function serializeHeader${type}(row: ${type}Row): Record<string, string> {
  return {
    'Last-Modified': row.updatedAt.toUTCString(),
    ETag: \`"\${row.id}-\${row.updatedAt.getTime()}"\`,
  };
}

export function serializeMany${type}(rows: readonly ${type}Row[]): { items: ${type}Json[]; total: number } {
  const items = rows.map((row) => serialize${type}(row));
  return { items, total: items.length };
}
`;
}

function notify({ file, type }: Feature): string {
  return `import { randomUUID } from 'node:crypto';
import { logger } from '../logging/logger';
import { queue } from '../queue/queue';

export type ${type}Change = 'created' | 'changed' | 'removed';

interface ${type}Message {
  readonly id: string;
  readonly subject: '${file}';
  readonly change: ${type}Change;
  readonly key: string;
  readonly sentAt: string;
}

const ATTEMPTS = 3;
const DELAY_MILLISECONDS = 250;

const priorities: Record<${type}Change, number> = {
  created: 1,
  changed: 5,
  removed: 3,
};

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

/** Tells the other services; gives up after three attempts and leaves a line in the log. */
export async function notify${type}(change: ${type}Change, key: number | string): Promise<boolean> {
  const message: ${type}Message = {
    id: randomUUID(),
    subject: '${file}',
    change,
    key: String(key),
    sentAt: new Date().toISOString(),
  };
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    try {
      await queue.publish('${file}.changes', message, { priority: priorities[change] });
      return true;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      logger.warn({ attempt, subject: message.subject, reason }, 'could not publish');
      if (attempt < ATTEMPTS) {
        await wait(DELAY_MILLISECONDS * 2 ** attempt);
      }
    }
  }
  logger.error({ subject: message.subject, change, key }, 'gave up');
  return false;
}
`;
}
