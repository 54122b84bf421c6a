import type { Assignment } from './assignment.js';

/** `[a.b]` of TOML and INI. */
const section = /^\s*\[\[?\s*([\w."' -]+?)\s*\]\]?\s*(?:[#;].*)?$/;

/** `variable "jwt_secret" {`, `environment = {` of Terraform. */
const opening = /^\s*([\w-]+)((?:\s+"[^"]*")*)\s*[=:]?\s*[[({]*\{\s*(?:#.*|\/\/.*)?$/;

const line = /^(\s*(?:[-*+]\s+)?["']?([\w.-]+)["']?\s*[=:]\s*)(\S.*)$/;

/** `{ name = "JWT_SECRET", value = "…" }` on one line, as container definitions have it. */
const named = /\bname"?\s*[=:]\s*"([\w.-]+)"\s*,?\s*"?value"?\s*[=:]\s*("[^"]*")/g;

/** `"key" = "value"` of TOML, properties, INI and Terraform, line by line, under the tables and blocks around it. */
export function readKeyValueLines(text: string): readonly Assignment[] {
  const found: Assignment[] = [];
  let table: readonly string[] = [];
  const blocks: string[][] = [];
  let offset = 0;
  for (const full of text.split('\n')) {
    const written = full.replace(/\r$/, '');
    const start = offset;
    offset += full.length + 1;
    if (/^\s*(?:#|;|!|\/\/)/.test(written)) continue;
    const heading = section.exec(written)?.[1];
    if (heading !== undefined) {
      table = heading.split('.').map((part) => part.replaceAll(/["']/g, '').trim());
      continue;
    }
    const block = opening.exec(written);
    if (block) {
      blocks.push([block[1] ?? '', ...[...(block[2] ?? '').matchAll(/"([^"]*)"/g)].map(([, label = '']) => label)]);
      continue;
    }
    if (/^\s*\}/.test(written)) blocks.pop();
    for (const match of written.matchAll(named)) {
      const value = match[2] ?? '';
      found.push(assignment([...blocks.flat(), match[1] ?? ''], value, start, match.index, match[0].length));
    }
    const match = line.exec(written);
    if (!match) continue;
    const [, before = '', name = '', rest = ''] = match;
    const value = withoutComment(rest);
    found.push(
      assignment([...table, ...blocks.flat(), ...name.split('.')], value, start, 0, before.length + value.length),
    );
  }
  return found;
}

function withoutComment(rest: string): string {
  const quoted = /^"(?:[^"\\]|\\.)*"|^'[^']*'/.exec(rest)?.[0];
  return (
    quoted ??
    rest
      .replace(/\s+(?:#|;|\/\/).*$/, '')
      .replace(/,$/, '')
      .trimEnd()
  );
}

/** @param length From the start of the assignment to the end of its value, which stands last. */
function assignment(
  path: readonly string[],
  written: string,
  lineStart: number,
  at: number,
  length: number,
): Assignment {
  const start = lineStart + at;
  const end = start + length;
  const value = written.replace(/^(["'])([^]*)\1$/, '$2');
  return { path, value, start, end, valueStart: end - written.length, valueEnd: end };
}
