import { readFile } from 'node:fs/promises';
import { findKeyMaterial } from '@blastradius/key-material';
import type { KeyMaterial, KeyMaterialOptions } from '@blastradius/key-material';
import type { SecretLintRuleCreator, SecretLintSourceCode } from '@secretlint/types';
import { messages } from './messages.js';

export interface Options {
  /** Further names of settings that are signing secrets: `TICKET_PEPPER`. As they are written, without the names around them. */
  readonly names?: readonly string[];
}

export const creator: SecretLintRuleCreator<Options> = {
  messages,
  meta: {
    id: '@blastradius/secretlint-rule-signing-key',
    recommended: true,
    type: 'scanner',
    // Keys in DER are no text.
    supportedContentTypes: ['all'],
    docs: {
      url: 'https://github.com/blastradius/blastradius/blob/main/packages/secretlint-rule/README.md',
    },
  },
  create(context, { names = [] }) {
    const translate = context.createTranslator(messages);
    const known = new Set(names);
    const options: KeyMaterialOptions = known.size > 0 ? { isSigningName: (name) => known.has(name) } : {};
    return {
      async file(source) {
        const path = (source.filePath ?? '').replaceAll('\\', '/');
        const bytes = await readBytes(source);
        const file = bytes ? { path, text: source.content, bytes } : { path, text: source.content };
        for (const key of findKeyMaterial(file, options)) {
          // Without data: secretlint masks its words in the message, as if they were the key.
          const message = { ...translate(messageOf(key), shownOf(key)), data: undefined };
          context.report({ message, range: [key.start, key.end] });
        }
      },
    };
  },
};

/**
 * Secretlint hands bytes over as if they were UTF-8, which breaks them. A file that begins like an ASN.1 SEQUENCE and is no text is
 * read once more; no other file is.
 */
async function readBytes(source: SecretLintSourceCode): Promise<Uint8Array | undefined> {
  const { content, physicalFilePath } = source;
  if (physicalFilePath === undefined || !content.startsWith('0') || !/[\0\uFFFD]/.test(content)) return undefined;
  return readFile(physicalFilePath).catch(() => undefined);
}

function messageOf({ form, isEncrypted }: KeyMaterial): keyof typeof messages {
  if (form === 'signing secret') return 'SIGNING_SECRET';
  if (form === 'private JSON web key') return 'PRIVATE_JSON_WEB_KEY';
  return isEncrypted ? 'ENCRYPTED_PRIVATE_KEY' : 'PRIVATE_KEY';
}

/** What a message may say of a key: never its text. */
function shownOf({ form, algorithm, name }: KeyMaterial) {
  const kind = algorithm === undefined ? form : `${form} (${algorithm})`;
  return { kind, name: name === undefined ? '' : ` in ${name}` };
}
