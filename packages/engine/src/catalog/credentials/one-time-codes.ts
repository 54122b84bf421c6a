import type { Library } from '../library.js';

const checked = { proves: { kind: 'second-factor', when: 'truthy' } } as const;

/** Codes of an authenticator: the second factor beside a password. They answer true or false. */
export const oneTimeCodes: Library = {
  packages: ['otplib', 'speakeasy', '@otplib/preset-default', 'otpauth', 'notp', 'node-2fa'],
  calls: {
    'otplib#authenticator.verify()': checked,
    'otplib#authenticator.check()': checked,
    'otplib#totp.verify()': checked,
    'otplib#totp.check()': checked,
    'otplib#hotp.verify()': checked,
    'otplib#hotp.check()': checked,
    '@otplib/preset-default#authenticator.verify()': checked,
    '@otplib/preset-default#authenticator.check()': checked,
    'speakeasy#totp.verify()': checked,
    'speakeasy#totp.verifyDelta()': checked,
    'speakeasy#hotp.verify()': checked,
    // The distance to the code that fits, `null` where none does.
    'otpauth#TOTP().validate()': checked,
    'otpauth#HOTP().validate()': checked,
    'notp#totp.verify()': checked,
    'node-2fa#verifyToken()': checked,
  },
};
