import {
  idOfPlace,
  type Application,
  type Place,
  type Report,
  type Rule,
  type TokenMint,
  type TokenVerifier,
} from '@blastradius/engine';

/** Names of the claims, and what the model calls them. */
const claimFields = { exp: 'expiry', aud: 'audience', iss: 'issuer', jti: 'id', type: 'type' } as const;

type Claim = keyof typeof claimFields;

interface Options {
  readonly claims: readonly Claim[];
  readonly maximumLifetime: number;
}

const rule: Rule<Options> = {
  id: 'require-token-claims',
  meta: {
    description: 'A token never expires or does not say whom it is for, or nobody looks',
    severity: 'warning',
    precision: 'medium',
    recommended: true,
    cwe: [345, 347, 613],
    owasp: ['API2'],
    asvs: ['9.1.2', '9.2.1', '9.2.3'],
    ismsP: ['2.5.3'],
    securitySeverity: 6.5,
    options: {
      schema: {
        claims: {
          type: 'array',
          items: { enum: Object.keys(claimFields) },
          description:
            'what every token has to carry, in place of what the table above asks for; `jti` stands for the id of a session as well, and `type` for whatever says what the token is for',
        },
        maximumLifetime: {
          type: 'integer',
          minimum: 0,
          description:
            'in seconds, 0 for any; a token that is known to be good for longer is reported, unless it has an id by which it can be taken back',
        },
      },
      defaults: { claims: [], maximumLifetime: 0 },
    },
  },
  check(application, report, { claims, maximumLifetime }) {
    const alike = new Map<string, number>();
    const put = (item: Report): void => {
      const before = alike.get(item.sink) ?? 0;
      alike.set(item.sink, before + 1);
      report(before === 0 ? item : { ...item, sink: `${item.sink} ${String(before + 1)}` });
    };
    const { tokenMints } = application;
    if (claims.length > 0) {
      for (const mint of firstByPlace(tokenMints.filter((item) => item.expiryInMilliseconds)))
        put(reportOfLasting(mint));
      for (const mint of firstByPlace(tokenMints.filter((item) => missingAmong(claims, item).length > 0)))
        put(reportOfMissing(mint, missingAmong(claims, mint)));
    } else {
      const lasting = firstByPlace(tokenMints.filter(neverExpires));
      for (const mint of lasting) put(reportOfLasting(mint));
      const places = new Set(lasting.map(({ place }) => idOfPlace(place)));
      const unaddressed = firstByPlace(tokenMints.filter((mint) => isForAnybody(mint, application)));
      for (const [first, ...others] of byKey(unaddressed.filter(({ place }) => !places.has(idOfPlace(place)))))
        if (first) put(reportOfUnaddressed(first, others));
    }
    if (maximumLifetime > 0) {
      for (const mint of firstByPlace(tokenMints.filter((item) => isLongLived(item, maximumLifetime))))
        put(reportOfLongLived(mint, maximumLifetime));
    }
    for (const verifier of firstByPlace(
      application.tokenVerifiers.filter(
        (item) => item.keys.length > 0 || item.keyChoice === 'several' || item.algorithmOfToken,
      ),
    )) {
      const flaw = flawOf(verifier, application);
      if (flaw) put(reportOfVerifier(verifier, flaw));
    }
  },
};

/** What can be taken back by its id may live on. */
function neverExpires({ expiry, expiryInMilliseconds, id }: TokenMint): boolean {
  return expiryInMilliseconds || (expiry === 'missing' && id === 'missing');
}

function missingAmong(claims: readonly Claim[], mint: TokenMint): readonly Claim[] {
  return claims.filter((claim) => mint[claimFields[claim]] === 'missing');
}

function isLongLived({ lifetime, id }: TokenMint, maximum: number): boolean {
  return lifetime !== undefined && lifetime > maximum && id === 'missing';
}

/**
 * Who verifies with the same key cannot tell it from any other token. One that nobody here verifies is for others to
 * judge. Where the key of a verifier is not known, it is that of the mints of its file, and of those of its package
 * whose keys are not known either.
 */
function isForAnybody(mint: TokenMint, { tokenVerifiers }: Application): boolean {
  if (mint.audience !== 'missing' || mint.issuer !== 'missing' || mint.type !== 'missing') return false;
  const mayShare = ({ keyChoice, application, place }: TokenVerifier): boolean =>
    keyChoice === 'unknown' &&
    (place.file === mint.place.file || (mint.keys.length === 0 && application === mint.application));
  return tokenVerifiers.some((verifier) => shareKey(mint, verifier) || mayShare(verifier));
}

function flawOf(
  verifier: TokenVerifier,
  { tokenMints, tokenVerifiers }: Application,
): 'audience' | 'issuer' | 'algorithm' | undefined {
  if (verifier.algorithmOfToken && verifier.algorithms === 'missing') return 'algorithm';
  if (verifier.audience !== 'missing') return undefined;
  const mints = tokenMints.filter((mint) => shareKey(mint, verifier));
  if (
    mints.length > 0 &&
    mints.every((mint) => mint.audience === 'set') &&
    hasSeveralUses(mints, verifier, tokenVerifiers)
  )
    return 'audience';
  const isOfProvider = mints.length === 0 && verifier.keyChoice === 'several' && verifier.keys.length === 0;
  return isOfProvider && verifier.issuer === 'missing' ? 'issuer' : undefined;
}

