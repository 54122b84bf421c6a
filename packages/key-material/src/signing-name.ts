/** Whether what is named by a path of names is a secret that signs, as `JWT_SECRET`, `jwt.secret`, `session: { secret }` are. */
export function isSigningName(path: readonly string[]): boolean {
  const names = [...path];
  // `variable "jwt_secret" { default = … }`
  while (names.length > 1 && /^(?:value|default|defaultValue)$/i.test(names.at(-1) ?? '')) names.pop();
  const leaf = wordsOf(names.at(-1) ?? '');
  if (leaf.some((word) => notSecret.has(word))) return false;
  const joined = leaf.join('_');
  if (names.length === 1 && wholeNames.has(joined)) return true;
  const outer = names.slice(-3, -1).flatMap(wordsOf);
  if (outer.some((word) => elsewhere.has(word))) return false;
  const words = new Set([...outer, ...leaf]);
  const has = (set: ReadonlySet<string>): boolean => [...words].some((word) => set.has(word));
  const isNoun = leaf.some((word) => nouns.has(word));
  if (has(strongUses)) return isNoun || leaf.some((word) => word === 'key' || word === 'keys');
  const isVariable = outer.some((word) => /^(?:env|environment|variables?)$/.test(word));
  if (wholeNames.has(joined) && (isVariable || joined !== 'secret') && !has(vendors)) return true;
  return isNoun && has(weakUses) && !has(vendors);
}

/** `jwtSecret`, `JWT_SECRET`, `jwt-secret` → `jwt`, `secret`. */
function wordsOf(name: string): readonly string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const nouns = words('secret secrets salt passphrase');

/** With these, a `key` is one that signs as well. */
const strongUses = words('jwt jws signing hmac hs256 hs384 hs512 nextauth paseto jsonwebtoken');

const weakUses = words(
  'session sessions cookie cookies token tokens auth authentication csrf xsrf refresh passport sign signature iron express jwe magic',
);

/** Whole names that the frameworks give: Rails and Flask, Laravel and Adonis, Strapi. */
const wholeNames = words(
  'secret secret_key secret_key_base app_key app_keys app_secret application_secret server_secret',
);

/** Secrets of accounts at others: they open a service, and sign nothing here. */
const vendors = words(
  'aws s3 client api stripe google github gitlab facebook twitter apple oauth oauth2 oidc saml clerk captcha recaptcha hcaptcha turnstile webhook webhooks pusher twilio slack discord azure minio consumer telegram cloudinary paypal algolia sentry firebase shopify zoom linkedin microsoft plaid square braintree razorpay sendgrid mailgun kakao naver bot',
);

/** What is said of a secret, and is none itself. */
const notSecret = words(
  'public pub id ids name names path paths file files filename url uri dir directory expiry expire expires expiration expired exp ttl lifetime age header headers alg algorithm algorithms algo prefix suffix length len size type types count version format encoding ref arn existing enabled disabled rotation label title description max min issuer audience bytes store kid required env variable field attribute selector hash strategy provider from rounds manager annotations checksum endpoint host port',
);

/** Below these stands what a secret is called, or what is said about it. */
const elsewhere = words('ref from existing annotations labels checksum selector description');
