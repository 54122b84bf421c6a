import type { Config, ConfigWord } from '../config/config.js';
import type { CallEntry, KeyPosition, Library, LimitedBy, LimiterEntry, Position, ProofKind } from './library.js';

/** The words of a configuration as one more library of the catalog. */
export function librariesOf(config: Config): readonly Library[] {
  const calls: Record<string, CallEntry> = {};
  const add = (word: ConfigWord, entry: CallEntry): void => {
    calls[`${word.name}()`] = { ...calls[`${word.name}()`], ...entry };
    // A middleware or a guard class is handed over without being called.
    if (entry.guard) calls[word.name] = { guard: entry.guard, ...(entry.limits && { limits: entry.limits }) };
  };
  for (const word of config.guards) {
    const kind = proofOf(word, 'token');
    add(word, { guard: { proves: kind }, proves: { kind, when: 'returns' }, ...aboutOf(word) });
  }
  // What the caller may do; who the caller is only where the word says so.
  for (const word of config.authorizers) {
    const kind = word.proves !== undefined && isProofKind(word.proves) ? word.proves : undefined;
    add(word, {
      guard: { permits: word.name.slice(word.name.indexOf('#') + 1), ...(kind && { proves: kind }) },
      authorizes: 'returns',
      ...aboutOf(word),
      ...(kind && { proves: { kind, when: 'returns' } }),
    });
  }
  for (const word of config.limiters.filter(isOfCode)) add(word, { guard: {}, limits: limiterOf(word) });
  for (const word of config.audit.filter(isOfCode)) add(word, { records: 'record' });
  for (const word of config.verifiers)
    add(word, {
      proves: { kind: proofOf(word, 'token'), when: 'truthy' },
      keys: keysOf(word, 'verify'),
      ...aboutOf(word),
    });
  for (const word of config.credentialChecks)
    add(word, { proves: { kind: proofOf(word, 'credential'), when: 'truthy' }, ...aboutOf(word) });
  for (const word of config.mints) {
    const [subject, subjectOption] = word.subject === undefined ? [] : positionsOf(word.subject);
    add(word, {
      mint: { what: 'token', ...(subject && { subject }), ...(subjectOption && { subjectOption }) },
      keys: keysOf(word, 'sign'),
    });
  }
  for (const word of config.keys) add(word, { generates: true });
  for (const word of config.ids.filter(isOfCode))
    add(word, { converts: 0, ...((word.kind ?? 'random') === 'random' && { uncountable: true }) });
  return Object.keys(calls).length === 0 ? [] : [{ packages: [], calls }];
}

/** What stands in front of the program has no access path. */
function isOfCode({ name }: ConfigWord): boolean {
  return name.includes('#');
}

function limiterOf({ by, subject }: ConfigWord): LimiterEntry {
  const known = toLimitedBy(by);
  // A middleware is made with its options, a call in a handler is handed the key.
  const key = typeof subject === 'string' ? { argument: 0, property: subject } : subject;
  return {
    ...(known && { by: known }),
    ...(key !== undefined && { key: typeof key === 'number' ? { argument: key } : key }),
  };
}

/** What the configuration says that a limiter counts by. */
export function toLimitedBy(by: string | undefined): LimitedBy | undefined {
  return limitedBy.find((item) => item === by);
}

const limitedBy: readonly LimitedBy[] = ['address', 'caller', 'identifier', 'everything'];

const proofKinds: ReadonlySet<string> = new Set<ProofKind>([
  'token',
  'session',
  'api-key',
  'signature',
  'credential',
  'second-factor',
  'attached',
]);

function proofOf(word: ConfigWord, otherwise: ProofKind): ProofKind {
  return word.proves !== undefined && isProofKind(word.proves) ? word.proves : otherwise;
}

function isProofKind(text: string): text is ProofKind {
  return proofKinds.has(text);
}

function keysOf(word: ConfigWord, purpose: KeyPosition['purpose']): readonly KeyPosition[] {
  return word.key === undefined ? [] : positionsOf(word.key).map((position) => ({ ...position, purpose }));
}

function aboutOf({ subject }: ConfigWord): Pick<CallEntry, 'about'> {
  return subject === undefined ? {} : { about: positionsOf(subject) };
}

/** An index of an argument, or an option: of the only argument, or of the one that comes after what the call is about. */
function positionsOf(place: number | string): readonly Position[] {
  if (typeof place === 'number') return [{ argument: place }];
  return [0, 1].map((argument) => ({ argument, property: place }));
}
