import type { FindingsReport } from './findings-report.js';
import type { FormatOptions } from './format-options.js';
import { jsonFindings } from './json-findings.js';
import { markdownFindings } from './markdown-findings.js';
import { sarifFindings } from './sarif-findings.js';
import { stylishFindings } from './stylish-findings.js';

const formats = {
  stylish: stylishFindings,
  json: jsonFindings,
  sarif: sarifFindings,
  markdown: markdownFindings,
} as const satisfies Record<string, (report: FindingsReport, options: FormatOptions) => string>;

export type FindingsFormat = keyof typeof formats;

export const findingsFormats: readonly FindingsFormat[] = ['stylish', 'json', 'sarif', 'markdown'];

/** The whole report as text that ends in a line feed. The same report gives the same bytes, in whatever order it names its parts. */
export function formatFindings(format: FindingsFormat, report: FindingsReport, options: FormatOptions): string {
  return formats[format](report, options);
}
