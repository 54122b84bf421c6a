import { settingsFileOf } from '@blastradius/key-material';
import type { Place } from '../finding/place.js';
import type { ProjectDocument } from '../source/project.js';
import type { WrittenKey } from '../source/written-key.js';
import type { SigningKey } from './signing-key.js';

/** A key in a file of the repository whose use was not found: what it is shows that it signs. */
export interface CommittedKey {
  /** `PKCS#8 private key (RSA)`, `signing secret`. */
  readonly kind: string;
  /** `JWT_SECRET`, or the path of the file. */
  readonly name: string;
  readonly place: Place;
}

/** Forms in which tokens are signed. OpenSSH and PGP keys sign no token, and a store of PKCS#12 serves TLS. */
const signingForms: ReadonlySet<WrittenKey['form']> = new Set<WrittenKey['form']>([
  'PKCS#1 private key',
  'PKCS#8 private key',
  'SEC1 private key',
  'private JSON web key',
  'signing secret',
]);

/** Names of keys that serve TLS: what they are for is said by nothing else. */
const tlsName =
  /(?:^|[/._-])(?:tls|ssl|https?|certs?|certificates?|localhost|server|ca|root-?ca|nginx|mkcert|ssh|deploy)(?:[/._-]|$)/i;

/** @param used The keys whose use was found; they are not given again. */
export function collectCommittedKeys(
  documents: readonly ProjectDocument[],
  used: readonly SigningKey[],
): readonly CommittedKey[] {
  const usedLines = new Set(used.map(({ origin }) => `${origin.file}:${String(origin.line)}`));
  const usedFiles = new Set(used.filter(({ name, origin }) => name === origin.file).map(({ name }) => name));
  return documents.flatMap((document) =>
    usedFiles.has(document.path)
      ? []
      : (document.keys ?? [])
          .filter((key) => signs(key, document) && !usedLines.has(`${document.path}:${String(key.place.line)}`))
          .map((key) => ({
            kind: key.algorithm === undefined ? key.form : `${key.form} (${key.algorithm})`,
            name: key.name ?? document.path,
            place: key.place,
          })),
  );
}

function signs({ form, isEncrypted, name }: WrittenKey, { path }: ProjectDocument): boolean {
  if (isEncrypted || !signingForms.has(form)) return false;
  // Development runs with secrets that nobody else has; a private key that lies there may well be the one.
  if (form === 'signing secret') return settingsFileOf(path)?.use === 'production';
  return form === 'private JSON web key' || !tlsName.test(`${path}/${name ?? ''}`);
}
