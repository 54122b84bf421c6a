import { posix } from 'node:path';
import { settingsFileOf } from '@blastradius/key-material';
import { limits } from '../limits.js';
import type { DocumentKind } from './project.js';

/** `.env.example` and its like show which names there are; they hold no values. */
const environmentTemplate = /\.(?:example|sample|template|dist|tpl|defaults?)$/;

/** https://docs.docker.com/compose/intro/compose-application-model/#the-compose-file, and variants of its name */
const composeName = /^(?:docker-)?compose(?:[._-][\w.-]+)?\.ya?ml$/;
/** `nginx.conf`, `nginx.prod.conf`, `default.conf` of its image, and templates of them. */
const nginxName = /^(?:[\w.-]*nginx[\w.-]*|default)\.conf(?:\.template)?$|\.nginx$/;
const lockName = /[-.]lock\.ya?ml$/;

/** What a file may be by its name. For `private-key` and `manifest` the text has the last word. */
export function findDocumentKind(name: string): DocumentKind | undefined {
  if (name === 'package.json') return 'package';
  if (name === '.env' || (name.startsWith('.env.') && !environmentTemplate.test(name))) return 'environment';
  if (composeName.test(name)) return 'compose';
  if (nginxName.test(name)) return 'nginx';
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
    case '.yaml':
    case '.yml':
      return lockName.test(name) ? undefined : 'manifest';
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

/** Objects of Kubernetes that say who reaches what, services of the Serverless Framework, and templates of SAM. */
const manifestText =
  /^kind: *["']?(?:Ingress|Service|Deployment|StatefulSet|DaemonSet|NetworkPolicy|HTTPRoute|Gateway)["']?\s*$|^functions:\s*$|AWS::Serverless/m;

/** Whether a file of YAML says how the project is deployed. Templates of Helm are no YAML before they are rendered. */
export function isManifest(text: string): boolean {
  return manifestText.test(text) && !text.includes('{{');
}

/** How large a document may be that is read. What is large of YAML is no manifest that people write. */
export function megabytesOf(kind: DocumentKind | undefined): number {
  return kind === 'manifest' ? limits.manifestKilobytes / 1024 : limits.documentMegabytes;
}
