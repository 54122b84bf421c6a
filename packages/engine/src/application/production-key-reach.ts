import type { FileFacts, Span } from '../facts/file-facts.js';
import type { Step } from '../finding/finding.js';
import { comparePlaces, type Place } from '../finding/place.js';
import { readKeyReference } from '../deployment/key-reference.js';
import { readSettings, type LoadedFile, type Setting } from '../deployment/read-settings.js';
import { isDevelopmentCode, stageOf } from '../deployment/stage.js';
import type { ProjectDocument } from '../source/project.js';
import { readEnvironmentEntries } from './environment-files.js';
import { folderOf } from './folder-of.js';
import { placeOf } from './place-of.js';
import type { SigningKey } from './signing-key.js';

/** A way from development to a key of production. */
export interface ProductionKeyReach {
  /** `shared`: both have one key; `named`: development asks the key service for production's; `loaded`: it starts with production's settings. */
  readonly kind: 'shared' | 'named' | 'loaded';
  /** The variable, or what the key service calls the key. Never its text. */
  readonly name: string;
  /** Where development gets to it. */
  readonly place: Place;
  /** What is named or loaded: a key of `AWS KMS`, a file. */
  readonly what: string;
  readonly steps: readonly Step[];
}

interface Source {
  readonly file: string;
  readonly settings: readonly Setting[];
}

/** What the files for development, and the code that developers run, say of the keys of production. */
export function collectProductionKeyReaches(
  documents: readonly ProjectDocument[],
  files: Iterable<FileFacts>,
  keys: readonly SigningKey[],
): readonly ProductionKeyReach[] {
  const compose = documents
    .filter(({ kind }) => kind === 'compose')
    .map((file) => ({ file: file.path, ...readSettings(file) }));
  const sources: readonly Source[] = [
    ...documents
      .filter(({ kind }) => kind === 'environment')
      .map((file) => ({ file: file.path, settings: readEnvironmentEntries(file) })),
    ...compose,
  ];
  const usedAs = new Map(keys.filter(({ source }) => source === 'environment').map((key) => [key.name, key]));
  return [
    ...collectShared(sources, usedAs),
    ...collectNamed(sources),
    ...collectLoaded(
      compose.flatMap(({ file, loaded }) => (stageOf(file) === 'development' ? loaded : [])),
      sources,
      usedAs,
    ),
    ...[...files].filter(({ path }) => isDevelopmentCode(path)).flatMap(collectWritten),
  ].sort((a, b) => comparePlaces(a.place, b.place));
}

/** One key in a file for development and in one for production. */
function collectShared(
  sources: readonly Source[],
  usedAs: ReadonlyMap<string, SigningKey>,
): readonly ProductionKeyReach[] {
  const found: ProductionKeyReach[] = [];
  for (const production of sources.filter(({ file }) => stageOf(file) === 'production')) {
    for (const setting of production.settings) {
      const key = usedAs.get(setting.name);
      if (!key || !isSecret(setting.value)) continue;
      for (const other of sources) {
        if (!isStartedByDevelopers(other.file, production.file)) continue;
        for (const same of other.settings.filter(({ name, value }) => usedAs.has(name) && value === setting.value))
          found.push({
            kind: 'shared',
            name: same.name,
            place: same.place,
            what: production.file,
            steps: [
              { place: same.place, message: `development has this \`${same.name}\`` },
              { place: setting.place, message: `production has the same one as \`${setting.name}\`` },
              { place: key.usePlace, message: `used by \`${key.use}\`` },
            ],
          });
      }
    }
  }
  return found;
}

/** Files for development; and those without a stage beside one for production, which start where nothing else is said. */
function isStartedByDevelopers(file: string, production: string): boolean {
  const stage = stageOf(file);
  return stage === 'development' || (stage === undefined && folderOf(file) === folderOf(production));
}

