import { posix } from 'node:path';
import type { DocumentKind } from './project.js';

/** `.env.example` and its like show which names there are; they hold no values. */
const environmentTemplate = /\.(?:example|sample|template|dist|tpl|defaults?)$/;

/** What a file may be by its name. For `private-key` the text has the last word. */
export function findDocumentKind(name: string): DocumentKind | undefined {
  if (name === 'package.json') return 'package';
  if (name === '.env' || (name.startsWith('.env.') && !environmentTemplate.test(name))) return 'environment';
  switch (posix.extname(name)) {
    case '.prisma':
      return 'prisma';
    case '.sql':
      return 'sql';
    case '.pem':
    case '.key':
    case '.p8':
      return 'private-key';
    case '':
      return name.startsWith('.') ? undefined : 'private-key';
    default:
      return undefined;
  }
}

/** RFC 7468 and its forerunners: `PRIVATE KEY`, `RSA PRIVATE KEY`, `ENCRYPTED PRIVATE KEY`, `OPENSSH PRIVATE KEY`, … */
const privateKeyHeader = /^-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----/m;

/** The header line alone: key material never leaves the reader. A certificate or attributes may stand before it. */
export function findPrivateKeyHeader(text: string): string | undefined {
  return privateKeyHeader.exec(text)?.[0];
}
