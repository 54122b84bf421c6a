import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, generateSecret } from 'jose';

/** One form in which a private key comes, with its public half in the same form. */
export interface KeyFormFiles {
  /** `rsa-pkcs8.pem`: the name of the file. */
  readonly name: string;
  readonly isEncrypted: boolean;
  /** Absolute. */
  readonly privateFile: string;
  /** Absolute; a shared secret has no public half. */
  readonly publicFile: string | undefined;
}

interface Form {
  readonly name: string;
  readonly isEncrypted?: boolean;
  readonly privateText: string | Buffer;
  readonly publicText: string | Buffer | undefined;
}

const lock = { cipher: 'aes-256-cbc', passphrase: 'open sesame' } as const;

/**
 * Makes a key of each form below a folder, new ones every time: OpenSSL, which is in Node, makes those with an armour and in DER, jose
 * the JSON web keys. So no key lies in a repository, and no program has to be installed.
 */
export async function makeKeyForms(folder: string): Promise<readonly KeyFormFiles[]> {
  const write = (half: string, name: string, text: string | Buffer): string => {
    mkdirSync(join(folder, half), { recursive: true });
    const file = join(folder, half, name);
    writeFileSync(file, text);
    return file;
  };
  return [...armouredForms(), ...(await webKeyForms())].map(
    ({ name, isEncrypted = false, privateText, publicText }) => ({
      name,
      isEncrypted,
      privateFile: write('private', name, privateText),
      publicFile: publicText === undefined ? undefined : write('public', name, publicText),
    }),
  );
}

function armouredForms(): readonly Form[] {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const ed25519 = generateKeyPairSync('ed25519').privateKey;
  const ed448 = generateKeyPairSync('ed448').privateKey;
  const pkcs8Der = rsa.export({ type: 'pkcs8', format: 'der' });
  const pkcs8Pem = rsa.export({ type: 'pkcs8', format: 'pem' }).toString();
  const publicPem = (key: KeyObject) => createPublicKey(key).export({ type: 'spki', format: 'pem' });
  const publicDer = (key: KeyObject) => createPublicKey(key).export({ type: 'spki', format: 'der' });
  const rsaPublicPem = createPublicKey(rsa).export({ type: 'pkcs1', format: 'pem' });
  const rsaPublicDer = createPublicKey(rsa).export({ type: 'pkcs1', format: 'der' });
  return [
    { name: 'rsa-pkcs1.pem', privateText: rsa.export({ type: 'pkcs1', format: 'pem' }), publicText: rsaPublicPem },
    {
      name: 'rsa-pkcs1-encrypted.pem',
      isEncrypted: true,
      privateText: rsa.export({ type: 'pkcs1', format: 'pem', ...lock }),
      publicText: rsaPublicPem,
    },
    { name: 'rsa-pkcs1.der', privateText: rsa.export({ type: 'pkcs1', format: 'der' }), publicText: rsaPublicDer },
    { name: 'rsa-pkcs8.pem', privateText: pkcs8Pem, publicText: publicPem(rsa) },
    {
      name: 'rsa-pkcs8-encrypted.pem',
      isEncrypted: true,
      privateText: rsa.export({ type: 'pkcs8', format: 'pem', ...lock }),
      publicText: publicPem(rsa),
    },
    { name: 'rsa-pkcs8.der', privateText: pkcs8Der, publicText: publicDer(rsa) },
    {
      name: 'rsa-pkcs8-encrypted.der',
      isEncrypted: true,
      privateText: rsa.export({ type: 'pkcs8', format: 'der', ...lock }),
      publicText: publicDer(rsa),
    },
    {
      name: 'rsa-pkcs8-der.b64',
      privateText: pkcs8Der.toString('base64'),
      publicText: publicDer(rsa).toString('base64'),
    },
    { name: 'rsa-pkcs8-der-lines.b64', privateText: inLines(pkcs8Der), publicText: inLines(publicDer(rsa)) },
    {
      name: 'rsa-pkcs8-pem.b64',
      privateText: Buffer.from(pkcs8Pem).toString('base64'),
      publicText: Buffer.from(publicPem(rsa)).toString('base64'),
    },
    { name: 'ec-sec1.pem', privateText: ec.export({ type: 'sec1', format: 'pem' }), publicText: publicPem(ec) },
    {
      name: 'ec-sec1-encrypted.pem',
      isEncrypted: true,
      privateText: ec.export({ type: 'sec1', format: 'pem', ...lock }),
      publicText: publicPem(ec),
    },
    { name: 'ec-sec1.der', privateText: ec.export({ type: 'sec1', format: 'der' }), publicText: publicDer(ec) },
    { name: 'ec-pkcs8.pem', privateText: ec.export({ type: 'pkcs8', format: 'pem' }), publicText: publicPem(ec) },
    {
      name: 'ed25519-pkcs8.pem',
      privateText: ed25519.export({ type: 'pkcs8', format: 'pem' }),
      publicText: publicPem(ed25519),
    },
    {
      name: 'ed25519-pkcs8-encrypted.pem',
      isEncrypted: true,
      privateText: ed25519.export({ type: 'pkcs8', format: 'pem', ...lock }),
      publicText: publicPem(ed25519),
    },
    {
      name: 'ed25519-pkcs8.der',
      privateText: ed25519.export({ type: 'pkcs8', format: 'der' }),
      publicText: publicDer(ed25519),
    },
    {
      name: 'ed448-pkcs8.pem',
      privateText: ed448.export({ type: 'pkcs8', format: 'pem' }),
      publicText: publicPem(ed448),
    },
  ];
}

async function webKeyForms(): Promise<readonly Form[]> {
  const pair = async (algorithm: string) => {
    const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
    const publicJwk = await exportJWK(publicKey);
    const named = { kid: await calculateJwkThumbprint(publicJwk), alg: algorithm, use: 'sig' };
    return { privateJwk: { ...(await exportJWK(privateKey)), ...named }, publicJwk: { ...publicJwk, ...named } };
  };
  const form = (name: string, privateJwk: unknown, publicJwk?: unknown): Form => ({
    name,
    privateText: JSON.stringify(privateJwk, undefined, 2),
    publicText: publicJwk === undefined ? undefined : JSON.stringify(publicJwk, undefined, 2),
  });
  const rsa = await pair('RS256');
  const ec = await pair('ES384');
  const ed = await pair('EdDSA');
  const shared = await exportJWK(await generateSecret('HS256', { extractable: true }));
  return [
    form('rsa.jwk.json', rsa.privateJwk, rsa.publicJwk),
    form('ec.jwk.json', ec.privateJwk, ec.publicJwk),
    form('ed25519.jwk.json', ed.privateJwk, ed.publicJwk),
    form('shared.jwk.json', { ...shared, alg: 'HS256' }),
    form('keys.jwks.json', { keys: [ec.publicJwk, rsa.privateJwk] }, { keys: [ec.publicJwk, rsa.publicJwk] }),
  ];
}

/** As the command line of OpenSSL writes base64. */
function inLines(bytes: Buffer): string {
  return `${(bytes.toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n`;
}