/** A text that somebody made up to be filled in is no key, and a public key no secret. */
function isSecret(value: string): boolean {
  return (
    value.length >= 8 &&
    !/^(?:<.*>|x+|\*+|change|replace|your|todo|placeholder|example|dummy|insert|set[_-]?me)/i.test(value) &&
    !/BEGIN (?:[A-Z0-9]+ )*PUBLIC KEY/.test(value)
  );
}

/** A key of production by the name that a key service has for it. */
function collectNamed(sources: readonly Source[]): readonly ProductionKeyReach[] {
  return sources
    .filter(({ file }) => stageOf(file) === 'development')
    .flatMap(({ settings }) =>
      settings.flatMap(({ name, value, place }): readonly ProductionKeyReach[] => {
        const reference = readKeyReference(
          value,
          /(?:KEY|SECRET|TOKEN)_?(?:ID|NAME|PATH|ARN)$|(?:SECRET|PARAMETER)_/i.test(name),
        );
        if (!reference?.isProduction) return [];
        const message = `\`${name}\` names \`${reference.name}\` of ${reference.service}`;
        return [{ kind: 'named', name: reference.name, place, what: reference.service, steps: [{ place, message }] }];
      }),
    );
}

/** A process of development that starts with the settings of production. */
function collectLoaded(
  loaded: readonly LoadedFile[],
  sources: readonly Source[],
  usedAs: ReadonlyMap<string, SigningKey>,
): readonly ProductionKeyReach[] {
  return loaded.flatMap(({ path, place, by }): readonly ProductionKeyReach[] => {
    if (stageOf(path) !== 'production') return [];
    const settings = sources.find(({ file }) => file === path)?.settings;
    const held = settings?.find(({ name, value }) => usedAs.has(name) && isSecret(value));
    const key = held && usedAs.get(held.name);
    if (!held || !key) return [];
    return [
      {
        kind: 'loaded',
        name: held.name,
        place,
        what: path,
        steps: [
          { place, message: `${by} loads \`${path}\`` },
          { place: held.place, message: `\`${held.name}\` has its value here` },
          { place: key.usePlace, message: `used by \`${key.use}\`` },
        ],
      },
    ];
  });
}

/** The name of a key of production as a text of code that developers run. */
function collectWritten(file: FileFacts): readonly ProductionKeyReach[] {
  return textsIn(file).flatMap(({ text, span, property }): readonly ProductionKeyReach[] => {
    const reference = readKeyReference(text, property !== undefined && asking.has(property));
    if (!reference?.isProduction) return [];
    const place = placeOf({ file, span });
    const message = `names \`${reference.name}\` of ${reference.service}`;
    return [{ kind: 'named', name: reference.name, place, what: reference.service, steps: [{ place, message }] }];
  });
}

/** Options of secret managers that name what is asked for: `new GetSecretValueCommand({ SecretId })`, `new GetParameterCommand({ Name })`. */
const asking: ReadonlySet<string> = new Set(['SecretId', 'KeyId', 'Name']);

interface WrittenText {
  readonly text: string;
  readonly span: Span;
  /** The property that it is the value of. */
  readonly property: string | undefined;
}

/** The literals of a file. */
function textsIn(file: FileFacts): readonly WrittenText[] {
  const found: WrittenText[] = [];
  const pending: { readonly node: unknown; readonly property: string | undefined }[] = [
    { node: file.body, property: undefined },
    { node: file.functions.map(({ parameters, body }) => [parameters, body]), property: undefined },
    { node: file.classes, property: undefined },
  ];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { node } = next;
    if (typeof node !== 'object' || node === null) continue;
    const { kind, key, value } = node as { kind?: unknown; key?: unknown; value?: unknown };
    if (kind === 'literal' && typeof value === 'string')
      found.push({ text: value, span: node as Span, property: next.property });
    else if (kind === 'value' && typeof key === 'string') pending.push({ node: value, property: key });
    else for (const inner of Object.values(node)) pending.push({ node: inner, property: undefined });
  }
  return found;
}
