/** What tokens are for, by the words in the names of what makes them; the first that fits. */
const kinds: readonly (readonly [kind: string, words: RegExp])[] = [
  ['refresh', /refresh/],
  ['reset', /reset|forgot|recover/],
  ['invitation', /invit/],
  ['unsubscribe', /unsubscribe/],
  ['verification', /verif(y|ication)|confirm|activat/],
  ['impersonation', /impersonat/],
  ['service', /internal|machine|system|service(?!s)|worker|job/],
  ['administration', /admin|staff|backoffice|operator/],
  ['one-time code', /magic|passwordless|otp|mfa|twofactor|challenge/],
  ['state', /state|csrf|nonce/],
  ['share', /share|publiclink|embed/],
  ['file', /download|upload|attachment|image|export|asset/],
  ['API key', /apikey|apitoken|personalaccess|accesskey/],
  ['integration', /integration|webhook|oauth|sso/],
  ['feature', /feature/],
  ['pending', /pending|signup|register|onboard/],
  ['socket', /socket|collab|realtime/],
  ['session', /session|auth|access|login|signin|identity|bearer|user|customer|client|mobile|web/],
];

/** What a token is for, as its type says it, or else the nearest name that says anything. */
export function kindOfToken(types: readonly string[], names: readonly string[]): string | undefined {
  for (const name of [...types, ...names]) {
    const found = kindOfName(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function kindOfName(name: string): string | undefined {
  const known = named.get(name);
  if (known !== undefined || named.has(name)) return known;
  const plain = name.replace(/[^a-z0-9]/gi, '').toLowerCase();
  const found = kinds.find(([, words]) => words.test(plain))?.[0];
  named.set(name, found);
  return found;
}

const named = new Map<string, string | undefined>();
