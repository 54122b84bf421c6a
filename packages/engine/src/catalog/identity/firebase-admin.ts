import type { CallEntry, Library } from '../library.js';

const auths = [
  'firebase-admin/auth#getAuth()',
  'firebase-admin#auth()',
  'firebase-admin/auth#Auth()',
  'firebase-admin#auth.Auth()',
  // https://cloud.google.com/identity-platform/docs/multi-tenancy-managing-tenants
  'firebase-admin/auth#getAuth().tenantManager().authForTenant()',
  'firebase-admin#auth().tenantManager().authForTenant()',
];
const verified = { proves: { kind: 'token', when: 'returns' }, promises: true } as const;
const methods: Readonly<Record<string, CallEntry>> = {
  createCustomToken: { mint: { what: 'token', subject: { argument: 0 } }, promises: true },
  verifyIdToken: verified,
  verifySessionCookie: verified,
  // Takes an id token and fails where it is bad.
  createSessionCookie: verified,
};

/** The key of a service account signs custom tokens, and may do all else: https://firebase.google.com/docs/admin/setup. */
const serviceAccount: CallEntry = {
  keys: [
    { argument: 0, property: 'privateKey', purpose: 'sign' },
    { argument: 0, property: 'private_key', purpose: 'sign' },
  ],
};

/** https://firebase.google.com/docs/auth/admin/create-custom-tokens */
export const firebaseAdmin: Library = {
  packages: ['firebase-admin'],
  calls: {
    ...Object.fromEntries(
      auths.flatMap((auth) => Object.entries(methods).map(([name, entry]) => [`${auth}.${name}()`, entry] as const)),
    ),
    'firebase-admin/app#cert()': serviceAccount,
    'firebase-admin#credential.cert()': serviceAccount,
  },
};
