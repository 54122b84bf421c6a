import type {
  CredentialCheck,
  Effect,
  Limiter,
  Lookup,
  Place,
  ReachedMint,
  Route,
  Rule,
  Step,
} from '@blastradius/engine';

interface Options {
  readonly attempts: readonly Attempt['kind'][];
  readonly addressIsEnough: boolean;
}

const kinds = ['check', 'mint', 'lookup'] as const;

const rule: Rule<Options> = {
  id: 'require-rate-limit',
  meta: {
    description: 'A password, a code or an account can be tried as often as somebody likes',
    severity: 'warning',
    precision: 'high',
    recommended: true,
    cwe: [307, 770, 799],
    owasp: ['API4', 'API6'],
    asvs: ['2.4.1', '6.3.1'],
    ismsP: ['2.5.3', '2.11.3'],
    securitySeverity: 6.5,
    options: {
      schema: {
        attempts: {
          type: 'array',
          items: { enum: kinds },
          description:
            'what has to be limited: checks of passwords and codes, mints, look-ups of personal data by a number that counts up',
        },
        addressIsEnough: {
          type: 'boolean',
          description:
            'whether a limiter that counts by address alone will do where ids count up as well, as something in front keeps out whoever has many addresses',
        },
      },
      defaults: { attempts: kinds, addressIsEnough: false },
    },
  },
  check(application, report, options) {
    for (const route of application.routes) {
      // What a layer does that was not followed, nobody knows.
      if (!route.followed || route.isForServices()) continue;
      const attempt = findAttempt(route, options.attempts);
      if (!attempt || route.limiters.some((limiter) => isEnough(limiter, attempt, options))) continue;
      const { what, why, place, name, advice, steps } = attempt;
      report({
        message: `\`${route.title}\` ${what}, and ${limitedBy(route.limiters)}: ${why}. ${advice}`,
        place: route.place,
        entity: route.title,
        sink: `${attempt.kind} ${name}`,
        steps: [
          { place: route.place, message: `\`${route.title}\` is registered` },
          ...route.limiters.map((limiter) => ({
            place: limiter.place,
            message: `\`${limiter.name}\` ${countOf(limiter)}`,
          })),
          ...steps,
          { place, message: `\`${name}\` is reached once for each request` },
        ],
      });
    }
  },
};

/** What somebody can do over and over. */
interface Attempt {
  readonly kind: 'check' | 'mint' | 'lookup';
  readonly name: string;
  readonly place: Place;
  /** Whether what the request names can be counted through: then another address, or another number, is another try. */
  readonly counted: boolean;
  readonly what: string;
  readonly why: string;
  readonly advice: string;
  readonly steps: readonly Step[];
}

function findAttempt(route: Route, wanted: Options['attempts']): Attempt | undefined {
  const check = route.credentialChecks.find((item) => isForAnyone(item, route));
  if (check && wanted.includes('check')) return attemptOfCheck(check, route);
  const mint = route.signsUp ? undefined : route.mints.find(isForAnybody);
  if (mint && wanted.includes('mint')) return attemptOfMint(mint, route);
  if (!wanted.includes('lookup') || !route.isOpen() || route.authenticates) return undefined;
  for (const lookup of route.lookups) {
    const effect = isNamed(lookup) ? findPersonal(lookup, route) : undefined;
    if (effect) return attemptOfLookup(lookup, effect.entity ?? lookup.entity.name);
  }
  return undefined;
}

/** Whether the request says it where everybody can write it, and not in a token. */
function isNamed({ input }: Lookup): boolean {
  return /^(params|query|body|args)\b/.test(input);
}

/** The password of an account that the request names, or of a login; one's own password is asked for elsewhere as well. */
function isForAnyone({ account, ofCaller, kind }: CredentialCheck, route: Route): boolean {
  if (!route.isGuarded()) return true;
  if (kind === 'second-factor') return route.mints.some(({ leaves }) => leaves);
  return account !== undefined && !ofCaller;
}

