import type { Library } from '../library.js';

const hashes = { hashesPassword: true } as const;
const compared = { proves: { kind: 'credential', when: 'truthy' } } as const;
const comparedLater = { ...compared, promises: true } as const;

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
    'bcrypt#compare()': comparedLater,
    'bcrypt#compareSync()': compared,
    'bcryptjs#compare()': comparedLater,
    'bcryptjs#compareSync()': compared,
    'bcrypt-nodejs#compare()': compared,
    'bcrypt-nodejs#compareSync()': compared,
    'argon2#verify()': comparedLater,
    '@node-rs/argon2#verify()': comparedLater,
    '@node-rs/argon2#verifySync()': compared,
    '@node-rs/bcrypt#compare()': comparedLater,
    '@node-rs/bcrypt#verify()': comparedLater,
    'password-hash#verify()': compared,
    'scrypt-kdf#verify()': comparedLater,
    'crypto#timingSafeEqual()': { proves: { kind: 'signature', when: 'truthy' } },
    'global#Bun.password.verify()': comparedLater,
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
