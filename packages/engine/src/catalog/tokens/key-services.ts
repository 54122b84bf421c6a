import type { CallEntry, Library } from '../library.js';

/** Signs what stands at this place, with the key of this name: with the text beside it, that is a token. */
function signs(text: string, key: string, names: 'key' | 'pair'): CallEntry {
  return {
    seals: [{ argument: 0, property: text }],
    keys: [{ argument: 0, property: key, names, purpose: 'sign', onlyAsSeal: true }],
  };
}

/** https://docs.aws.amazon.com/AWSJavaScriptSDK/v3/latest/client/kms/: a command is sent, or a method of `KMS` does both. */
export const awsKms: Library = {
  packages: ['@aws-sdk/client-kms'],
  calls: {
    '@aws-sdk/client-kms#SignCommand()': signs('Message', 'KeyId', 'pair'),
    '@aws-sdk/client-kms#GenerateMacCommand()': signs('Message', 'KeyId', 'key'),
    '@aws-sdk/client-kms#KMSClient().send()': { converts: 0 },
    '@aws-sdk/client-kms#KMS().send()': { converts: 0 },
    '@aws-sdk/client-kms#KMS().sign()': signs('Message', 'KeyId', 'pair'),
    '@aws-sdk/client-kms#KMS().generateMac()': signs('Message', 'KeyId', 'key'),
    'aws-sdk#KMS().sign()': signs('Message', 'KeyId', 'pair'),
    'aws-sdk#KMS().generateMac()': signs('Message', 'KeyId', 'key'),
  },
};

/** https://cloud.google.com/kms/docs/create-validate-signatures: the digest is in an object with one member, and `data` is signed as it is. */
export const googleKms: Library = {
  packages: ['@google-cloud/kms'],
  same: { '@google-cloud/kms#v1.KeyManagementServiceClient()': '@google-cloud/kms#KeyManagementServiceClient()' },
  calls: {
    '@google-cloud/kms#KeyManagementServiceClient().asymmetricSign()': {
      seals: [
        { argument: 0, property: 'data' },
        { argument: 0, property: 'digest' },
      ],
      keys: [{ argument: 0, property: 'name', names: 'pair', purpose: 'sign', onlyAsSeal: true }],
    },
    '@google-cloud/kms#KeyManagementServiceClient().macSign()': signs('data', 'name', 'key'),
  },
};

const azureKey = { names: 'pair', purpose: 'sign', onlyAsSeal: true, made: true, argument: 0 } as const;

/** https://learn.microsoft.com/javascript/api/@azure/keyvault-keys/cryptographyclient: the client is made with the key. */
export const azureKeys: Library = {
  packages: ['@azure/keyvault-keys'],
  calls: {
    '@azure/keyvault-keys#CryptographyClient().sign()': { seals: 1, keys: [azureKey] },
    '@azure/keyvault-keys#CryptographyClient().signData()': { seals: 1, keys: [azureKey] },
  },
};

/** https://developer.hashicorp.com/vault/docs/secrets/transit: `write('transit/sign/name', { input })`. */
export const nodeVault: Library = {
  packages: ['node-vault'],
  calls: {
    'node-vault#().write()': {
      seals: [{ argument: 1, property: 'input' }],
      keys: [{ argument: 0, names: 'key', purpose: 'sign', onlyAsSeal: true }],
    },
  },
};
