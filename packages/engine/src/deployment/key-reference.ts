/** What a key service or a secret manager calls a key that it keeps. */
export interface KeyReference {
  /** `KMS`, `Secrets Manager`, … */
  readonly service: string;
  /** The part of it that names the key, without accounts. */
  readonly name: string;
  /** Whether it is one of production, by a word of its own. */
  readonly isProduction: boolean;
}

const forms: readonly { readonly service: string; readonly form: RegExp; readonly onlyKeys: boolean }[] = [
  // https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id
  { service: 'AWS KMS', form: /^arn:aws[\w-]*:kms:[\w-]*:\d*:((?:key|alias)\/[\w/-]+)$/, onlyKeys: true },
  { service: 'AWS KMS', form: /^(alias\/(?!aws\/)[\w/-]+)$/, onlyKeys: true },
  // https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html
  {
    service: 'AWS Secrets Manager',
    form: /^arn:aws[\w-]*:secretsmanager:[\w-]*:\d*:secret:([\w/+=.@-]+)$/,
    onlyKeys: false,
  },
  // https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html
  { service: 'AWS Parameter Store', form: /^arn:aws[\w-]*:ssm:[\w-]*:\d*:parameter(\/[\w./-]+)$/, onlyKeys: false },
  // https://cloud.google.com/kms/docs/getting-resource-ids
  {
    service: 'Google Cloud KMS',
    form: /^(projects\/[\w-]+\/locations\/[\w-]+\/keyRings\/[\w-]+\/cryptoKeys\/[\w/-]+)$/,
    onlyKeys: true,
  },
  {
    service: 'Google Secret Manager',
    form: /^(projects\/[\w-]+\/secrets\/[\w-]+(?:\/versions\/\w+)?)$/,
    onlyKeys: false,
  },
  // https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates
  { service: 'Azure Key Vault', form: /^https:\/\/([\w-]+\.vault\.azure\.net\/keys\/[\w/-]+)$/, onlyKeys: true },
  { service: 'Azure Key Vault', form: /^https:\/\/([\w-]+\.vault\.azure\.net\/secrets\/[\w/-]+)$/, onlyKeys: false },
  // https://developer.hashicorp.com/vault/api-docs/secret/kv/kv-v2, https://developer.hashicorp.com/vault/api-docs/secret/transit
  { service: 'Vault', form: /^(transit\/(?:keys|sign)\/[\w/-]+)$/, onlyKeys: true },
  { service: 'Vault', form: /^(secret\/(?:data\/)?[\w/-]+)$/, onlyKeys: false },
];

/** A path without a service: `prod/auth/signing-key`, as `SecretId` and names of parameters are written. */
const plainPath = /^\/?[\w.-]+(?:\/[\w.-]+)+$/;
const production = /(?:^|[/._-])(?:prod|production|live)(?=$|[/._-])/i;
const keyWord = /(?:^|[/._-])(?:signing|sign|jwt|token|key|keys|secret)(?=$|[/._-])/i;

/**
 * Reads a reference; `undefined` for anything else.
 *
 * @param asked Whether it stands where a secret is asked for by its name, as in a call of a secret manager: then a path is one.
 */
export function readKeyReference(text: string, asked = false): KeyReference | undefined {
  for (const { service, form, onlyKeys } of forms) {
    const name = form.exec(text)?.[1];
    if (name === undefined) continue;
    if (!onlyKeys && !keyWord.test(name.replace(/^secret\/|\/secrets\//, '/'))) return undefined;
    return { service, name: withoutAccount(name), isProduction: production.test(name) };
  }
  if (!asked || !plainPath.test(text) || !keyWord.test(text)) return undefined;
  return { service: 'the secret manager', name: text, isProduction: production.test(text) };
}

/** The end of a long name says which key it is. */
function withoutAccount(name: string): string {
  return name.split('/').slice(-4).join('/');
}
