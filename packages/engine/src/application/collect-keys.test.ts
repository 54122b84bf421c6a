import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { openSession } from '../open-session.js';

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** The keys that a program signs with, and what each is used for. */
function keysOf(keyId: string, answer: string): readonly unknown[] {
  const root = mkdtempSync(join(tmpdir(), 'blastradius-keys-'));
  folders.push(root);
  writeFileSync(join(root, 'package.json'), '{ "name": "shop" }');
  writeFileSync(
    join(root, 'app.ts'),
    `import express from 'express';
import { KMSClient, SignCommand } from '@aws-sdk/client-kms';

const client = new KMSClient({});
const app = express();
app.get('/token', async (req, res) => {
  const text = \`shop.\${JSON.stringify({ sub: req.user.id })}\`;
  const { Signature } = await client.send(new SignCommand({ KeyId: ${keyId}, Message: Buffer.from(text) }));
  ${answer}
});
`,
  );
  const { keys, keyUses } = openSession(root, { rules: [] }).application();
  return [
    ...keys.map(({ name, source, use }) => [name, source, use]),
    ...keyUses.map(({ key, others }) => [key.id, key.isPair, others.map(({ kind }) => kind)]),
  ];
}

const sends = 'res.json({ token: `${text}.${Buffer.from(Signature).toString("base64url")}` });';

it('knows a key of a key service by its name', () => {
  expect(keysOf("'alias/tokens'", sends)).toEqual([
    ['alias/tokens', 'manager', 'SignCommand'],
    ['key alias/tokens', true, ['codes']],
  ]);
  expect(keysOf('process.env.KEY_ID', sends)).toEqual([
    ['KEY_ID', 'manager', 'SignCommand'],
    ['variable KEY_ID', true, ['codes']],
  ]);
});

it('leaves a key alone whose signature goes nowhere', () => {
  expect(keysOf("'alias/tokens'", 'res.sendStatus(204);')).toEqual([]);
});
