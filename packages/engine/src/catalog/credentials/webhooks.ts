import type { Library } from '../library.js';

const throws = { proves: { kind: 'signature', when: 'returns' } } as const;

/** Verified messages of another party. */
export const webhooks: Library = {
  packages: ['stripe', 'svix', '@octokit/webhooks', 'twilio', 'google-auth-library', 'firebase-admin'],
  calls: {
    'stripe#().webhooks.constructEvent()': throws,
    'stripe#Stripe().webhooks.constructEvent()': throws,
    'svix#Webhook().verify()': throws,
    '@octokit/webhooks#Webhooks().verify()': { proves: { kind: 'signature', when: 'truthy' } },
    'twilio#validateRequest()': { proves: { kind: 'signature', when: 'truthy' } },
    'google-auth-library#OAuth2Client().verifyIdToken()': {
      proves: { kind: 'credential', when: 'returns', issued: true },
    },
    'google-auth-library#OAuth2Client().getToken()': { proves: { kind: 'credential', when: 'returns', issued: true } },
    'firebase-admin#auth().verifyIdToken()': { proves: { kind: 'token', when: 'returns' } },
    'firebase-admin/auth#getAuth().verifyIdToken()': { proves: { kind: 'token', when: 'returns' } },
  },
};
