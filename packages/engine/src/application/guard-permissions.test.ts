import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openSession } from '../open-session.js';

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** What each route proves of the caller, and what it asks for beyond that. */
function routesOf(files: Readonly<Record<string, string>>): readonly string[] {
  const root = mkdtempSync(join(tmpdir(), 'blastradius-permissions-'));
  folders.push(root);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return openSession(root, { rules: [] })
    .application()
    .routes.map(({ title, authentication, authorization }) => [title, authentication, ...authorization].join(' '));
}

const manifest = '{ "name": "shop", "dependencies": { "express": "5.0.0" } }';

describe('authorizers of the configuration', () => {
  const app = `import express from 'express';
import { asksClerk, may } from '@acme/access';

const app = express();
app.delete('/chain', may, (req, res) => res.json({ done: true }));
app.delete('/called', (req, res) => {
  may(req);
  res.json({ done: true });
});
app.delete('/clerk', asksClerk('orders'), (req, res) => res.json({ done: true }));
`;

  it('give a permission, and an identity only where they are said to prove one', () => {
    const config = { authorizers: ['@acme/access#may', { name: '@acme/access#asksClerk', proves: 'token' }] };
    const files = { 'package.json': manifest, 'src/app.ts': app, 'blastradius.config.json': JSON.stringify(config) };
    expect(routesOf(files)).toEqual([
      'DELETE /chain open policy:may',
      'DELETE /called open policy:may',
      'DELETE /clerk guarded policy:asksClerk',
    ]);
  });
});

describe('guard classes of authorization libraries', () => {
  it('give a permission, those that ask by a decorator only where the handler has it', () => {
    const controller = `import { Controller, Delete, Get, Module, UseGuards } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ACGuard, UseRoles } from 'nest-access-control';
import { AccessGuard, Actions, UseAbility } from 'nest-casl';

@Controller('roles')
@UseGuards(ACGuard)
class RolesController {
  @Delete('asked')
  @UseRoles({ resource: 'order', action: 'delete', possession: 'any' })
  asked() {}

  @Delete('open')
  open() {}
}

class OrdersGuard extends AccessGuard {}

@Controller('abilities')
class AbilitiesController {
  @Delete()
  @UseGuards(AccessGuard)
  @UseAbility(Actions.delete, 'Order')
  own() {}

  @Get()
  @UseGuards(OrdersGuard)
  @UseAbility(Actions.read, 'Order')
  extended() {}
}

@Module({ controllers: [RolesController, AbilitiesController] })
class AppModule {}

void NestFactory.create(AppModule);
`;
    const nest = manifest.replace('"express": "5.0.0"', '"@nestjs/core": "11.0.0"');
    expect(routesOf({ 'package.json': nest, 'src/main.ts': controller })).toEqual([
      'DELETE /roles/asked guarded policy:roles',
      'DELETE /roles/open open',
      'DELETE /abilities guarded policy:ability',
      'GET /abilities guarded policy:ability',
    ]);
  });
});
