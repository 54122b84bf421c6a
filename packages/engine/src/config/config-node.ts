/** Plain data with the place where each piece of it is written: an offset into the text. */
export type ConfigNode =
  | { readonly kind: 'scalar'; readonly offset: number; readonly value: string | number | boolean | null }
  | { readonly kind: 'array'; readonly offset: number; readonly items: readonly ConfigNode[] }
  | { readonly kind: 'object'; readonly offset: number; readonly entries: readonly ConfigEntry[] };

export interface ConfigEntry {
  readonly key: string;
  readonly offset: number;
  readonly value: ConfigNode;
}
