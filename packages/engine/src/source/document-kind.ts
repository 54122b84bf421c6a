import { posix } from 'node:path';
import { settingsFileOf } from '@blastradius/key-material';
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
    case '.jwk':
    case '.jwks':
    case '.der':
    case '.p12':
    case '.pfx':
      return 'private-key';
    case '':
      if (settingsFileOf(name)) return 'settings';
      return name.startsWith('.') ? undefined : 'private-key';
    default:
      if (keySetName.test(name)) return 'private-key';
      return settingsFileOf(name) && 'settings';
  }
}

/** `jwk.json`, `private.jwks.json`, `signing-keys.json`. */
const keySetName = /(?:^|[._-])(?:jwks?|keys?|key-?set)(?:[._-][\w-]+)*\.json$/i;

/** Files of keys that are no text. */
export function isBinaryKeyName(name: string): boolean {
  return /\.(?:der|p12|pfx|key)$/.test(name);
}
