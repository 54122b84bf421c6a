import type { AttackPath, PathLink } from '@blastradius/engine';
import picocolors from 'picocolors';
import type { FormatOptions } from './format-options.js';
import { orderPaths } from './order-paths.js';
import { plural } from './plural.js';
import { printable } from './printable.js';

type Colors = ReturnType<typeof picocolors.createColors>;

/** For a person: each path link by link, what stays behind it, and what to do about it, the cheapest first. */
export function stylishPaths(paths: readonly AttackPath[], { color }: FormatOptions): string {
  const colors = picocolors.createColors(color);
  if (paths.length === 0) return 'No path from the outside to everybody’s data\n';
  const parts = orderPaths(paths).map((path, index) => formatPath(path, index + 1, colors));
  return `${parts.join('\n')}\n${plural(paths.length, 'path')} from the outside to everybody’s data\n`;
}

function formatPath({ title, links, cut, radius }: AttackPath, number: number, colors: Colors): string {
  const lines = links.map((link) => {
    const stage = link.stage.padEnd(7);
    const rule = link.ruleId === undefined ? '' : `  ${colors.dim(link.ruleId)}`;
    const place = colors.dim(`${printable(link.place.file)}:${String(link.place.line)}`);
    return `  ${link.ruleId === undefined ? stage : colors.red(stage)} ${printable(link.message)}  ${place}${rule}`;
  });
  const repairs = [cut, ...links.filter((link) => link !== cut && link.cuts), ...links.filter(({ cuts }) => !cuts)];
  const entities = radius.entities.map(({ name, fields }) =>
    printable(fields.length > 0 ? `${name} (${fields.join(', ')})` : name),
  );
  return [
    colors.bold(`${String(number)}  ${printable(title)}`),
    ...lines,
    `  ${colors.yellow('radius')}  ${plural(radius.routes.length, 'route')}: ${entities.join(', ')}`,
    ...repairs.flatMap((link) => formatRepair(link, link === cut, colors)),
    '',
  ].join('\n');
}

function formatRepair({ repair, cuts }: PathLink, isCheapest: boolean, colors: Colors): readonly string[] {
  if (repair === undefined) return [];
  const label = isCheapest ? 'cut' : cuts ? 'or' : 'slower';
  return [`  ${colors.green(label.padEnd(7))} ${printable(repair)}`];
}
