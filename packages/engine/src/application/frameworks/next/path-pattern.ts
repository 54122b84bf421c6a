import { finds } from './bounded-regex.js';

/**
 * Whether a `source` of a middleware's matcher takes a path: it is written for path-to-regexp 6, and Next.js looks at
 * the case (shared/lib/router/utils/middleware-route-matcher.ts). `undefined` where it cannot be read.
 */
export function takesPath(pattern: string, path: string): boolean | undefined {
  const source = regexOf(pattern);
  return source === undefined ? undefined : finds(source, path);
}

/** What stands for one segment: https://github.com/pillarjs/path-to-regexp/tree/v6.3.0 */
const segment = '[^/#?]+?';

interface Name {
  readonly prefix: string;
  readonly pattern: string;
  readonly suffix: string;
  readonly modifier: string;
}

/** The regular expression that path-to-regexp makes of a pattern, its `tokensToRegexp`. */
function regexOf(pattern: string): string | undefined {
  const reader = new PatternReader(pattern);
  const parts = reader.read();
  if (!parts) return undefined;
  const written = parts.map((part) => (typeof part === 'string' ? escaped(part) : writtenName(part)));
  return `^${written.join('')}[/#?]?$`;
}

function writtenName({ prefix, pattern, suffix, modifier }: Name): string {
  const before = escaped(prefix);
  const after = escaped(suffix);
  if (pattern === '') return `(?:${before}${after})${modifier}`;
  const isList = modifier === '*' || modifier === '+';
  if (before === '' && after === '') return isList ? `((?:${pattern})${modifier})` : `(${pattern})${modifier}`;
  if (!isList) return `(?:${before}(${pattern})${after})${modifier}`;
  return `(?:${before}((?:${pattern})(?:${after}${before}(?:${pattern}))*)${after})${modifier === '*' ? '?' : ''}`;
}

function escaped(text: string): string {
  return text.replace(/[.+*?=^!:${}()[\]|/\\]/g, '\\$&');
}

class PatternReader {
  #at = 0;
  #failed = false;

  constructor(readonly text: string) {}

  read(): readonly (string | Name)[] | undefined {
    const parts: (string | Name)[] = [];
    let plain = '';
    const flush = (): void => {
      if (plain !== '') parts.push(plain);
      plain = '';
    };
    while (this.#at < this.text.length && !this.#failed) {
      const char = this.text.charAt(this.#at);
      if (char === '{') {
        flush();
        this.#at++;
        parts.push(this.#braces());
      } else if (char === ':' || char === '(') {
        // A slash or a dot right before a name belongs to it.
        const prefix = /[./]$/.exec(plain)?.[0] ?? '';
        plain = plain.slice(0, plain.length - prefix.length);
        flush();
        const pattern = this.#name();
        parts.push({ prefix, pattern, suffix: '', modifier: this.#modifier() });
      } else if (char === '}' || char === '*' || char === '+' || char === '?') return undefined;
      else plain += this.#plain();
    }
    flush();
    return this.#failed ? undefined : parts;
  }

  /** `:name`, `(pattern)`, `:name(pattern)` */
  #name(): string {
    let named = false;
    if (this.text[this.#at] === ':') {
      const [name] = /^:\w+/.exec(this.text.slice(this.#at)) ?? [];
      if (name === undefined) this.#failed = true;
      this.#at += name?.length ?? 1;
      named = true;
    }
    if (this.text[this.#at] !== '(') return named ? segment : this.#fail();
    const start = ++this.#at;
    for (let depth = 1; depth > 0; this.#at++) {
      const char = this.text[this.#at];
      if (char === undefined) return this.#fail();
      if (char === '\\') this.#at++;
      else if (char === '(') depth++;
      else if (char === ')') depth--;
    }
    return this.text.slice(start, this.#at - 1);
  }

  #braces(): Name {
    let prefix = '';
    let pattern = '';
    let suffix = '';
    while (this.#at < this.text.length && this.text[this.#at] !== '}') {
      const char = this.text[this.#at];
      if ((char === ':' || char === '(') && pattern === '') pattern = this.#name();
      else if (pattern === '') prefix += this.#plain();
      else suffix += this.#plain();
    }
    if (this.text[this.#at++] !== '}') this.#failed = true;
    return { prefix, pattern, suffix, modifier: this.#modifier() };
  }

  #plain(): string {
    if (this.text[this.#at] === '\\') this.#at++;
    return this.text.charAt(this.#at++);
  }

  #modifier(): string {
    const char = this.text.charAt(this.#at);
    if (char === '' || !'*+?'.includes(char)) return '';
    this.#at++;
    return char;
  }

  #fail(): string {
    this.#failed = true;
    return '';
  }
}
