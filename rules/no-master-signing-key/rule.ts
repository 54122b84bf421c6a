import {
  idOfPlace,
  type Application,
  type KeyUses,
  type Place,
  type Rule,
  type Step,
  type TokenMint,
  type TokenVerifier,
} from '@blastradius/engine';

const rule: Rule = {
  id: 'no-master-signing-key',
  meta: {
    description: 'One key makes tokens for several purposes or several services',
    severity: 'error',
    precision: 'medium',
    recommended: true,
    cwe: [653],
    owasp: ['API2'],
    asvs: ['9.2.4', '11.1.1'],
    ismsP: ['2.7.2'],
    securitySeverity: 8.1,
  },
  check(application, report) {
    const reported = new Set<string>();
    for (const uses of application.keyUses) {
      // `process.env.A || process.env.B` is one key under two names.
      const places = [...uses.mints, ...uses.verifiers, ...uses.others].map(({ place }) => idOfPlace(place)).join(' ');
      if (reported.has(places)) continue;
      reported.add(places);
      const purposes = purposesOf(uses, application);
      const services = servicesOf(uses, application);
      if (purposes.length < 2 && services.length < 2) continue;
      const { key } = uses;
      const first = uses.mints[0] ?? uses.verifiers[0] ?? uses.others[0];
      const named = key.name === 'a literal' ? 'A key in the code' : `\`${key.name}\``;
      const what = [
        ...(purposes.length < 2 ? [] : [`is the one key for ${inWords(purposes.map(({ words }) => words))}`]),
        ...(services.length < 2
          ? []
          : [
              `is held by ${inWords(services.map(({ words }) => words))}, each of which can make whatever the others accept`,
            ]),
      ];
      const remedies = [
        ...(purposes.length < 2 ? [] : ['give each purpose a key of its own']),
        ...(services.length < 2
          ? []
          : ['let one service sign with a private key and the others verify with its public half']),
      ];
      const steps = [...purposes, ...services].flatMap((item) => item.steps);
      report({
        message: `${named} ${what.join(', and ')}: whoever gets it through one of them has them all. ${sentence(remedies.join(', and '))}.`,
        place: key.isWritten ? key.place : (first?.place ?? key.place),
        entity: key.name,
        sink: [...purposes, ...services]
          .map(({ words }) => words)
          .sort()
          .join(' '),
        steps: [
          { place: key.place, message: `reads ${key.name === 'a literal' ? 'the key' : `\`${key.name}\``}` },
          ...steps,
        ],
      });
    }
  },
};

interface Purpose {
  readonly words: string;
  readonly steps: readonly Step[];
}

const otherWords = { cookies: 'cookies', codes: 'message codes', encryption: 'encryption' } as const;

function purposesOf({ mints, verifiers, others }: KeyUses, { tokenVerifiers }: Application): readonly Purpose[] {
  // Where one takes its key from is not always known.
  const unknown = tokenVerifiers.filter(({ keys }) => keys.length === 0);
  const tokens = tokensOf(mints, [...verifiers, ...unknown]);
  const found = new Map<string, Purpose>();
  for (const { kind, name, place } of others) {
    if (!found.has(kind))
      found.set(kind, { words: otherWords[kind], steps: [{ place, message: `used by \`${name}\`` }] });
  }
  const [anyMint] = mints;
  const [anyVerifier] = verifiers;
  const use = anyMint ?? anyVerifier;
  if (tokens.length > 0) return [...tokens, ...found.values()];
  return use
    ? [{ words: 'tokens', steps: [{ place: use.place, message: `used by \`${use.name}\`` }] }, ...found.values()]
    : [...found.values()];
}

/** Kinds of tokens that nothing in them tells apart; none for a single kind. */
function tokensOf(mints: readonly TokenMint[], verifiers: readonly TokenVerifier[]): readonly Purpose[] {
  const plain = mints.filter(
    ({ type, audiences, audience }) => type === 'missing' && (audience === 'missing' || audiences.length === 1),
  );
  const sameAudience = new Set(plain.map(({ audiences }) => audiences[0])).size < 2;
  if (!sameAudience || verifiers.length + plain.length === 0) return [];
  const kinds = new Map<string, TokenMint[]>();
  for (const mint of plain) if (mint.kind !== undefined) kinds.set(mint.kind, [...(kinds.get(mint.kind) ?? []), mint]);
  if (kinds.size > 1) return [...kinds].map(([kind, same]) => ({ words: `${kind} tokens`, steps: stepsOfAll(same) }));
  const families = familiesOf(plain, verifiers);
  return families.length < 2
    ? []
    : families.map((mint) => ({ words: `the tokens of ${mint.place.file}`, steps: stepsOf(mint) }));
}

/** Tokens that are made and verified in a file of their own. */
function familiesOf(mints: readonly TokenMint[], verifiers: readonly TokenVerifier[]): readonly TokenMint[] {
  const own = new Map<string, TokenMint>();
  for (const mint of mints) {
    const { file } = mint.place;
    if (!own.has(file) && verifiers.some(({ place }) => place.file === file)) own.set(file, mint);
  }
  return [...own.values()];
}

/** Those that serve routes of their own and hold a key by which they can sign as well as verify. */
function servicesOf({ key, mints, verifiers }: KeyUses, { routes }: Application): readonly Purpose[] {
  if (mints.length === 0 || key.isPair) return [];
  const serving = new Set(routes.map(({ application }) => application));
  // One that signs and one that verifies share a key of their own.
  const several = (users: readonly { readonly application: string }[]): boolean =>
    new Set(users.map(({ application }) => application).filter((item) => serving.has(item))).size > 1;
  if (!several(mints) && !several(verifiers)) return [];
  const found = new Map<string, Purpose>();
  for (const { application, place, name } of [...mints, ...verifiers]) {
    if (!serving.has(application) || found.has(application)) continue;
    found.set(application, { words: `\`${application}\``, steps: [{ place, message: `used by \`${name}\`` }] });
  }
  return [...found.values()];
}

/** The way to the first one, and the places of the others. */
function stepsOfAll(mints: readonly TokenMint[]): readonly Step[] {
  const places = new Map<string, Step>();
  for (const mint of mints) for (const step of stepsOf(mint).slice(-1)) places.set(idOfPlace(step.place), step);
  const [first] = mints;
  return [...(first?.steps ?? []), ...places.values()];
}

function stepsOf({ steps, place, name, kind }: TokenMint): readonly Step[] {
  const own: { place: Place; message: string } = {
    place,
    message: kind === undefined ? `\`${name}\` signs with it` : `\`${name}\` signs ${kind} tokens with it`,
  };
  return [...steps, own];
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function inWords(items: readonly string[]): string {
  return items.length === 1 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.slice(-1).join('')}`;
}

export default rule;
