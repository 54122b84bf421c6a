import { expect, it } from 'vitest';
import { readKeyReference } from './key-reference.js';
import { isDevelopmentCode, stageOf } from './stage.js';

it.each([
  ['alias/prod-signing', 'AWS KMS', true],
  ['alias/development-signing', 'AWS KMS', false],
  ['alias/products-signing', 'AWS KMS', false],
  ['arn:aws:kms:eu-west-1:111122223333:alias/production/reports', 'AWS KMS', true],
  ['arn:aws:kms:eu-west-1:111122223333:key/0f2a', 'AWS KMS', false],
  ['arn:aws:secretsmanager:eu-west-1:1:secret:prod/jwt-Ab12', 'AWS Secrets Manager', true],
  ['arn:aws:secretsmanager:eu-west-1:1:secret:prod/jwt/key', 'AWS Secrets Manager', true],
  ['arn:aws:ssm:eu-west-1:1:parameter/prod/token/key', 'AWS Parameter Store', true],
  ['projects/shop-prod/locations/eu/keyRings/main/cryptoKeys/tokens', 'Google Cloud KMS', true],
  ['projects/shop-prod/secrets/signing-key/versions/latest', 'Google Secret Manager', true],
  ['https://shop-prod.vault.azure.net/keys/tokens', 'Azure Key Vault', true],
  ['transit/keys/prod-tokens', 'Vault', true],
  ['secret/data/prod/signing-key', 'Vault', true],
])('reads %s', (text, service, isProduction) => {
  expect(readKeyReference(text)).toMatchObject({ service, isProduction });
});

it.each(['projects/shop-prod/secrets/banner', 'secret/data/prod/banner', 'https://shop-prod.example.com/keys/tokens'])(
  'takes %s for no key',
  (text) => {
    expect(readKeyReference(text)).toBeUndefined();
  },
);

it('takes a path for a reference where a secret is asked for by its name', () => {
  expect(readKeyReference('prod/auth/signing-key')).toBeUndefined();
  expect(readKeyReference('prod/auth/signing-key', true)).toMatchObject({ isProduction: true });
  expect(readKeyReference('prod/auth/banner', true)).toBeUndefined();
});

it('names no account', () => {
  expect(readKeyReference('arn:aws:kms:eu-west-1:111122223333:alias/prod')?.name).toBe('alias/prod');
});

it.each([
  ['.env.development', 'development'],
  ['.env.production', 'production'],
  ['.env.production.local', undefined],
  ['.env', undefined],
  ['docker-compose.override.yml', 'development'],
  ['compose.prod.yaml', 'production'],
  ['deploy/prod/compose.yaml', 'production'],
  ['products/compose.yaml', undefined],
  ['devices/.env', undefined],
])('tells what %s is for', (path, stage) => {
  expect(stageOf(path)).toBe(stage);
});

it.each([
  ['src/seeds/customers.ts', true],
  ['prisma/seed.ts', true],
  ['scripts/dev/sign.ts', true],
  ['prod/seed.ts', false],
  ['src/auth/local.strategy.ts', false],
  ['src/devices/devices.ts', false],
])('tells whether developers run %s', (path, expected) => {
  expect(isDevelopmentCode(path)).toBe(expected);
});
