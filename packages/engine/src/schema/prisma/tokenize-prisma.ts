export interface PrismaToken {
  readonly kind: 'word' | 'string' | 'symbol' | 'line-break';
  /** As written; of a string its value. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export interface PrismaSyntaxProblem {
  readonly offset: number;
  readonly message: string;
}

export interface PrismaTokens {
  readonly tokens: readonly PrismaToken[];
  readonly problem?: PrismaSyntaxProblem;
}

// Words keep their dots (`db.Uuid`), numbers are words; a string ends with its line.
const tokenPattern =
  /(?<space>[^\S\r\n]+|\uFEFF)|(?<comment>\/\/[^\r\n]*|\/\*[^]*?(?:\*\/|$))|(?<lineBreak>\r\n|\n|\r)|(?<word>[\p{L}\p{N}_][\p{L}\p{N}_.-]*)|"(?<string>(?:[^"\\\r\n]|\\[^\r\n])*)(?<closed>"?)|(?<symbol>@@?|[^])/uy;

/** Comments and spaces are dropped. */
export function tokenizePrisma(text: string): PrismaTokens {
  const tokens: PrismaToken[] = [];
  let problem: PrismaSyntaxProblem | undefined;
  tokenPattern.lastIndex = 0;
  for (let match = tokenPattern.exec(text); match; match = tokenPattern.exec(text)) {
    const start = match.index;
    const end = start + match[0].length;
    const { lineBreak, word, string, closed, symbol } = match.groups ?? {};
    if (lineBreak !== undefined) tokens.push({ kind: 'line-break', text: lineBreak, start, end });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word, start, end });
    else if (string !== undefined) {
      tokens.push({ kind: 'string', text: string.replace(/\\(.)/gu, '$1'), start, end });
      if (closed === '') problem ??= { offset: start, message: 'a text in double quotes is not closed on its line' };
    } else if (symbol !== undefined) tokens.push({ kind: 'symbol', text: symbol, start, end });
  }
  return problem ? { tokens, problem } : { tokens };
}
