import type { Feature, Field } from './feature.js';
import { remark } from './part-name.js';

const decorators: Record<Field['type'], string> = {
  string: 'IsString',
  number: 'IsNumber',
  boolean: 'IsBoolean',
  Date: 'IsDateString',
};

const columns: Record<Field['type'], string> = {
  string: "{ type: 'varchar', length: 255 }",
  number: "{ type: 'integer', default: 0 }",
  boolean: "{ type: 'boolean', default: false }",
  Date: "{ type: 'timestamp', nullable: true }",
};

/** The files of one subject in the NestJS application, by path in its folder. */
export function nestFiles(feature: Feature): Readonly<Record<string, string>> {
  const { file } = feature;
  return {
    [`${file}.controller.ts`]: controller(feature),
    [`${file}.service.ts`]: service(feature),
    [`${file}.repository.ts`]: repository(feature),
    [`${file}.module.ts`]: module(feature),
    [`${file}.entity.ts`]: entity(feature),
    [`${file}.mapper.ts`]: mapper(feature),
    [`${file}.events.ts`]: events(feature),
    [`${file}.job.ts`]: job(feature),
    [`dto/create-${file}.dto.ts`]: dto(feature, 'Create'),
    [`dto/update-${file}.dto.ts`]: dto(feature, 'Update'),
  };
}

function controller({ file, type, variable, isGuarded }: Feature): string {
  const guard = isGuarded ? '@UseGuards(JwtAuthGuard)\n' : '';
  const guardImport = isGuarded ? "import { JwtAuthGuard } from '../auth/jwt-auth.guard';\n" : '';
  return `import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Logger, Param, Patch, Post, Query${isGuarded ? ', UseGuards' : ''} } from '@nestjs/common';
${guardImport}import { CurrentUser } from '../auth/current-user.decorator';
import { Create${type}Dto } from './dto/create-${file}.dto';
import { Update${type}Dto } from './dto/update-${file}.dto';
import { ${type}Service } from './${file}.service';

interface Page {
  readonly skip: number;
  readonly take: number;
}

const DEFAULT_PAGE: Page = { skip: 0, take: 25 };

@Controller('${file}s')
${guard}export class ${type}Controller {
  private readonly logger = new Logger(${type}Controller.name);

  constructor(private readonly ${variable}Service: ${type}Service) {}

  @Get()
  async list(@Query('skip') skip?: string, @Query('take') take?: string, @Query('search') search?: string) {
    const page: Page = {
      skip: skip === undefined ? DEFAULT_PAGE.skip : Number.parseInt(skip, 10),
      take: take === undefined ? DEFAULT_PAGE.take : Math.min(Number.parseInt(take, 10), 100),
    };
    const items = await this.${variable}Service.findPage(page, search?.trim());
    return { items, page };
  }

  @Get('statistics')
  async statistics(@Query('days') days = '30') {
    const span = Number.parseInt(days, 10);
    if (Number.isNaN(span) || span < 1) {
      return { days: 0, counts: {} };
    }
    return { days: span, counts: await this.${variable}Service.statistics(span) };
  }

  @Get(':id')
  async findOne(@Param('id') id: string) {
    return this.${variable}Service.findById(id);
  }

  @Get(':id/history')
  async history(@Param('id') id: string, @CurrentUser() userId: string) {
    this.logger.debug(\`history of ${file} \${id} for \${userId}\`);
    return this.${variable}Service.history(id);
  }

  @Post()
  @HttpCode(HttpStatus.CREATED)
  async create(@Body() body: Create${type}Dto, @CurrentUser() userId: string) {
    const created = await this.${variable}Service.create(body, userId);
    this.logger.log(\`${file} \${created.id} created\`);
    return created;
  }

  @Patch(':id')
  async update(@Param('id') id: string, @Body() body: Update${type}Dto, @CurrentUser() userId: string) {
    return this.${variable}Service.update(id, body, userId);
  }

  @Delete(':id')
  @HttpCode(HttpStatus.NO_CONTENT)
  async remove(@Param('id') id: string): Promise<void> {
    await this.${variable}Service.remove(id);
  }
}
`;
}

