import type { Document, Node, Pair } from 'yaml';
import type { Place } from '../finding/place.js';
import { limits } from '../limits.js';
import { createTextPlaces, type TextPlaces } from '../schema/text-places.js';
import type { ProjectDocument } from '../source/project.js';
import { yaml } from '../source/yaml-parser.js';

interface Source {
  readonly document: Document;
  readonly places: TextPlaces;
}

/** A value of a file of YAML with its place. Names for values and merged maps are looked through. */
export class YamlValue {
  readonly #node: Node | undefined;

  constructor(
    node: unknown,
    readonly source: Source,
    /** Where its key stands, or itself. */
    readonly at: Node | undefined,
  ) {
    const given = node as Node | null | undefined;
    this.#node = (yaml().isAlias(given) ? given.resolve(source.document) : given) ?? undefined;
  }

  get place(): Place {
    const [start = 0, end = 0] = (this.at ?? this.#node)?.range ?? [];
    return this.source.places.place(start, end);
  }

  /** What stands at the end of a way of keys. */
  get(...keys: readonly string[]): YamlValue | undefined {
    const [key, ...rest] = keys;
    if (key === undefined) return this;
    const pair = findPair(this.#node, key, this.source.document, 0);
    return pair && this.#valueOf(pair).get(...rest);
  }

  /** The text of a scalar, numbers and truth values as they are written. */
  get text(): string | undefined {
    if (!yaml().isScalar(this.#node)) return undefined;
    const { value, source } = this.#node;
    if (typeof value === 'string') return value;
    return typeof value === 'number' || typeof value === 'boolean' ? (source ?? String(value)) : undefined;
  }

  get number(): number | undefined {
    const { text } = this;
    return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
  }

  get isMap(): boolean {
    return yaml().isMap(this.#node);
  }

  /** The items of a list; none of anything else. */
  get items(): readonly YamlValue[] {
    return yaml().isSeq(this.#node)
      ? this.#node.items.map((item) => new YamlValue(item, this.source, item as Node | undefined))
      : [];
  }

  /** The texts of a list, or the one that stands in its place. */
  get texts(): readonly string[] {
    const own = this.text;
    return own === undefined ? this.items.flatMap((item) => item.text ?? []) : [own];
  }

  /** The entries of a map without merged ones. */
  get entries(): readonly (readonly [name: string, value: YamlValue])[] {
    return yaml().isMap(this.#node) ? this.#node.items.map((pair) => [keyOf(pair), this.#valueOf(pair)] as const) : [];
  }

  #valueOf(pair: Pair): YamlValue {
    return new YamlValue(pair.value, this.source, pair.key as Node);
  }
}

/** The documents of one file; none where it is no YAML. */
export function readYaml(file: ProjectDocument): readonly YamlValue[] {
  const places = createTextPlaces(file.path, file.text);
  const documents = yaml().parseAllDocuments(file.text, { strict: false, uniqueKeys: false, logLevel: 'silent' });
  if ('empty' in documents) return [];
  return documents
    .filter(({ errors }) => errors.length === 0)
    .map((document) => new YamlValue(document.contents, { document, places }, undefined));
}

function findPair(node: unknown, key: string, document: Document, depth: number): Pair | undefined {
  const { isAlias, isMap, isSeq } = yaml();
  const map = isAlias(node) ? node.resolve(document) : node;
  if (!isMap(map) || depth > limits.yamlMerges) return undefined;
  const own = map.items.find((pair) => keyOf(pair) === key);
  if (own) return own;
  for (const merge of map.items.filter((pair) => keyOf(pair) === '<<')) {
    for (const item of isSeq(merge.value) ? merge.value.items : [merge.value]) {
      const found = findPair(item, key, document, depth + 1);
      if (found) return found;
    }
  }
  return undefined;
}

function keyOf({ key }: Pair): string {
  return yaml().isScalar(key) ? String(key.value) : '';
}
