import type { Library } from '../library.js';

const compared = { proves: { kind: 'credential', when: 'truthy' } } as const;

/** Calls that compare a password with its hash and answer true or false. */
export const passwords: Library = {
  packages: ['bcrypt', 'bcryptjs', 'argon2', '@node-rs/bcrypt', '@node-rs/argon2', 'bcrypt-nodejs', 'password-hash', 'scrypt-kdf'],
  calls: {
    'bcrypt#compare()': compared,
    'bcrypt#compareSync()': compared,
    'bcryptjs#compare()': compared,
    'bcryptjs#compareSync()': compared,
    'bcrypt-nodejs#compare()': compared,
    'bcrypt-nodejs#compareSync()': compared,
    'argon2#verify()': compared,
    '@node-rs/argon2#verify()': compared,
    '@node-rs/argon2#verifySync()': compared,
    '@node-rs/bcrypt#compare()': compared,
    '@node-rs/bcrypt#verify()': compared,
    'password-hash#verify()': compared,
    'scrypt-kdf#verify()': compared,
    'crypto#timingSafeEqual()': { proves: { kind: 'signature', when: 'truthy' } },
    'global#Bun.password.verify()': compared,
  },
};

/** Calls that hash a new password: the route sets up an account. */
export const passwordHashes: ReadonlySet<string> = new Set([
  'bcrypt#hash()',
  'bcrypt#hashSync()',
  'bcryptjs#hash()',
  'bcryptjs#hashSync()',
  'bcrypt-nodejs#hashSync()',
  'bcrypt-nodejs#hash()',
  'argon2#hash()',
  '@node-rs/argon2#hash()',
  '@node-rs/bcrypt#hash()',
  'crypto#scrypt()',
  'crypto#scryptSync()',
  'crypto#pbkdf2()',
  'crypto#pbkdf2Sync()',
]);