function service({ index, file, type, variable, fields, neighbours, library }: Feature): string {
  const [neighbour] = neighbours;
  const other = neighbour ?? { file, type, variable };
  const libraryImport =
    library === undefined ? '' : `import { sort${library.type}s } from '@marketplace/domain/${library.file}';\n`;
  const foreign = library === undefined ? '0' : `sort${library.type}s([]).length`;
  const copied = fields.map(({ name }) => `      ${name}: body.${name},`).join('\n');
  return `import { BadRequestException, Injectable, NotFoundException } from '@nestjs/common';
${libraryImport}import { ${other.type}Repository as RelatedRepository } from '../${other.file}/${other.file}.repository';
import { assertOpen${type}, netOf, ${type}Workflow } from './domain';
import type { Create${type}Dto } from './dto/create-${file}.dto';
import type { Update${type}Dto } from './dto/update-${file}.dto';
import { ${type}Events } from './${file}.events';
import { to${type}View } from './${file}.mapper';
import { ${type}Repository } from './${file}.repository';

@Injectable()
export class ${type}Service {
  constructor(
    private readonly repository: ${type}Repository,
    private readonly related: RelatedRepository,
    private readonly events: ${type}Events,
  ) {}

  async findPage(page: { skip: number; take: number }, search?: string) {
    const rows = search ? await this.repository.search(search, page) : await this.repository.findPage(page);
    return rows.map((row) => to${type}View(row));
  }

  async findById(id: string) {
    const row = await this.repository.findById(id);
    if (!row) {
      throw new NotFoundException(\`no ${file} with id \${id}\`);
    }
    const neighbours = await this.related.findRecent(5);
    return { ...to${type}View(row), related: neighbours.map((neighbour) => neighbour.id) };
  }

${remark(index, 1, '  ')}  async history(id: string) {
    const row = await this.findById(id);
    const recent = await this.repository.findRecent(50);
    return recent.filter((entry) => entry.updatedAt > row.createdAt).map((entry) => to${type}View(entry));
  }

${remark(index, 2, '  ')}  async statistics(days: number): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    const limit = Date.now() - days * 24 * 60 * 60 * 1000;
    for (const row of await this.repository.findRecent(1000)) {
      if (row.createdAt.getTime() < limit) continue;
      const day = row.createdAt.toISOString().slice(0, 10);
      counts[day] = (counts[day] ?? 0) + 1;
    }
    return counts;
  }

${remark(index, 3, '  ')}  async create(body: Create${type}Dto, userId: string) {
    if (Object.values(body).every((value) => value === undefined)) {
      throw new BadRequestException('nothing to create');
    }
    const row = await this.repository.insert({
${copied}
      createdBy: userId,
    });
    this.events.created(row.id, userId);
    return to${type}View(row);
  }

${remark(index, 4, '  ')}  async update(id: string, body: Update${type}Dto, userId: string) {
    const before = await this.findById(id);
    const snapshot = { key: id, state: 'open', lines: [], changedAt: before.updatedAt } as const;
    assertOpen${type}(snapshot);
    if (netOf(snapshot) > ${foreign}) {
      new ${type}Workflow().move(snapshot, 'confirmed', 'changed over HTTP', new Date());
    }
    const row = await this.repository.change(id, { ...body, updatedBy: userId });
    if (before.updatedAt.getTime() !== row.updatedAt.getTime()) {
      this.events.changed(id, userId, Object.keys(body));
    }
    return to${type}View(row);
  }

  async remove(id: string) {
    await this.findById(id);
    await this.repository.remove(id);
    this.events.removed(id);
  }
}
`;
}

