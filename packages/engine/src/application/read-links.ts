import type { LinkEntry, LinkUse, LinkWords, ObjectEntry, Position } from '../catalog/library.js';
import { limits } from '../limits.js';
import type { Outcome } from '../program/interpreter.js';
import { nameOfPath } from '../program/name-of-path.js';
import type { Condition } from '../program/condition.js';
import { conditionsSince } from '../program/condition.js';
import { identifies, permits } from '../program/proof.js';
import type { Event } from '../program/semantics.js';
import { textOf, type ExternalValue, type Value } from '../program/value.js';
import type { CatalogSemantics } from './catalog-semantics.js';
import { valuesWithin } from './contains.js';
import { inputOf, inputsOf } from './input-of.js';
import { isBehindPolicies } from './policies.js';
import { placeOf } from './place-of.js';
import type { SignedLink } from './signed-link.js';
import { stepsOf } from './steps-of.js';
import { namedIn, textsIn } from './told-name.js';
import { readProperty, valueAt } from './where-of.js';

/**
 * The signed addresses that a handler makes.
 *
 * @param tests Those that every caller has passed before the handler runs.
 * @param sent What leaves: bodies, cookies, where the caller is sent.
 */
export function readLinks(
  { events }: Outcome,
  tests: readonly Condition[],
  sent: readonly Value[],
  semantics: CatalogSemantics,
): readonly SignedLink[] {
  const links: SignedLink[] = [];
  for (const event of events) {
    const entry = semantics.catalog.find(event.call.at)?.link;
    const link = entry && readLink(event, entry, tests, sent, semantics);
    if (link) links.push(link);
  }
  return links;
}

function readLink(
  event: Event,
  entry: LinkEntry,
  tests: readonly Condition[],
  sent: readonly Value[],
  semantics: CatalogSemantics,
): SignedLink | undefined {
  const { call, proofs } = event;
  if (entry.policies && isBehindPolicies(call, entry.policies)) return undefined;
  const named = namedObject(call, entry, semantics);
  const may = named && useOf(call, entry, named.entry);
  if (!named || !may) return undefined;
  const { key } = named;
  const passed = [...tests, ...conditionsSince(event.condition, undefined)];
  const by = namedIn(key, semantics);
  const isNamed = by === 'request' && !isAskedFor(key, passed, semantics);
  const input = isNamed ? inputOf(key, semantics.catalog) : undefined;
  const stores = storesOf(call, entry, named);
  const names = [key, ...stores].flatMap((value) => textsIn(value));
  return {
    name: nameOfPath(call.path),
    place: placeOf(call.origin),
    may,
    ...(input === undefined ? {} : { input }),
    isOfCaller: by === 'caller',
    folder: textOf(key.kind === 'text' ? key.parts[0] : key) ?? '',
    store: idOfStore(stores),
    isPublic: names.some((name) => forEverybody.test(name)),
    proofs: proofs.filter(identifies).map(({ kind }) => kind),
    permissions: proofs.filter(permits).map(({ kind }) => kind),
    leaves: sent.some((value) => carries(value, call, semantics, new Set())),
    steps: stepsOf(event),
  };
}

interface NamedObject {
  readonly key: Value;
  readonly entry?: ObjectEntry;
  /** The call that names it. */
  readonly by?: ExternalValue;
}

function namedObject(call: ExternalValue, { object }: LinkEntry, semantics: CatalogSemantics): NamedObject | undefined {
  const value = object === 'receiver' ? call.receiver : partAt(call, object);
  if (!value) return undefined;
  const entry = value.kind === 'external' && value.call ? semantics.catalog.find(value.at)?.object : undefined;
  if (entry && value.kind === 'external') {
    const key = valueAt(value, entry.key);
    return key && { key, entry, by: value };
  }
  // A command that is not known does something else.
  return object === 'receiver' || mayBeOther(value, object, semantics) ? undefined : { key: value };
}

function partAt(call: ExternalValue, { inner, ...position }: Position & { inner?: string }): Value | undefined {
  const value = valueAt(call, position);
  return inner === undefined ? value : readProperty(value, inner);
}

/** Whether an object may be handed over that something unknown has made. */
function mayBeOther(value: Value, { property }: { property?: string }, { catalog }: CatalogSemantics): boolean {
  return (
    property === undefined &&
    value.kind === 'external' &&
    value.call?.construct === true &&
    catalog.find(value.at) === undefined
  );
}

function useOf(call: ExternalValue, { may }: LinkEntry, object: ObjectEntry | undefined): LinkUse | undefined {
  if (object?.may) return object.may;
  return typeof may === 'string' || may === undefined ? may : saidUse(call, may);
}

function saidUse(call: ExternalValue, words: LinkWords): LinkUse | undefined {
  let said = valueAt(call, words);
  // `BlobSASPermissions.parse('r')`
  if (said?.kind === 'external' && said.call) [said] = said.call.args;
  const texts = said?.kind === 'object' ? [...said.properties.keys()] : [textOf(said)];
  if (texts.some((text) => text !== undefined && words.writes.test(text))) return 'write';
  return texts.some((text) => text !== undefined && words.reads.test(text)) ? 'read' : undefined;
}

/** Names of folders and stores whose objects are shown to everybody. */
const forEverybody =
  /(^|[^a-z])(public|publiq|assets?|static|avatars?|images?|imgs?|pictures?|photos?|icons?|logos?|thumb(nail)?s?|covers?|banners?|posters?|previews?|gallery|media|cdn|www|press|brochures?|downloads?|releases?|shared?|shares)([^a-z]|$)/i;

