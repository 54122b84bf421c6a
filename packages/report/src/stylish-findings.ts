import type { Finding, Severity } from '@blastradius/engine';
import picocolors from 'picocolors';
import type { FindingsReport } from './findings-report.js';
import type { FormatOptions } from './format-options.js';
import { orderFindings } from './order-findings.js';
import { orderSkipped } from './order-skipped.js';
import { plural } from './plural.js';
import { printable } from './printable.js';

type Colors = ReturnType<typeof picocolors.createColors>;

/** Text for a person: findings by file, each followed by its evidence as `file:line:column` steps, then the counts. */
export function stylishFindings(report: FindingsReport, { color }: FormatOptions): string {
  const colors = picocolors.createColors(color);
  const sections = [...groupByFile(orderFindings(report.findings))].map(([file, findings]) =>
    formatFile(file, findings, colors),
  );
  return [...sections, formatSkipped(report, colors), formatSummary(report, colors)]
    .filter((part) => part !== '')
    .join('\n');
}

function groupByFile(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.place.file);
    if (group === undefined) groups.set(finding.place.file, [finding]);
    else group.push(finding);
  }
  return groups;
}

function formatFile(file: string, findings: readonly Finding[], colors: Colors): string {
  const width = Math.max(...findings.map((finding) => position(finding).length));
  const blocks = findings.map((finding) => formatFinding(finding, width, colors));
  return `${colors.underline(printable(file))}\n${blocks.join('')}`;
}

function formatFinding(finding: Finding, width: number, colors: Colors): string {
  const head = [
    colors.dim(position(finding).padStart(width)),
    paintSeverity(finding.severity, finding.severity.padEnd('warning'.length), colors),
    printable(finding.message),
    colors.dim(printable(finding.ruleId)),
  ].join('  ');
  const indent = ' '.repeat(width + 4);
  const digits = String(finding.steps.length).length;
  const steps = finding.steps.map(({ place, message }, index) => {
    const number = `${String(index + 1).padStart(digits)}.`;
    const where = `${printable(place.file)}:${place.line}:${place.column}`;
    return `${indent}${colors.dim(number)} ${colors.cyan(where)}  ${printable(message)}\n`;
  });
  return `  ${head}\n${steps.join('')}`;
}

function formatSkipped({ summary }: FindingsReport, colors: Colors): string {
  if (summary.skipped.length === 0) return '';
  const lines = orderSkipped(summary.skipped).map(({ file, reason }) => `  ${printable(file)}  ${printable(reason)}\n`);
  return `${colors.yellow(`${plural(summary.skipped.length, 'file')} not analysed`)}\n${lines.join('')}`;
}

function formatSummary({ summary, findings }: FindingsReport, colors: Colors): string {
  const scope = `in ${plural(summary.files, 'file')}, ${plural(summary.routes, 'route')}`;
  if (findings.length === 0) return `${colors.green('No findings')} ${scope}\n`;
  const errors = findings.filter((finding) => finding.severity === 'error').length;
  const counts = `${plural(errors, 'error')}, ${plural(findings.length - errors, 'warning')}`;
  const total = paintSeverity(errors > 0 ? 'error' : 'warning', plural(findings.length, 'finding'), colors);
  return `${colors.bold(total)} (${counts}) ${scope}\n`;
}

function position({ place }: Finding): string {
  return `${place.line}:${place.column}`;
}

function paintSeverity(severity: Severity, text: string, colors: Colors): string {
  return severity === 'error' ? colors.red(text) : colors.yellow(text);
}
