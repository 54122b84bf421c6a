import type { Library } from '../library.js';

const hashes = { hashesPassword: true } as const;
const compared = { proves: { kind: 'credential', when: 'truthy' } } as const;

/** Calls that compare a password with its hash and answer true or false. */
export const passwords: Library = {
  packages: [
    'bcrypt',
    'bcryptjs',
    'argon2',
    '@node-rs/bcrypt',
    '@node-rs/argon2',
    'bcrypt-nodejs',
    'password-hash',
    'scrypt-kdf',
  ],
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
    'bcrypt#hash()': hashes,
    'bcrypt#hashSync()': hashes,
    'bcryptjs#hash()': hashes,
    'bcryptjs#hashSync()': hashes,
    'bcrypt-nodejs#hash()': hashes,
    'bcrypt-nodejs#hashSync()': hashes,
    'argon2#hash()': hashes,
    '@node-rs/argon2#hash()': hashes,
    '@node-rs/argon2#hashSync()': hashes,
    '@node-rs/bcrypt#hash()': hashes,
    'password-hash#generate()': hashes,
    'crypto#scrypt()': hashes,
    'crypto#scryptSync()': hashes,
    'crypto#pbkdf2()': hashes,
    'crypto#pbkdf2Sync()': hashes,
  },
};
