const session = 'session';

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
  ['integration', /integration|webhook|sso/],
  ['feature', /feature/],
  ['pending', /pending|onboard/],
  ['socket', /socket|collab|realtime/],
  [session, /session|access|login|signin|bearer/],
];
/** Names that any token may have. */
const plainToken = /auth|identity|user|customer|client|mobile|web/;

/** `generateResetToken`, `createWebAuthToken`: a function that makes one, and not one that makes use of one. */
const makes = /^_?(create|generate|make|issue|sign|build|get|new|mint|encode|provide)/i;
const made = /token|jwt|ticket|link|cookie|session|auth|credential/i;

/**
 * What a token is for, as its type says it, or else the nearest name that says anything.
 *
 * @param held The variable or property that it is put into.
 * @param functions Those on the way to it, the innermost first.
 */
export function kindOfToken(
  types: readonly string[],
  held: string | undefined,
  functions: readonly string[],
): string | undefined {
  for (const type of types) {
    const found = kindOfName(type);
    if (found !== undefined) return found;
  }
  // `generateTokens().accessToken`
  const last = held?.slice(held.lastIndexOf('.') + 1);
  const own = last === undefined || last.endsWith('()') ? undefined : kindOfName(last);
  if (own !== undefined) return own;
  for (const name of functions) {
    const found = makes.test(name) && made.test(name) ? kindOfName(name) : undefined;
    if (found !== undefined) return found;
  }
  const names = [...(last === undefined ? [] : [last]), ...functions];
  return names.some((name) => plainToken.test(plainly(name))) ? session : undefined;
}

function kindOfName(name: string): string | undefined {
  const plain = plainly(name);
  const found = kinds.find(([, words]) => words.test(plain))?.[0];
  // `createWebAuthToken`
  return found ?? (makes.test(name) && made.test(name) && plainToken.test(plain) ? session : undefined);
}

function plainly(name: string): string {
  return name.replace(/[^a-z0-9]/gi, '').toLowerCase();
}
