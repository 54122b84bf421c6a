/** What one segment of a path stands for. */
type Segment =
  | { readonly kind: 'text'; readonly text: string }
  /** One segment, whatever it is: `:id`, a star in the middle. */
  | { readonly kind: 'any' }
  /** What an expression allows: `:id{[0-9]+}`. */
  | { readonly kind: 'some'; readonly text: string }
  /** Any number of segments, none as well: a star at the end. */
  | { readonly kind: 'rest' }
  /** What an expression allows that may have slashes in it: `:path{.+}`. */
  | { readonly kind: 'more'; readonly text: string };

export type Pattern = readonly Segment[];

/** https://hono.dev/docs/api/routing#grouping: `/api` and `/` are `/api`, `/api` and `*` are `/api/*`. */
export function mergePaths(base: string, path: string): string {
  const inner = path.startsWith('/') ? path : `/${path}`;
  if (base === '/' || base === '') return inner;
  const outer = base.endsWith('/') ? base.slice(0, -1) : base;
  return inner === '/' ? outer : outer + inner;
}

/** The ways in which a path is written: with and without the parameters that may be left out. */
export function patternsOf(path: string, strict: boolean): readonly Pattern[] {
  const segments = split(path);
  let written: string[][] = [[]];
  for (const segment of segments) {
    const isOptional = segment.startsWith(':') && segment.endsWith('?');
    const named = isOptional ? segment.slice(0, -1) : segment;
    written = isOptional
      ? written.flatMap((before) => [before, [...before, named]])
      : written.map((before) => [...before, named]);
  }
  return written.map((names) => {
    const kept = !strict && names.at(-1) === '' ? names.slice(0, -1) : names;
    return kept.map((name, index) => segmentOf(name, index === kept.length - 1));
  });
}

/** Segments, a slash within an expression left alone; `''` at the end for a slash there. */
function split(path: string): readonly string[] {
  const segments: string[] = [];
  let current = '';
  let depth = 0;
  for (const character of path.startsWith('/') ? path.slice(1) : path) {
    if (character === '{') depth++;
    else if (character === '}') depth--;
    if (character === '/' && depth === 0) {
      segments.push(current);
      current = '';
    } else current += character;
  }
  return path === '/' ? [] : [...segments, current];
}

function segmentOf(name: string, isLast: boolean): Segment {
  if (name === '*') return { kind: isLast ? 'rest' : 'any' };
  const parameter = /^:[^{}]+(\{.*\})?$/.exec(name);
  if (!parameter) return { kind: 'text', text: name };
  const [, expression = ''] = parameter;
  if (expression === '') return { kind: 'any' };
  return { kind: /[./]|\[\^/.test(expression) ? 'more' : 'some', text: expression };
}

/** Whether every request for the inner path is one for the outer path as well. */
export function covers(outer: Pattern, inner: Pattern): boolean {
  for (let index = 0; ; index++) {
    const [wide, narrow] = [outer[index], inner[index]];
    if (wide?.kind === 'rest') return true;
    if (!wide || !narrow) return !wide && !narrow;
    if (!coversSegment(wide, narrow)) return false;
  }
}

function coversSegment(wide: Segment, narrow: Segment): boolean {
  switch (wide.kind) {
    case 'any':
      return narrow.kind === 'any' || narrow.kind === 'some' || (narrow.kind === 'text' && narrow.text !== '');
    case 'rest':
      return true;
    default:
      return narrow.kind === wide.kind && narrow.text === wide.text;
  }
}

/** Whether some request is one for both. */
export function overlaps(a: Pattern, b: Pattern): boolean {
  for (let index = 0; ; index++) {
    const [one, other] = [a[index], b[index]];
    if (one?.kind === 'rest' || other?.kind === 'rest' || one?.kind === 'more' || other?.kind === 'more') return true;
    if (!one || !other) return !one && !other;
    if (one.kind === 'text' && other.kind === 'text' && one.text !== other.text) return false;
  }
}

/** The path as it is shown: without the expressions that its parameters must match. */
export function shownPath(path: string): string {
  const plain = path.replace(/\{[^{}]*\}/g, '');
  return plain === path ? path : shownPath(plain);
}
