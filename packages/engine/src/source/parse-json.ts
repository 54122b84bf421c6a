import type { ParseError } from 'jsonc-parser';
import { parse, printParseErrorCode } from 'jsonc-parser';

export interface ParsedJson {
  /** As far as it could be read. */
  readonly value: unknown;
  /** Where the first error stands and what it is, `3:5 (comma expected)`. */
  readonly error?: string;
}

/** Reads JSON with comments and trailing commas, as `tsconfig.json` may have them. */
export function parseJson(text: string): ParsedJson {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  const first = errors[0];
  return first === undefined ? { value } : { value, error: describe(text, first) };
}

function describe(text: string, error: ParseError): string {
  const before = text.slice(0, error.offset).split('\n');
  const what = printParseErrorCode(error.error)
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase();
  return `${before.length}:${(before.at(-1)?.length ?? 0) + 1} (${what})`;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isStringArray(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