/** A token for an account that the request names, or for whatever it says; not one for a link or a site. */
function isForAnybody({ proofs, permissions, leaves, subject }: ReachedMint): boolean {
  return proofs.length === 0 && permissions.length === 0 && leaves && subject.isAccount === true;
}

/** What of a record with personal data leaves. */
function findPersonal({ place, name }: Lookup, { effects }: Route): Effect | undefined {
  return effects.find(
    (effect) =>
      effect.kind === 'reads' &&
      effect.personal &&
      effect.name === name &&
      effect.place.file === place.file &&
      effect.place.line <= place.line &&
      place.line <= effect.place.endLine,
  );
}

function attemptOfCheck({ name, place, kind, typed, account, steps }: CredentialCheck, route: Route): Attempt {
  const secret = {
    credential: `checks a ${typed}`,
    'second-factor': 'checks a one-time code',
    reset: 'sets the password',
  };
  const tried = kind === 'second-factor' ? 'code' : typed;
  const named = account === undefined || wholePart.test(account) ? undefined : account;
  const whose = named === undefined ? '' : ` of any \`${named}\``;
  return {
    kind: 'check',
    name,
    place,
    counted: countsUp(account, route),
    what: `${secret[kind]}${whose} with \`${name}\``,
    why: kind === 'reset' ? 'one account after the other can be tried' : `${tried}s can be tried until one fits`,
    advice: `Put a limiter in front of it that counts by the account${named === undefined ? '' : ` (\`${named}\`)`} and by the address, or lock the account for a while; where a gateway limits it, list that under \`limiters\`.`,
    steps,
  };
}

/** All that is sent names nobody. */
const wholePart = /^(body|query|params|args)$/;

function attemptOfMint({ mint, subject, steps }: ReachedMint, route: Route): Attempt {
  const who = subject.name === undefined ? 'whoever the request names' : `any \`${subject.name}\``;
  return {
    kind: 'mint',
    name: mint.name,
    place: mint.place,
    counted: countsUp(subject.name, route),
    what: `mints a token for ${who} with \`${mint.name}\``,
    why: 'one account after the other can be asked for',
    advice:
      'Let only known callers get there, and limit each of them; where a gateway limits it, list that under `limiters`.',
    steps,
  };
}

function attemptOfLookup({ name, place, entity, identifier, input, steps }: Lookup, given: string): Attempt {
  return {
    kind: 'lookup',
    name,
    place,
    counted: true,
    what: `gives \`${given}\` to the public by \`${input}\`, and \`${entity.name}.${identifier.field}\` counts up`,
    why: 'one record after the other can be read',
    advice:
      'Use ids that cannot be counted, or let only known callers get there and limit each of them; where a gateway limits it, list that under `limiters`.',
    steps,
  };
}

/** Whether an input names a record by a number that counts up. */
function countsUp(input: string | undefined, { lookups }: Route): boolean {
  return input !== undefined && lookups.some((lookup) => lookup.input === input);
}

/**
 * Addresses are cheap: where ids can be counted, each of many addresses takes a few, and a limit for each id is a new
 * one for the next.
 */
function isEnough({ by }: Limiter, { counted, kind }: Attempt, { addressIsEnough }: Options): boolean {
  if (by === 'address') return addressIsEnough || !counted;
  return by !== 'identifier' || !counted || kind === 'check';
}

function limitedBy(limiters: readonly Limiter[]): string {
  if (limiters.length === 0) return 'nothing limits how often';
  const names = [...new Set(limiters.map(({ name }) => `\`${name}\``))].join(' and ');
  return `${names} ${limiters.some(({ by }) => by === 'identifier') ? 'counts each id for itself' : 'counts by address alone'}`;
}

function countOf({ by }: Limiter): string {
  return by === 'identifier' ? 'counts by what the request names' : 'counts by address';
}

export default rule;
