import type { Route } from '@blastradius/engine';
import type { FormatOptions } from './format-options.js';
import { jsonRoutes } from './json-routes.js';
import { stylishRoutes } from './stylish-routes.js';

const formats = {
  stylish: stylishRoutes,
  json: jsonRoutes,
} as const satisfies Record<string, (routes: readonly Route[], options: FormatOptions) => string>;

export type RoutesFormat = keyof typeof formats;

export const routesFormats: readonly RoutesFormat[] = ['stylish', 'json'];

/** The inventory as text that ends in a line feed. The same routes give the same bytes, in whatever order they come. */
export function formatRoutes(format: RoutesFormat, routes: readonly Route[], options: FormatOptions): string {
  return formats[format](routes, options);
}