function repository({ index, file, type, fields }: Feature): string {
  const searched = fields.filter((field) => field.type === 'string');
  const conditions = searched.map(({ name }) => `        { ${name}: ILike(\`%\${text}%\`) },`).join('\n');
  return `import { Injectable, NotFoundException } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { ILike, MoreThan, Repository } from 'typeorm';
import { ${type}Entity } from './${file}.entity';

export interface ${type}Page {
  readonly skip: number;
  readonly take: number;
}

@Injectable()
export class ${type}Repository {
  constructor(@InjectRepository(${type}Entity) private readonly rows: Repository<${type}Entity>) {}

  async findPage({ skip, take }: ${type}Page): Promise<${type}Entity[]> {
    return this.rows.find({ skip, take, order: { createdAt: 'DESC' } });
  }

${remark(index, 5, '  ')}  async search(text: string, { skip, take }: ${type}Page): Promise<${type}Entity[]> {
    return this.rows.find({
      where: [
${conditions}
      ],
      skip,
      take,
    });
  }

  async findById(id: string): Promise<${type}Entity | null> {
    return this.rows.findOne({ where: { id: id as never } });
  }

${remark(index, 6, '  ')}  async findRecent(take: number): Promise<${type}Entity[]> {
    const yesterday = new Date(Date.now() - 24 * 60 * 60 * 1000);
    return this.rows.find({ where: { updatedAt: MoreThan(yesterday) }, order: { updatedAt: 'DESC' }, take });
  }

  async insert(values: Partial<${type}Entity>): Promise<${type}Entity> {
    const row = this.rows.create(values);
    return this.rows.save(row);
  }

  async change(id: string, values: Partial<${type}Entity>): Promise<${type}Entity> {
    await this.rows.update(id, values);
    const row = await this.findById(id);
    if (row === null) {
      throw new NotFoundException(\`${file} \${id} was removed in the meantime\`);
    }
    return row;
  }

  async remove(id: string): Promise<void> {
    const { affected } = await this.rows.delete(id);
    if (!affected) {
      throw new NotFoundException(\`no ${file} with id \${id}\`);
    }
  }
}
`;
}

function module({ file, type, neighbours }: Feature): string {
  const others = neighbours.filter(
    (neighbour, index) =>
      neighbour.file !== file && neighbours.findIndex((one) => one.file === neighbour.file) === index,
  );
  const imports = others
    .map((other) => `import { ${other.type}Module } from '../${other.file}/${other.file}.module';`)
    .join('\n');
  const modules = others.map((other) => `forwardRef(() => ${other.type}Module)`).join(', ');
  return `import { Module, forwardRef } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
${imports}
import { ${type}Controller } from './${file}.controller';
import { ${type}Entity } from './${file}.entity';
import { ${type}Events } from './${file}.events';
import { ${type}Job } from './${file}.job';
import { ${type}Repository } from './${file}.repository';
import { ${type}Service } from './${file}.service';

@Module({
  imports: [TypeOrmModule.forFeature([${type}Entity]), ${modules}],
  controllers: [${type}Controller],
  providers: [${type}Service, ${type}Repository, ${type}Events, ${type}Job],
  exports: [${type}Service, ${type}Repository],
})
export class ${type}Module {}
`;
}