function storesOf(call: ExternalValue, link: LinkEntry, { entry, by }: NamedObject): readonly Value[] {
  const stores = [
    link.store && valueAt(call, link.store),
    entry?.store && by && valueAt(by, entry.store),
    ...chainOf(call.receiver === by ? undefined : call.receiver),
    ...chainOf(by?.receiver),
  ];
  return stores.filter((store) => store !== undefined);
}

/** `process.env.BUCKET`, `config.get('BUCKET')`, the name itself; `undefined` where one of them cannot be told. */
function idOfStore(stores: readonly Value[]): string | undefined {
  const ids = stores.map((store) => {
    if (store.kind !== 'external') return textOf(store);
    const args = (store.call?.args ?? []).map((arg) => textOf(arg));
    return args.includes(undefined) ? undefined : `${store.path} ${args.join(' ')}`;
  });
  return ids.length === 0 || ids.includes(undefined) ? undefined : ids.join('/');
}

/** What the calls on the way were handed: `storage.bucket('assets').file(name)`. */
function chainOf(start: Value | undefined): readonly Value[] {
  const found: Value[] = [];
  for (let current = start; current?.kind === 'external'; current = current.receiver)
    if (current.call?.construct === false) found.push(...current.call.args.slice(0, 1));
  return found;
}

/** Whether a test on the way asks for more of the key than whether it is there and well formed: a list, a folder, a record. */
function isAskedFor(key: Value, tests: readonly Condition[], semantics: CatalogSemantics): boolean {
  const inputs = inputsIn(key, semantics);
  return tests.some((test) => {
    if (isOfForm(test, semantics)) return false;
    return test.values.flatMap(partsOf).some((value) =>
      [...valuesWithin(value)].some((item) => {
        const input = item.kind === 'external' ? inputOf(item, semantics.catalog) : undefined;
        return input !== undefined && inputs.has(input);
      }),
    );
  });
}

/** What a test looks at, where it only asks whether that is there, among others or how long: `rows.length`, `list.includes(key)`. */
function partsOf(value: Value): readonly Value[] {
  if (value.kind !== 'external') return [value];
  if (value.call) return [value, ...value.call.args];
  return value.receiver ? [value, value.receiver] : [value];
}

function inputsIn(key: Value, semantics: CatalogSemantics): ReadonlySet<string> {
  const parts = key.kind === 'text' ? key.parts : [key];
  return new Set(parts.flatMap((part) => [...inputsOf(part, semantics.catalog)]));
}

/** `!key`, `typeof key === 'string'`, `key.includes('..')` */
function isOfForm({ values, truthy }: Condition, semantics: CatalogSemantics): boolean {
  const [first, second] = values;
  if (!first) return true;
  if (!second) return tellsForm(first, truthy, semantics);
  // `key === 'terms.pdf'` names the object; `key !== 'secret.pdf'` does not.
  return values.every((value) => (isText(value) && truthy ? isTypeof(values) : tellsForm(value, truthy, semantics)));
}

function tellsForm(value: Value, truthy: boolean, semantics: CatalogSemantics): boolean {
  if (value.kind === 'literal' || value.kind === 'undefined') return true;
  if (value.kind !== 'external') return false;
  if (namedIn(value, semantics) === 'request') return true;
  const { call, path, receiver } = value;
  const ofKey = receiver !== undefined && namedIn(receiver, semantics) === 'request';
  if (!call) return ofKey && path.endsWith('.length');
  if (/\.(includes|endsWith)\(\)$/.test(path)) return ofKey && !truthy && call.args[0]?.kind === 'literal';
  return ofForm.test(path) && call.args.every((arg) => tellsForm(arg, truthy, semantics));
}

const ofForm = /^global#(!|typeof|Boolean|Array\.isArray|[<>]=?)\(\)$/;

function isText(value: Value): boolean {
  return value.kind === 'literal' && typeof value.value === 'string' && value.value !== '';
}

function isTypeof(values: readonly Value[]): boolean {
  return values.some((value) => value.kind === 'external' && value.path === 'global#typeof()');
}

/** Whether what is sent is the link or has it in it: what another server says of it has not. */
function carries(value: Value, link: ExternalValue, semantics: CatalogSemantics, seen: Set<Value>): boolean {
  if (value === link) return true;
  if (seen.has(value) || seen.size > limits.valuesWithin) return false;
  seen.add(value);
  const inner = (values: Iterable<Value>): boolean => {
    for (const item of values) if (carries(item, link, semantics, seen)) return true;
    return false;
  };
  switch (value.kind) {
    case 'object':
      return inner(value.properties.values()) || inner(value.spread);
    case 'array':
      return inner(value.items);
    case 'union':
      return inner(value.options.map((option) => option.value));
    case 'text':
      return inner(value.parts);
    case 'external': {
      if (value.yields && carries(value.yields, link, semantics, seen)) return true;
      const entry = value.call && semantics.catalog.find(value.at);
      const hands = entry?.converts ?? entry?.answers ?? entry?.responds ?? handsOn.test(value.path);
      if (hands !== false && inner(value.call?.args ?? [])) return true;
      return value.receiver !== undefined && carries(value.receiver, link, semantics, seen);
    }
    default:
      return false;
  }
}

/** Operators, and what makes one thing of several. */
const handsOn = /^global#([+]|Object\.\w+|Array\.\w+|Promise\.\w+|JSON\.stringify|String|URL|Response)\(\)$/;

/** Where callers are sent: the arguments of `redirect`. */
export function redirectsIn({ events }: Outcome): readonly Value[] {
  return events.flatMap(({ call }) => (call.path.endsWith('redirect()') ? (call.call?.args ?? []) : []));
}
