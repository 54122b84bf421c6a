/**
 * Why a column must not hold its values as they are. `password`: it is only ever compared, a slow salted hash does;
 * `secret`: whoever has it acts in somebody's name; `identity`: a number of the state's; `payment`: cards and accounts;
 * `access-code`: it opens a door; `named`: the configuration says so.
 */
export type SensitiveKind = 'password' | 'secret' | 'identity' | 'payment' | 'access-code' | 'named';

export interface Sensitivity {
  readonly kind: SensitiveKind;
  /** Its name says that what it holds is not the value itself: `passwordHash`. */
  readonly sealed: boolean;
}

const passwords = /^(user|account|login|admin|new|plain|raw|temp|temporary|initial)?(password|passwd|pwd)$/;
const sealedPasswords =
  /^(user)?((hashed|encrypted)(password|passwd|pwd)|(password|passwd|pwd|pass)(hash|hashed|digest|encrypted))$/;
const secrets =
  /^((user|client|access|account)?api(key|secret|token)|(client|app|consumer|oauth)secret|secretkey|privatekey|(totp|mfa|otp|twofactor|twofa|2fa|authenticator)secret(base32)?|(recovery|backup|scratch)codes?|recoverykey|recoveryphrase|passphrase|seedphrase|mnemonic|(smtp|mail|database|db|ftp|ssh)password)$/;
const identities =
  /^(ssn|socialsecurity(number|no)?|nationalid(number|no)?|nationalinsurancenumber|residentregistration(number|no)|residentnumber|rrn|jumin(number|no)?|foreignerregistration(number|no)|passport(number|num|no)|driver'?s?licen[cs]e(number|num|no)?|identity(card)?(number|no)|idcard(number|no)|aadhaar(number|no)?|cpf|pesel|bsn|curp)$/;
const payments =
  /^((credit|debit|bank|payment)?card(number|num|no)|creditcard|ccnumber|ccnum|cvv2?|cvc|iban|bankaccount(number|no)?|bankrouting(number|no)?)$/;
const accessCodes = /^(door|gate|entry|entrance|alarm|lobby|building)(access)?(code|pin)$/;

const kinds: readonly (readonly [RegExp, SensitiveKind])[] = [
  [passwords, 'password'],
  [secrets, 'secret'],
  [identities, 'identity'],
  [payments, 'payment'],
  [accessCodes, 'access-code'],
];

/** Columns of one program are few, and each is asked for often. */
const known = new Map<string, Sensitivity | undefined>();

/** What a column holds by its name, in any spelling: `card_number`, `cardNumber`. */
export function sensitivityOf(column: string): Sensitivity | undefined {
  if (!known.has(column)) known.set(column, read(column));
  return known.get(column);
}

function read(column: string): Sensitivity | undefined {
  const name = plainName(column);
  if (sealedPasswords.test(name)) return { kind: 'password', sealed: true };
  const kind = kinds.find(([pattern]) => pattern.test(name))?.[1];
  return kind && { kind, sealed: false };
}

/** A name without case and without what stands between its words. */
export function plainName(name: string): string {
  return name.replace(/[_\s-]/g, '').toLowerCase();
}