function entity({ file, type, fields, identifier }: Feature): string {
  const key =
    identifier === 'sequential'
      ? '@PrimaryGeneratedColumn()\n  id: number;'
      : "@PrimaryGeneratedColumn('uuid')\n  id: string;";
  const body = fields.map((field) => `  @Column(${columns[field.type]})\n  ${field.name}: ${field.type};`).join('\n\n');
  return `import {
  BeforeInsert,
  Column,
  CreateDateColumn,
  DeleteDateColumn,
  Entity,
  Index,
  PrimaryGeneratedColumn,
  UpdateDateColumn,
  VersionColumn,
} from 'typeorm';

/** One row of the table \`${file.replaceAll('-', '_')}s\`. */
@Entity({ name: '${file.replaceAll('-', '_')}s' })
@Index(['createdBy', 'createdAt'])
export class ${type}Entity {
  ${key}

${body}

  @Column({ type: 'varchar', length: 64 })
  createdBy: string;

  @Column({ type: 'varchar', length: 64, nullable: true })
  updatedBy: string | null;

  @CreateDateColumn()
  createdAt: Date;

  @UpdateDateColumn()
  updatedAt: Date;

  @DeleteDateColumn()
  deletedAt: Date | null;

  @VersionColumn()
  version: number;

  @BeforeInsert()
  setDefaults(): void {
    this.updatedBy ??= this.createdBy;
  }
}
`;
}

function mapper({ file, type, fields }: Feature): string {
  const members = fields.map((field) => `  readonly ${field.name}: ${field.type};`).join('\n');
  const copied = fields.map(({ name }) => `    ${name}: row.${name},`).join('\n');
  const labels = fields.map(({ name }) => `  ${name}: '${name.charAt(0).toUpperCase()}${name.slice(1)}',`).join('\n');
  return `import { formatDate } from '../../formatting/format-date';
import { truncate } from '../../formatting/truncate';
import type { ${type}Entity } from './${file}.entity';

export interface ${type}View {
  readonly id: ${type}Entity['id'];
${members}
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const labels: Record<string, string> = {
${labels}
};

/** What a client sees of a row: no bookkeeping columns. */
export function to${type}View(row: ${type}Entity): ${type}View {
  return {
    id: row.id,
${copied}
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}

export function isNewer${type}(left: ${type}View, right: ${type}View): boolean {
  return left.updatedAt.getTime() > right.updatedAt.getTime();
}

/** Names of the fields in which two views differ, in the order of the first. */
export function differences${type}(left: ${type}View, right: ${type}View): string[] {
  const other = new Map<string, unknown>(Object.entries(right));
  return Object.entries(left)
    .filter(([name, value]) => other.get(name) !== value)
    .map(([name]) => labels[name] ?? name);
}

export function describe${type}(view: ${type}View): string {
  const lines: string[] = [];
  for (const [name, value] of Object.entries(view)) {
    const label = labels[name];
    if (label === undefined || value === null) continue;
    if (value instanceof Date) {
      lines.push(\`\${label}: \${formatDate(value)}\`);
    } else if (typeof value === 'boolean') {
      lines.push(\`\${label}: \${value ? 'yes' : 'no'}\`);
    } else {
      lines.push(\`\${label}: \${truncate(String(value), 80)}\`);
    }
  }
  return lines.join('\\n');
}
`;
}

function events({ file, type }: Feature): string {
  return `import { Injectable, Logger } from '@nestjs/common';
import { EventBus } from '../../events/event-bus';
import { createEnvelope } from '../../events/create-envelope';
import type { Envelope } from '../../events/create-envelope';

export type ${type}Event =
  | { readonly kind: 'created'; readonly id: string; readonly userId: string }
  | { readonly kind: 'changed'; readonly id: string; readonly userId: string; readonly fields: readonly string[] }
  | { readonly kind: 'removed'; readonly id: string };

@Injectable()
export class ${type}Events {
  private readonly logger = new Logger(${type}Events.name);
  private readonly pending: Envelope<${type}Event>[] = [];

  constructor(private readonly bus: EventBus) {}

  created(id: unknown, userId: string): void {
    this.publish({ kind: 'created', id: String(id), userId });
  }

  changed(id: unknown, userId: string, fields: readonly string[]): void {
    if (fields.length === 0) return;
    this.publish({ kind: 'changed', id: String(id), userId, fields });
  }

  removed(id: unknown): void {
    this.publish({ kind: 'removed', id: String(id) });
  }

  async flush(): Promise<number> {
    let sent = 0;
    while (this.pending.length > 0) {
      const envelope = this.pending.shift();
      if (envelope === undefined) break;
      try {
        await this.bus.send('${file}', envelope);
        sent += 1;
      } catch (error) {
        this.logger.warn(\`could not send \${envelope.id}: \${String(error)}\`);
        this.pending.unshift(envelope);
        break;
      }
    }
    return sent;
  }

  private publish(event: ${type}Event): void {
    const envelope = createEnvelope('${file}', event);
    this.pending.push(envelope);
    if (this.pending.length >= 20) {
      void this.flush();
    }
  }
}
`;
}

