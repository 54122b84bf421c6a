import { textOf, type Value } from '../../../program/value.js';

/** A segment of a path that a regular expression asks for: a text, or a parameter of which only its characters are known. */
type Segment = { readonly text: string } | { readonly name: string; readonly fits: RegExp | undefined };

/** What a regular expression asks of a whole path, or of its first segments. */
export interface PathPattern {
  readonly segments: readonly Segment[];
  readonly isWhole: boolean;
}

const group = /^\((?:\?<(\w+)>)?((?:[^()/\\]|\\[^/])+)\)/;
const letters = /^(?:[\w\-~@%]|\\[.-])+/;
/** One class of characters, repeated: nothing that could take long. */
const oneClass = /^(?:\\[dw]|\[\^?[\w\-.~%@]+\])(?:[+*]|\{\d+(?:,\d*)?\})?$/;

/** `^\/orders\/(?<id>\d+)$`, segment by segment; nothing for what asks for something else. */
export function readPathPattern(source: string): PathPattern | undefined {
  if (!source.startsWith('^')) return undefined;
  const isWhole = source.endsWith('$');
  const written = source.slice(1, isWhole ? -1 : undefined).replace(/(?:\\?\/)\?$/, '');
  const parts = written.split(/\\?\//);
  if (parts.shift() !== '') return undefined;
  if (!isWhole && parts.at(-1) === '') parts.pop();
  const segments: Segment[] = [];
  for (const part of parts) {
    const [whole, name, inner = ''] = group.exec(part) ?? [];
    if (whole === part)
      segments.push({
        name: name ?? String(countOf(segments) + 1),
        fits: oneClass.test(inner) ? new RegExp(`^${inner}$`) : undefined,
      });
    else if (letters.exec(part)?.[0] === part || part === '') segments.push({ text: part.replace(/\\/g, '') });
    else return undefined;
  }
  return { segments, isWhole };
}

function countOf(segments: readonly Segment[]): number {
  return segments.filter((segment) => 'name' in segment).length;
}

/** `/orders/:id` */
export function pathOfPattern({ segments, isWhole }: PathPattern): string {
  const shown = segments.map((segment) => ('name' in segment ? `:${segment.name}` : segment.text));
  return `/${[...shown, ...(isWhole ? [] : ['*'])].join('/')}`;
}

/** Segments of a path of which some are parameters: a parameter is what no text names, and what fits a class. */
export function fitsPattern({ segments, isWhole }: PathPattern, path: Value): boolean | undefined {
  const given = segmentsOf(path);
  if (!given) return undefined;
  for (const [index, segment] of segments.entries()) {
    const own = given[index];
    if (own === rest) return undefined;
    if (!own) return false;
    const text = textOf(own);
    const fits = 'text' in segment ? text === segment.text : text === undefined || segment.fits?.test(text) !== false;
    if (!fits) return false;
  }
  return !isWhole || given.length === segments.length;
}

const rest = 'rest';

/** The segments of a path as a request has it; `rest` for what may be several. */
export function segmentsOf(path: Value): readonly (Value | typeof rest)[] | undefined {
  if (path.kind !== 'literal' && path.kind !== 'text') return undefined;
  const { origin } = path;
  const found: (Value | typeof rest)[] = [];
  let written = '';
  let parameter: Value | typeof rest | undefined;
  for (const part of path.kind === 'text' ? path.parts : [path]) {
    const text = textOf(part);
    if (text === undefined) {
      if (written !== '' || parameter) return undefined;
      parameter = part.kind === 'text' && part.without === '/' && part.parts.length === 1 ? part.parts[0] : rest;
      continue;
    }
    for (const [index, piece] of text.split('/').entries()) {
      if (index > 0) {
        found.push(parameter ?? { kind: 'literal', value: written, origin });
        written = '';
        parameter = undefined;
      }
      if (parameter && piece !== '') return undefined;
      written += piece;
    }
  }
  found.push(parameter ?? { kind: 'literal', value: written, origin });
  return found.slice(1);
}
