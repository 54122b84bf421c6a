import type { Feature } from './feature.js';
import { tables } from './tables.js';

/** What there is once in the generated workspace: manifests, entry points, guards, helpers of both applications. */
export function frameFiles(features: readonly Feature[]): Readonly<Record<string, string>> {
  return {
    'package.json': manifest('marketplace', { workspaces: ['apps/*', 'packages/*'] }),
    'tsconfig.json': configuration({
      files: [],
      references: ['apps/api', 'apps/gateway', 'packages/domain', 'packages/kernel'].map((path) => ({ path })),
    }),
    ...nestFrame(features.filter(({ servedBy }) => servedBy === 'nest')),
    ...expressFrame(features.filter(({ servedBy }) => servedBy === 'express')),
    ...inFolder('packages/domain', {
      'package.json': manifest('@marketplace/domain', {
        dependencies: { '@marketplace/kernel': '1.0.0' },
        exports: { './*': './src/*/index.ts' },
      }),
      'tsconfig.json': configuration({ compilerOptions, include: ['src'] }),
    }),
    ...inFolder('packages/kernel', kernel),
  };
}

function manifest(name: string, rest: object): string {
  return `${JSON.stringify({ name, version: '1.0.0', private: true, ...rest }, undefined, 2)}\n`;
}