function job({ file, type, variable, neighbours }: Feature): string {
  const other = neighbours[1] ?? { file, type, variable };
  return `import { Injectable, Logger } from '@nestjs/common';
import { describe${other.type} } from '../${other.file}/${other.file}.mapper';
import { Clock } from '../../time/clock';
import { ${type}Events } from './${file}.events';
import { ${type}Repository } from './${file}.repository';

export interface ${type}JobResult {
  readonly examined: number;
  readonly stale: number;
  readonly failed: readonly string[];
}

const STALE_AFTER_DAYS = 30;
const BATCH = 200;

/** Every night: closes what nobody has touched for a month. */
@Injectable()
export class ${type}Job {
  static readonly schedule = '15 3 * * *';
  static readonly describe = describe${other.type};

  private readonly logger = new Logger(${type}Job.name);

  constructor(
    private readonly repository: ${type}Repository,
    private readonly events: ${type}Events,
    private readonly clock: Clock,
  ) {}

  async run(): Promise<${type}JobResult> {
    const limit = this.clock.daysAgo(STALE_AFTER_DAYS);
    const failed: string[] = [];
    let examined = 0;
    let stale = 0;
    for (let skip = 0; ; skip += BATCH) {
      const rows = await this.repository.findPage({ skip, take: BATCH });
      for (const row of rows) {
        examined += 1;
        if (row.updatedAt >= limit) continue;
        try {
          await this.repository.change(String(row.id), { updatedBy: '${variable}-job' });
          stale += 1;
        } catch (error) {
          this.logger.error(\`${file} \${row.id}: \${error instanceof Error ? error.message : 'unknown'}\`);
          failed.push(String(row.id));
        }
      }
      if (rows.length < BATCH) break;
    }
    const sent = await this.events.flush();
    this.logger.log(\`\${examined} examined, \${stale} stale, \${failed.length} failed, \${sent} events\`);
    return { examined, stale, failed };
  }
}
`;
}

function dto({ type, fields }: Feature, kind: 'Create' | 'Update'): string {
  const optional = kind === 'Update';
  const used = [...new Set(fields.map((field) => decorators[field.type]))].sort();
  const members = fields
    .map((field) => {
      const lines = [
        `@ApiProperty({ description: 'The ${field.name} of it', required: ${!optional} })`,
        ...(optional ? ['@IsOptional()'] : []),
        `@${decorators[field.type]}()`,
        ...(field.type === 'string' ? ['@MaxLength(255)'] : []),
        ...(field.type === 'number' ? ['@Min(0)'] : []),
        `readonly ${field.name}${optional ? '?' : ''}: ${field.type};`,
      ];
      return lines.map((line) => `  ${line}`).join('\n');
    })
    .join('\n\n');
  return `import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ${[...used, 'IsOptional', 'MaxLength', 'Min'].join(', ')} } from 'class-validator';
import { trimmed } from '../../../validation/trimmed';

export class ${kind}${type}Dto {
${members}

  @ApiProperty({ description: 'Free text for colleagues', required: false })
  @IsOptional()
  @Transform(trimmed)
  @MaxLength(2000)
  readonly note?: string;

  @ApiProperty({ description: 'Weight in a list', required: false })
  @IsOptional()
  @Min(0)
  readonly weight?: number;
}
`;
}
