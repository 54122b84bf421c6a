import type { Route, Verdict } from '@blastradius/engine';
import picocolors from 'picocolors';
import type { FormatOptions } from './format-options.js';
import { orderRoutes } from './order-routes.js';
import { plural } from './plural.js';
import { printable } from './printable.js';

type Colors = ReturnType<typeof picocolors.createColors>;

const heading = ['METHOD', 'PATH', 'AUTH', 'AUTHORIZATION', 'PLACE'] as const;
const verdictColumn = heading.indexOf('AUTH');

/** A table for a person: one line for each route, then how many are guarded, open and unknown. */
export function stylishRoutes(routes: readonly Route[], { color }: FormatOptions): string {
  const colors = picocolors.createColors(color);
  const summary = formatSummary(routes);
  if (routes.length === 0) return summary;
  const ordered = orderRoutes(routes);
  const rows = ordered.map(cells);
  const widths = heading.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const head = colors.dim(formatRow(heading, widths));
  const lines = ordered.map((route, index) =>
    formatRow(rows[index] ?? [], widths, (text, column) =>
      column === verdictColumn ? paintVerdict(route.authentication, text, colors) : text,
    ),
  );
  return `${[head, ...lines].join('\n')}\n\n${summary}`;
}

function cells(route: Route): readonly string[] {
  return [
    printable(route.method),
    printable(route.path),
    route.authentication,
    route.authorization.map(printable).join(', ') || '-',
    `${printable(route.place.file)}:${route.place.line}`,
  ];
}

/** The last cell is not padded: no line ends in spaces. */
function formatRow(
  row: readonly string[],
  widths: readonly number[],
  paint: (text: string, column: number) => string = (text) => text,
): string {
  return row
    .map((text, column) => paint(column === row.length - 1 ? text : text.padEnd(widths[column] ?? 0), column))
    .join('  ');
}

function formatSummary(routes: readonly Route[]): string {
  const count = (verdict: Verdict) => routes.filter((route) => route.authentication === verdict).length;
  const counts = `${count('guarded')} guarded, ${count('open')} open, ${count('unknown')} unknown`;
  return routes.length === 0 ? 'No routes\n' : `${plural(routes.length, 'route')}: ${counts}\n`;
}

function paintVerdict(verdict: Verdict, text: string, colors: Colors): string {
  if (verdict === 'guarded') return colors.green(text);
  return verdict === 'open' ? colors.red(text) : colors.yellow(text);
}