function configuration(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

const compilerOptions = {
  target: 'es2022',
  module: 'commonjs',
  strict: true,
  experimentalDecorators: true,
  outDir: 'dist',
};

/** What every file of plain code imports. */
const kernel = {
  ...tables,
  'package.json': manifest('@marketplace/kernel', { exports: { './*': './src/*.ts' } }),
  'tsconfig.json': configuration({ compilerOptions, include: ['src'] }),
  'src/domain-error.ts': `/** Something that the rules of the business forbid; whoever serves it answers with 422. */
export class DomainError extends Error {
  override readonly name: string = 'DomainError';

  constructor(
    readonly rule: string,
    message: string,
  ) {
    super(message);
  }
}
`,
  'src/environment.ts': `export function readNumber(name: string, otherwise: number): number {
  const text = process.env[name];
  if (text === undefined || text.trim() === '') return otherwise;
  const value = Number(text);
  if (Number.isNaN(value)) throw new RangeError(\`\${name} is not a number: \${text}\`);
  return value;
}
`,
  'src/html.ts': `const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
`,
  'src/logger.ts': `type Level = 'debug' | 'info' | 'warn';
type Values = Readonly<Record<string, unknown>>;

/** One line of JSON for each message, with the name of the part that says it. */
export function createLogger(name: string) {
  const write = (level: Level, message: string, values: Values) => {
    process.stdout.write(\`\${JSON.stringify({ level, name, message, ...values })}\\n\`);
  };
  return {
    debug: (message: string, values: Values = {}) => write('debug', message, values),
    info: (message: string, values: Values = {}) => write('info', message, values),
    warn: (message: string, values: Values = {}) => write('warn', message, values),
  };
}
`,
  'src/metrics.ts': `const counters = new Map<string, number>();

export function count(name: string, labels: Readonly<Record<string, unknown>> = {}): void {
  const key = \`\${name}{\${Object.entries(labels).map(([label, value]) => \`\${label}=\${String(value)}\`).join(',')}}\`;
  counters.set(key, (counters.get(key) ?? 0) + 1);
}
`,
  'src/money.ts': `/** An amount in the currency of the account. */
export type Money = number;

export function roundToCents(amount: Money): Money {
  return Math.round(amount * 100) / 100;
}
`,
  'src/table.ts': `export function splitLine(line: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (const character of line) {
    if (character === '"') {
      isQuoted = !isQuoted;
    } else if (character === ';' && !isQuoted) {
      cells.push(cell);
      cell = '';
    } else {
      cell += character;
    }
  }
  return [...cells, cell];
}
`,
  'src/time.ts': `export const DAY_MILLISECONDS = 24 * 60 * 60 * 1000;

export function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
`,
};

function nestFrame(features: readonly Feature[]): Readonly<Record<string, string>> {
  const imports = features.map(
    ({ file, type }) => `import { ${type}Module } from './features/${file}/${file}.module';`,
  );
  const modules = features.map(({ type }) => `    ${type}Module,`);
  return inFolder('apps/api', {
    'package.json': manifest('@marketplace/api', {
      dependencies: {
        '@marketplace/domain': '1.0.0',
        '@marketplace/kernel': '1.0.0',
        '@nestjs/common': '11.0.0',
        '@nestjs/core': '11.0.0',
        '@nestjs/jwt': '11.0.0',
        '@nestjs/swagger': '11.0.0',
        '@nestjs/typeorm': '11.0.0',
        'class-transformer': '0.5.1',
        'class-validator': '0.14.1',
        typeorm: '0.3.20',
      },
    }),
    'tsconfig.json': configuration({ compilerOptions, include: ['src'] }),
    'src/main.ts': `import { ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';

async function start(): Promise<void> {
  const app = await NestFactory.create(AppModule);
  app.setGlobalPrefix('api');
  app.useGlobalPipes(new ValidationPipe({ whitelist: true }));
  await app.listen(3000);
}

void start();
`,
    'src/app.module.ts': `import { Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { TypeOrmModule } from '@nestjs/typeorm';
${imports.join('\n')}

@Module({
  imports: [
    TypeOrmModule.forRoot({ type: 'postgres', url: process.env.DATABASE_URL, autoLoadEntities: true }),
    JwtModule.register({ global: true, secret: process.env.JWT_SECRET, signOptions: { expiresIn: '15m' } }),
${modules.join('\n')}
  ],
})
export class AppModule {}
`,
    'src/features/auth/jwt-auth.guard.ts': `import { CanActivate, ExecutionContext, Injectable, UnauthorizedException } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';

@Injectable()
export class JwtAuthGuard implements CanActivate {
  constructor(private readonly jwt: JwtService) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest();
    const [scheme, token] = (request.headers.authorization ?? '').split(' ');
    if (scheme !== 'Bearer' || !token) {
      throw new UnauthorizedException();
    }
    try {
      request.user = await this.jwt.verifyAsync(token);
    } catch {
      throw new UnauthorizedException();
    }
    return true;
  }
}
`,
    'src/features/auth/current-user.decorator.ts': `import { createParamDecorator, ExecutionContext } from '@nestjs/common';

export const CurrentUser = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  return context.switchToHttp().getRequest().user?.sub;
});
`,
    'src/events/create-envelope.ts': `import { randomUUID } from 'node:crypto';

export interface Envelope<T> {
  readonly id: string;
  readonly topic: string;
  readonly body: T;
}

export function createEnvelope<T>(topic: string, body: T): Envelope<T> {
  return { id: randomUUID(), topic, body };
}
`,
    'src/events/event-bus.ts': `import { Injectable } from '@nestjs/common';
import type { Envelope } from './create-envelope';

@Injectable()
export class EventBus {
  private readonly listeners = new Map<string, ((envelope: Envelope<unknown>) => Promise<void>)[]>();

  on(topic: string, listener: (envelope: Envelope<unknown>) => Promise<void>): void {
    this.listeners.set(topic, [...(this.listeners.get(topic) ?? []), listener]);
  }

  async send(topic: string, envelope: Envelope<unknown>): Promise<void> {
    for (const listener of this.listeners.get(topic) ?? []) await listener(envelope);
  }
}
`,
    'src/time/clock.ts': `import { Injectable } from '@nestjs/common';

@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }

  daysAgo(days: number): Date {
    return new Date(this.now().getTime() - days * 24 * 60 * 60 * 1000);
  }
}
`,
    'src/validation/trimmed.ts': `export function trimmed({ value }: { value: unknown }): unknown {
  return typeof value === 'string' ? value.trim() : value;
}
`,
    ...formatting,
  });
}

function expressFrame(features: readonly Feature[]): Readonly<Record<string, string>> {
  const imports = features.map(({ file, variable }) => `import { ${variable}Router } from './${file}/router';`);
  const mounts = features.map(({ file, variable }) => `  app.use('/${file}s', ${variable}Router);`);
  const models = features.map(({ type, fields, identifier }) => {
    const key =
      identifier === 'sequential' ? 'Int      @id @default(autoincrement())' : 'String   @id @default(uuid())';
    const prismaTypes = { string: 'String', number: 'Int', boolean: 'Boolean', Date: 'DateTime?' };
    const columns = fields.map((field) => `  ${field.name} ${prismaTypes[field.type]}`).join('\n');
    return `model ${type} {\n  id ${key}\n${columns}\n  version Int @default(1)\n  createdAt DateTime @default(now())\n  updatedAt DateTime @updatedAt\n  deletedAt DateTime?\n}\n`;
  });
  return inFolder('apps/gateway', {
    'package.json': manifest('@marketplace/gateway', {
      dependencies: {
        '@marketplace/domain': '1.0.0',
        '@marketplace/kernel': '1.0.0',
        '@prisma/client': '6.0.0',
        express: '5.0.1',
        'express-session': '1.18.1',
        pino: '9.5.0',
        zod: '3.24.1',
      },
    }),
    'tsconfig.json': configuration({ compilerOptions, include: ['src'] }),
    'prisma/schema.prisma': `datasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n}\n\ngenerator client {\n  provider = "prisma-client-js"\n}\n\n${models.join('\n')}`,
    'src/main.ts': `import { createApp } from './create-app';

const port = Number(process.env.PORT ?? 8080);
createApp().listen(port, () => {
  console.info(\`listening on \${port}\`);
});
`,
    'src/create-app.ts': `import express from 'express';
import session from 'express-session';
import { reportError } from './middleware/report-error';
${imports.join('\n')}

export function createApp(): express.Express {
  const app = express();
  app.use(express.json());
  app.use(session({ secret: process.env.SESSION_SECRET, resave: false, saveUninitialized: false }));
${mounts.join('\n')}
  app.use(reportError);
  return app;
}
`,
    'src/database.ts': `import { PrismaClient } from '@prisma/client';

export const database = new PrismaClient();
`,
    'src/middleware/handle-async.ts': `import type { NextFunction, Request, RequestHandler, Response } from 'express';

type AsyncHandler = (request: Request, response: Response) => Promise<void>;

export function handleAsync(handler: AsyncHandler): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    handler(request, response).catch(next);
  };
}
`,
    'src/middleware/require-session.ts': `import type { NextFunction, Request, Response } from 'express';

export function requireSession(request: Request, response: Response, next: NextFunction): void {
  if (!request.session.userId) {
    response.status(401).json({ error: 'sign in first' });
    return;
  }
  next();
}
`,
    'src/middleware/validate-body.ts': `import type { RequestHandler } from 'express';
import type { ZodTypeAny } from 'zod';

export function validateBody(schema: ZodTypeAny): RequestHandler {
  return (request, response, next) => {
    const result = schema.safeParse(request.body);
    if (!result.success) {
      response.status(400).json({ issues: result.error.issues });
      return;
    }
    request.body = result.data;
    next();
  };
}
`,
    'src/middleware/report-error.ts': `import type { NextFunction, Request, Response } from 'express';
import { HttpError } from '../errors/http-error';
import { logger } from '../logging/logger';

export function reportError(error: unknown, request: Request, response: Response, next: NextFunction): void {
  if (response.headersSent) return next(error);
  const status = error instanceof HttpError ? error.status : 500;
  if (status === 500) logger.error({ error, url: request.originalUrl }, 'failed');
  response.status(status).json({ error: error instanceof HttpError ? error.message : 'internal error' });
}
`,
    'src/errors/http-error.ts': `export class HttpError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}
`,
    'src/logging/logger.ts': `import pino from 'pino';

export const logger = pino({ level: process.env.LOG_LEVEL ?? 'info' });
`,
    'src/metrics/measure.ts': `const durations = new Map<string, number[]>();

export async function measure<T>(name: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  try {
    return await work();
  } finally {
    durations.set(name, [...(durations.get(name) ?? []), performance.now() - start]);
  }
}
`,
    'src/queue/queue.ts': `interface Options {
  readonly priority: number;
}

class Queue {
  private readonly entries: { topic: string; message: unknown; priority: number }[] = [];

  async publish(topic: string, message: unknown, { priority }: Options): Promise<void> {
    this.entries.push({ topic, message, priority });
  }
}

export const queue = new Queue();
`,
    'src/validation/identifier-schema.ts': `import { z } from 'zod';

export const identifierSchema = z.string().regex(/^[0-9a-f-]{1,36}$/);
`,
    'src/validation/page-schema.ts': `import { z } from 'zod';

export const pageSchema = z.object({
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
`,
    ...formatting,
    'src/formatting/omit-empty.ts': `export function omitEmpty(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== null && entry !== undefined));
}
`,
  });
}

const formatting = {
  'src/formatting/format-date.ts': `export function formatDate(date: Date): string {
  return date.toISOString().slice(0, 10);
}
`,
  'src/formatting/truncate.ts': `export function truncate(text: string, length: number): string {
  return text.length <= length ? text : \`\${text.slice(0, length - 1)}…\`;
}
`,
};

function inFolder(folder: string, files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));
}