/** Tokens of one key for one audience, verified in one place, cannot be mistaken for others. */
function hasSeveralUses(mints: readonly TokenMint[], verifier: TokenVerifier, all: readonly TokenVerifier[]): boolean {
  const audiences = new Set(mints.flatMap((mint) => mint.audiences));
  return audiences.size > 1 || all.some((other) => other.audience === 'set' && shareKey(verifier, other));
}

function reportOfLasting(mint: TokenMint): Report {
  const others = missingOf(mint);
  const also = others.length > 0 ? `, and names no ${others.join(' and no ')}` : '';
  const what = mint.expiryInMilliseconds
    ? `\`${mint.name}\` is given its \`exp\` in milliseconds, which puts it some 50,000 years ahead: the token never expires`
    : `\`${mint.name}\` makes a token that never expires`;
  return {
    message: `${what}${also}. Whoever gets hold of it has it for good: give it an expiry, in minutes where it can be renewed.`,
    place: mint.place,
    entity: mint.name,
    sink: `${mint.place.file} ${mint.names[0] ?? ''} expiry`,
    steps: [...mint.steps, { place: mint.place, message: 'sets no expiry that is ever reached' }],
  };
}

function reportOfMissing(mint: TokenMint, missing: readonly Claim[]): Report {
  const named = missing.map((claim) => `\`${claim}\``).join(' and no ');
  return {
    message: `\`${mint.name}\` makes a token with no ${named}, which every token of this project has to carry. Set what is missing.`,
    place: mint.place,
    entity: mint.name,
    sink: `${mint.place.file} ${mint.names[0] ?? ''} claims`,
    steps: [...mint.steps, { place: mint.place, message: `sets no ${missing.join(' and no ')}` }],
  };
}

function reportOfLongLived(mint: TokenMint, maximum: number): Report {
  const lifetime = String(mint.lifetime ?? 0);
  return {
    message: `\`${mint.name}\` makes a token that is good for ${lifetime} seconds, and ${String(maximum)} are the most that this project allows: nothing takes it back before. Shorten it, or give it an id and a record by which it can be taken back.`,
    place: mint.place,
    entity: mint.name,
    sink: `${mint.place.file} ${mint.names[0] ?? ''} lifetime`,
    steps: [...mint.steps, { place: mint.place, message: `makes it good for ${lifetime} seconds` }],
  };
}

function reportOfUnaddressed(mint: TokenMint, others: readonly TokenMint[]): Report {
  const key = mint.keys[0]?.name;
  const by = key === undefined || key === 'a literal' ? 'its key' : `\`${key}\``;
  return {
    message: `\`${mint.name}\` makes a token that says neither whom it is for nor who made it: whatever verifies with ${by} takes it, whichever service and purpose it was made for. Set an audience and an issuer, and let each verifier ask for them.`,
    place: mint.place,
    entity: mint.name,
    sink: `${mint.place.file} ${mint.names[0] ?? ''} audience`,
    steps: [mint, ...others].map(({ place }) => ({ place, message: 'sets neither audience nor issuer nor type' })),
  };
}

const verifierWords = {
  audience: [
    'does not look at the audience, which the tokens of this key carry: one that was made for another service passes as well',
    'Name the audience that it is for',
  ],
  issuer: [
    'asks for neither audience nor issuer: any token of that provider passes, whichever application it was made for',
    'Name the audience and the issuer',
  ],
  algorithm: [
    "names no algorithm, and takes the one in the token's own header",
    'Name the one algorithm that the tokens are made with',
  ],
} as const;

function reportOfVerifier({ name, place }: TokenVerifier, flaw: keyof typeof verifierWords): Report {
  const [what, remedy] = verifierWords[flaw];
  return {
    message: `\`${name}\` ${what}. ${remedy}.`,
    place,
    entity: name,
    sink: `${place.file} ${flaw}`,
    steps: [{ place, message: what }],
  };
}

function missingOf({ audience, issuer }: TokenMint): readonly string[] {
  return [...(audience === 'missing' ? ['audience'] : []), ...(issuer === 'missing' ? ['issuer'] : [])];
}

function shareKey(a: Pick<TokenMint, 'keys'>, b: Pick<TokenMint, 'keys'>): boolean {
  return a.keys.some(({ id }) => b.keys.some((key) => key.id === id));
}

function firstByPlace<Item extends { readonly place: Place }>(items: readonly Item[]): readonly Item[] {
  const seen = new Map<string, Item>();
  for (const item of items) if (!seen.has(idOfPlace(item.place))) seen.set(idOfPlace(item.place), item);
  return [...seen.values()];
}

function byKey(mints: readonly TokenMint[]): Iterable<readonly TokenMint[]> {
  const groups = new Map<string, TokenMint[]>();
  for (const mint of mints) {
    const id = mint.keys[0]?.id ?? `${mint.application} ${mint.name}`;
    groups.set(id, [...(groups.get(id) ?? []), mint]);
  }
  return groups.values();
}

export default rule;
