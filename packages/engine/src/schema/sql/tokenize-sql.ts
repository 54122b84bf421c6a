export interface SqlToken {
  /** `word` is unquoted; `name` is quoted by `"…"`, `` `…` `` or `[…]`; `body` is what a dollar quote encloses. */
  readonly kind: 'word' | 'name' | 'string' | 'number' | 'symbol' | 'body';
  /** As written, without the quotes. */
  readonly text: string;
  /** A word in upper case, '' for everything else: a quoted name is never a keyword. */
  readonly keyword: string;
  readonly start: number;
  readonly end: number;
}

export interface SqlProblem {
  readonly offset: number;
  readonly message: string;
}

export interface SqlTokens {
  readonly tokens: readonly SqlToken[];
  readonly problem?: SqlProblem;
}

const plainPattern = /[^\S\r\n]+|\r\n?|\n|--[^\r\n]*/y;
const wordPattern = /[\p{L}_@][\p{L}\p{N}_$@#]*/uy;
const numberPattern = /\d[\d.]*(?:[eE][+-]?\d+)?/y;
const dollarQuotePattern = /\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$/uy;
const bracketNamePattern = /\[([\p{L}_][^[\]\r\n]*)\]/uy;
/** The lines that are no SQL: of psql (`\connect db`), and the `GO` of SQL Server's tools, which ends a batch. */
const clientLinePattern = /\\[^\r\n]*|GO[^\S\r\n]*(?=[\r\n]|$)/iy;
const copyEndPattern = /^\\\.\s*$/m;

/**
 * The words, names, texts and signs of SQL in any dialect; comments, spaces and the data of `COPY … FROM stdin` are dropped.
 * `from` and `to` bound the part that is read. Never throws: at a quote or comment that does not end the reading ends, with a problem.
 */
export function tokenizeSql(text: string, from = 0, to = text.length): SqlTokens {
  const source = to === text.length ? text : text.slice(0, to);
  const tokens: SqlToken[] = [];
  // Only MySQL quotes names with backticks as a habit, and only there a backslash in a plain text hides the quote behind it.
  const hidesQuotes = source.includes('`');
  let lineBegins = true;
  let nests = true;
  let at = from;

  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(source);
  };
  const add = (kind: SqlToken['kind'], value: string, end: number): void => {
    tokens.push({ kind, text: value, keyword: kind === 'word' ? value.toUpperCase() : '', start: at, end });
    at = end;
  };
  const failed = (what: string): SqlTokens => ({
    tokens,
    problem: { offset: at, message: `${what} that begins here does not end: the rest of the file is not read` },
  });

  while (at < to) {
    const sign = source.charAt(at);
    const plain = match(plainPattern);
    if (plain) {
      lineBegins = plain[0].startsWith('\n') || plain[0].startsWith('\r') || (lineBegins && !plain[0].startsWith('-'));
      at += plain[0].length;
      continue;
    }
    const clientLine = lineBegins && match(clientLinePattern);
    if (clientLine) {
      add('symbol', ';', at + clientLine[0].length);
      continue;
    }
    const comment = lineBegins && sign === '#' && !/[>-]/.test(source.charAt(at + 1));
    lineBegins = false;
    if (comment) {
      at = endOfLine(source, at);
    } else if (source.startsWith('/*', at)) {
      // PostgreSQL nests comments, the others do not: from the first comment that nesting would leave open, the first end counts.
      const end = nestedEnd(source, at, nests);
      if (end === undefined) nests = false;
      const close = end ?? source.indexOf('*/', at + 2) + 2;
      if (close < 2) return failed('a comment');
      at = close;
    } else if (sign === "'") {
      const previous = tokens.at(-1);
      const escapes = hidesQuotes || (previous?.keyword === 'E' && previous.end === at);
      const end = endOfQuoted(source, at, escapes);
      if (end === undefined) return failed('a text in quotes');
      add('string', source.slice(at + 1, end - 1), end);
    } else if (sign === '"' || sign === '`') {
      const end = endOfQuoted(source, at, false);
      if (end === undefined) return failed('a name in quotes');
      add('name', source.slice(at + 1, end - 1).replaceAll(sign + sign, sign), end);
    } else if (sign === '[' && !touchesWord(tokens.at(-1), at) && match(bracketNamePattern)) {
      const name = match(bracketNamePattern);
      add('name', name?.[1] ?? '', at + (name?.[0].length ?? 1));
    } else if (sign === '$' && match(dollarQuotePattern)) {
      const quote = match(dollarQuotePattern)?.[0] ?? '$$';
      const end = source.indexOf(quote, at + quote.length);
      if (end < 0) return failed('a text in dollar quotes');
      add('body', source.slice(at + quote.length, end), end + quote.length);
    } else {
      const word = match(wordPattern);
      const number = word ? null : match(numberPattern);
      if (word) add('word', word[0], at + word[0].length);
      else if (number) add('number', number[0], at + number[0].length);
      else add('symbol', sign, at + 1);
      if (sign === ';' && isCopy(tokens)) {
        copyEndPattern.lastIndex = 0;
        const data = source.slice(at);
        const end = copyEndPattern.exec(data);
        at += end ? end.index + end[0].length : data.length;
      }
    }
  }
  return { tokens };
}

/** `tags[i]` is an index, `[tags]` a name. */
function touchesWord(previous: SqlToken | undefined, at: number): boolean {
  return previous?.end === at && (previous.kind === 'word' || previous.text === ']');
}

function isCopy(tokens: readonly SqlToken[]): boolean {
  return tokens.at(-2)?.keyword === 'STDIN' && tokens.at(-3)?.keyword === 'FROM';
}

function endOfLine(text: string, from: number): number {
  const lineBreak = /[\r\n]/g;
  lineBreak.lastIndex = from;
  return lineBreak.exec(text)?.index ?? text.length;
}

function nestedEnd(text: string, from: number, nests: boolean): number | undefined {
  if (!nests) return undefined;
  const marks = /\/\*|\*\//g;
  marks.lastIndex = from;
  let depth = 0;
  for (let mark = marks.exec(text); mark; mark = marks.exec(text)) {
    depth += mark[0] === '/*' ? 1 : -1;
    if (depth === 0) return marks.lastIndex;
  }
  return undefined;
}

/** A doubled quote stands for itself. */
function endOfQuoted(text: string, from: number, escapes: boolean): number | undefined {
  const quote = text.charAt(from);
  let at = from + 1;
  while (at < text.length) {
    const sign = text.charAt(at);
    if (sign === '\\' && escapes) at += 2;
    else if (sign !== quote) at += 1;
    else if (text.charAt(at + 1) === quote) at += 2;
    else return at + 1;
  }
  return undefined;
}
