import { limits } from '../limits.js';

/** `location = /health { … }`, `proxy_pass http://auth;`: a name, its words and, for a block, what stands in it. */
export interface Directive {
  readonly name: string;
  readonly words: readonly string[];
  readonly block: readonly Directive[] | undefined;
  readonly start: number;
  readonly end: number;
}

/** Comments, quoted words, marks and bare words. A variable in braces is part of a word. */
const tokens = /#[^\n]*|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[;{}]|(?:\$\{\w*\}|[^\s;{}"'])+/g;

/** The directives of a configuration of nginx: https://nginx.org/en/docs/beginners_guide.html#conf_structure. What is not closed ends with the text. */
export function readNginxBlocks(text: string): readonly Directive[] {
  const top: Directive[] = [];
  const open: Directive[][] = [top];
  let words: { readonly text: string; readonly start: number; readonly end: number }[] = [];
  for (const { 0: token, index } of text.matchAll(tokens)) {
    if (token.startsWith('#')) continue;
    if (token !== ';' && token !== '{' && token !== '}') {
      const isQuoted = /^["']/.test(token);
      words.push({ text: isQuoted ? token.slice(1, -1) : token, start: index, end: index + token.length });
      continue;
    }
    const [first, ...rest] = words;
    words = [];
    const block: Directive[] | undefined = token === '{' ? [] : undefined;
    if (first)
      open.at(-1)?.push({
        name: first.text,
        words: rest.map((word) => word.text),
        block,
        start: first.start,
        end: (rest.at(-1) ?? first).end,
      });
    if (block) {
      if (open.length > limits.nginxDepth) return top;
      open.push(block);
    }
    if (token === '}' && open.length > 1) open.pop();
  }
  return top;
}
