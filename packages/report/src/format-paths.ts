import type { AttackPath } from '@blastradius/engine';
import type { FormatOptions } from './format-options.js';
import { jsonPaths } from './json-paths.js';
import { mermaidPaths } from './mermaid-paths.js';
import { stylishPaths } from './stylish-paths.js';
import { svgPaths } from './svg-paths.js';

const formats = {
  stylish: stylishPaths,
  json: jsonPaths,
  mermaid: mermaidPaths,
  svg: svgPaths,
} as const satisfies Record<string, (paths: readonly AttackPath[], options: FormatOptions) => string | Promise<string>>;

export type PathsFormat = keyof typeof formats;

export const pathsFormats: readonly PathsFormat[] = ['stylish', 'json', 'mermaid', 'svg'];

/** The paths as text that ends in a line feed. The same paths give the same bytes, in whatever order they come. */
export async function formatPaths(
  format: PathsFormat,
  paths: readonly AttackPath[],
  options: FormatOptions,
): Promise<string> {
  return await formats[format](paths, options);
}
