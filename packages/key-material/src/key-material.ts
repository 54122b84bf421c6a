/** What key material looks like. */
export type KeyForm =
  | 'PKCS#1 private key'
  | 'PKCS#8 private key'
  | 'SEC1 private key'
  | 'DSA private key'
  | 'OpenSSH private key'
  | 'PGP private key'
  | 'PuTTY private key'
  | 'PKCS#12 key store'
  | 'private JSON web key'
  | 'signing secret';

/** One key in a file. Its text is not part of it: whoever has a range and the file can look. */
export interface KeyMaterial {
  readonly form: KeyForm;
  /** `RSA`, `EC`, `Ed25519`, … where it is known. */
  readonly algorithm: string | undefined;
  /** Of no use without a passphrase. */
  readonly isEncrypted: boolean;
  /** What the file calls it: `JWT_SECRET`, `jwt.secret`. */
  readonly name: string | undefined;
  /** UTF-16 offsets in the text of the file; the end is exclusive. Both 0 for a file that is no text. */
  readonly start: number;
  readonly end: number;
}

/** A file, by its path and its text; one that is no text has bytes alone. */
export interface KeyFile {
  /** With slashes; only its names count. */
  readonly path: string;
  readonly text?: string;
  readonly bytes?: Uint8Array;
}

/** A key without the place where it stands. */
export interface RecognisedKey {
  readonly form: KeyForm;
  readonly algorithm: string | undefined;
  readonly isEncrypted: boolean;
}
