interface Shown {
  readonly kind: string;
  readonly name: string;
}

const none: Shown = { kind: 'key', name: '' };

/** By message id, as secretlint wants them: https://github.com/secretlint/secretlint/blob/master/docs/secretlint-rule.md */
export const messages = {
  PRIVATE_KEY: {
    en: ({ kind, name }: Shown = none) =>
      `found a ${kind}${name}. Whoever can read this file can sign with it: keep it in a secret store, and replace it.`,
  },
  ENCRYPTED_PRIVATE_KEY: {
    en: ({ kind, name }: Shown = none) =>
      `found an encrypted ${kind}${name}. Whoever gets its passphrase can sign with it: keep it in a secret store.`,
  },
  PRIVATE_JSON_WEB_KEY: {
    en: ({ kind, name }: Shown = none) =>
      `found a ${kind}${name}. Whoever can read this file can make tokens with it: keep it in a secret store, and replace it.`,
  },
  SIGNING_SECRET: {
    en: ({ name }: Shown = none) =>
      `found a signing secret${name}. Whoever can read this file can make tokens with it: fill it in from a secret store, and replace it.`,
  },
};
