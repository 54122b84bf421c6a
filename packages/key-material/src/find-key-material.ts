import { collectArmouredKeys, isPublicKeyText } from './armoured-keys.js';
import { nameOf } from './assignments/assignment.js';
import type { Assignment } from './assignments/assignment.js';
import { readAssignments } from './assignments/read-assignments.js';
import { recogniseBinaryKey } from './binary-key.js';
import { collectEncodedKeys } from './encoded-keys.js';
import type { KeyFile, KeyMaterial } from './key-material.js';
import { settingsFileOf } from './settings-file.js';
import type { SettingsFile } from './settings-file.js';
import { isSigningName } from './signing-name.js';
import { collectAssignedWebKeys } from './assigned-web-keys.js';
import { collectWebKeys } from './web-keys.js';
import { isForTests, looksGenerated, writtenValueOf } from './written-value.js';

export interface KeyMaterialOptions {
  /** Whether a setting is a signing secret by its name, beyond those that are known. */
  readonly isSigningName?: (name: string) => boolean;
}

/** The private keys and signing secrets of a file, in the order in which they stand; none of the public ones. */
export function findKeyMaterial(file: KeyFile, options: KeyMaterialOptions = {}): readonly KeyMaterial[] {
  const { path, text, bytes } = file;
  if (bytes) {
    const key = recogniseBinaryKey(bytes);
    if (key) return [{ ...key, name: undefined, start: 0, end: 0 }];
  }
  if (text === undefined) return [];
  const settings = settingsFileOf(path);
  const assignments = settings && mayAssign(text, options) ? readAssignments(settings.format, text) : [];
  const keys = withoutOverlaps([
    ...collectArmouredKeys(text),
    ...collectWebKeys(text),
    ...collectAssignedWebKeys(assignments),
    ...collectEncodedKeys(text),
  ]).map((key): KeyMaterial => ({ ...key, name: nameAround(key, assignments) }));
  const secrets = settings ? collectSecrets(settings, assignments, options) : [];
  return withoutOverlaps([
    ...keys,
    ...secrets.filter((secret) => keys.every((key) => key.end <= secret.start || secret.end <= key.start)),
  ]);
}

/** Spares the reading of files that name nothing of the kind. */
function mayAssign(text: string, options: KeyMaterialOptions): boolean {
  return options.isSigningName !== undefined || /secret|key|kty|salt|passphrase/i.test(text);
}

function collectSecrets(
  { format, use }: SettingsFile,
  assignments: readonly Assignment[],
  options: KeyMaterialOptions,
): readonly KeyMaterial[] {
  if (use === 'template') return [];
  return assignments.flatMap((assignment) => {
    const name = nameOf(assignment);
    if (!isSigningName(assignment.path) && options.isSigningName?.(name) !== true) return [];
    const value = writtenValueOf(assignment.value);
    if (value === undefined || isPublicKeyText(value)) return [];
    // Elsewhere than in variables a secret may be a word of an interface, or the name of where it is.
    const isVariable = format === 'shell' || format === 'dockerfile' || /^[A-Z][A-Z0-9_]*$/.test(name);
    if (!isVariable && (isSentence(value) || isName(value))) return [];
    if (use === 'development' && !looksGenerated(value)) return [];
    if (use === 'pipeline' && isForTests(value)) return [];
    return [
      {
        form: 'signing secret',
        algorithm: undefined,
        isEncrypted: false,
        name: shownName(assignment),
        start: assignment.valueStart,
        end: assignment.valueEnd,
      },
    ];
  });
}

/** `Secret of the session`, `Choose a secret.`: the label of a form, a description. */
function isSentence(value: string): boolean {
  return /\s/.test(value) && /^[A-Z][a-z]|[.:!?]$/.test(value);
}

/** `JWT_SECRET`, `jwt-secret`: what a store or a variable is called. */
function isName(value: string): boolean {
  return /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(value) || isSigningName([value]);
}

/** `JWT_SECRET`; `jwt.secret` where the own name alone says too little. */
function shownName({ path }: Assignment): string {
  const own = path.at(-1) ?? '';
  return isSigningName([own]) && own.toLowerCase() !== 'secret' ? own : path.slice(-2).join('.');
}

function nameAround(key: KeyMaterial, assignments: readonly Assignment[]): string | undefined {
  const around = assignments.find(({ valueStart, valueEnd }) => valueStart <= key.start && key.start < valueEnd);
  // `d` and `k` are members of the key itself.
  const path = around?.path ?? [];
  return path.at(key.form === 'private JSON web key' && /^[dk]$/.test(path.at(-1) ?? '') ? -2 : -1);
}

/** In order; of those that overlap the first one. */
function withoutOverlaps(keys: readonly KeyMaterial[]): readonly KeyMaterial[] {
  const kept: KeyMaterial[] = [];
  // A stable sort: what comes first in the list wins where two begin together.
  for (const key of [...keys].sort((a, b) => a.start - b.start)) {
    const last = kept.at(-1);
    if (!last || key.start >= last.end) kept.push(key);
  }
  return kept;
}
