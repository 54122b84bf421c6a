import type { SqlToken } from './tokenize-sql.js';

/** A qualified name: `public.users` has the parts `public`, `users`. */
export interface SqlName {
  readonly parts: readonly string[];
  /** The last part. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Reads a range of tokens from left to right. */
export class SqlCursor {
  /** `closes[i]` is the index of the token that closes the parenthesis at `i`. */
  constructor(
    private readonly tokens: readonly SqlToken[],
    private readonly closes: ReadonlyMap<number, number>,
    private at: number,
    private readonly to: number,
  ) {}

  get done(): boolean {
    return this.at >= this.to;
  }

  get index(): number {
    return this.at;
  }

  peek(distance = 0): SqlToken | undefined {
    const index = this.at + distance;
    return index < this.to ? this.tokens[index] : undefined;
  }

  /** Whether these keywords come next. */
  sees(...keywords: readonly string[]): boolean {
    return keywords.every((keyword, distance) => this.peek(distance)?.keyword === keyword);
  }

  /** Steps over these keywords where they come next. */
  takes(...keywords: readonly string[]): boolean {
    if (!this.sees(...keywords)) return false;
    this.at += keywords.length;
    return true;
  }

  /** The next token; a parenthesis is stepped over with all that it encloses. */
  take(): SqlToken | undefined {
    const token = this.peek();
    this.at = token?.text === '(' && token.kind === 'symbol' ? (this.closes.get(this.at) ?? this.at) + 1 : this.at + 1;
    return token;
  }

  seesSymbol(symbol: string): boolean {
    const token = this.peek();
    return token?.kind === 'symbol' && token.text === symbol;
  }

  takeName(): SqlName | undefined {
    const first = this.peek();
    if (first?.kind !== 'word' && first?.kind !== 'name') return undefined;
    const parts = [first.text];
    let end = first.end;
    this.at += 1;
    while (this.seesSymbol('.')) {
      const part = this.peek(1);
      if (part?.kind !== 'word' && part?.kind !== 'name') break;
      parts.push(part.text);
      end = part.end;
      this.at += 2;
    }
    return { parts, name: parts.at(-1) ?? '', start: first.start, end };
  }

  /** What the parenthesis that comes next encloses, cut at its commas; undefined where none comes or it does not close. */
  takeList(): readonly SqlCursor[] | undefined {
    const close = this.seesSymbol('(') ? this.closes.get(this.at) : undefined;
    if (close === undefined || close >= this.to) return undefined;
    const items = new SqlCursor(this.tokens, this.closes, this.at + 1, close).split();
    this.at = close + 1;
    return items;
  }

  /** The rest, cut at its commas. */
  split(): readonly SqlCursor[] {
    return this.splitUntil(() => false);
  }

  /** What comes before `ends`, cut at its commas. */
  splitUntil(ends: (rest: this) => boolean): readonly SqlCursor[] {
    const items: SqlCursor[] = [];
    let start = this.at;
    while (!this.done && !ends(this)) {
      if (this.seesSymbol(',')) {
        items.push(new SqlCursor(this.tokens, this.closes, start, this.at));
        start = this.at + 1;
      }
      this.take();
    }
    const end = Math.min(this.at, this.to);
    if (start < end) items.push(new SqlCursor(this.tokens, this.closes, start, end));
    return items;
  }

  /** Offset behind the last token that was taken. */
  get end(): number {
    return this.tokens[this.at - 1]?.end ?? 0;
  }
}
