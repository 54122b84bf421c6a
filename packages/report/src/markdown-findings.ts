import { controlsOf, ruleDocumentation } from '@blastradius/engine';
import type { Control, Finding, Rule } from '@blastradius/engine';
import { compareText } from './compare-text.js';
import type { FindingsReport } from './findings-report.js';
import { orderFindings } from './order-findings.js';
import { orderSkipped } from './order-skipped.js';
import { plural } from './plural.js';
import { printable } from './printable.js';

/** Markdown for a review or an audit: counts, the findings of each rule with their evidence, and what they mean for each control. */
export function markdownFindings(report: FindingsReport): string {
  const rules = new Map(report.rules.map((rule) => [rule.id, rule]));
  const groups = groupByRule(report.findings);
  const sections = [
    `# ${text(report.tool.name)} ${text(report.tool.version)}\n`,
    summary(report, groups, rules),
    ...[...groups].map(([id, findings]) => ruleSection(id, rules.get(id), findings)),
    skippedSection(report),
    controlsSection(report.rules, groups),
  ];
  return sections.filter((section) => section !== '').join('\n');
}

type Groups = ReadonlyMap<string, readonly Finding[]>;

function groupByRule(findings: readonly Finding[]): Groups {
  const groups = new Map<string, Finding[]>();
  for (const finding of orderFindings(findings)) {
    const group = groups.get(finding.ruleId);
    if (group === undefined) groups.set(finding.ruleId, [finding]);
    else group.push(finding);
  }
  return new Map([...groups].sort(([a], [b]) => compareText(a, b)));
}

function summary(report: FindingsReport, groups: Groups, rules: ReadonlyMap<string, Rule>): string {
  const { files, routes } = report.summary;
  const scope = `in ${plural(files, 'file')}, ${plural(routes, 'route')}, by ${plural(report.rules.length, 'rule')}`;
  if (groups.size === 0) return `No findings ${scope}.\n`;
  const errors = report.findings.filter(({ severity }) => severity === 'error').length;
  const counts = `${plural(errors, 'error')}, ${plural(report.findings.length - errors, 'warning')}`;
  const rows = [...groups].map(([id, findings]) => [
    code(id),
    text(rules.get(id)?.meta.description ?? ''),
    String(findings.length),
  ]);
  return `${plural(report.findings.length, 'finding')} (${counts}) ${scope}.\n\n${table(['Rule', 'Flaw', 'Findings'], rows)}`;
}

function ruleSection(id: string, rule: Rule | undefined, findings: readonly Finding[]): string {
  const about = rule
    ? `\n${text(rule.meta.description)}. [How it is decided and mended](${ruleDocumentation(id)})\n`
    : '';
  return `## ${text(id)}\n${about}\n${findings.map(findingItem).join('\n')}`;
}

function findingItem({ severity, message, place, steps }: Finding): string {
  const evidence = steps.map(
    (step, index) => `  ${String(index + 1)}. ${code(position(step.place))} ${prose(step.message)}\n`,
  );
  return [
    `- **${severity}** ${code(position(place))}\n\n`,
    `  ${prose(message)}\n`,
    ...(evidence.length > 0 ? ['\n', ...evidence] : []),
  ].join('');
}

function skippedSection({ summary: { skipped } }: FindingsReport): string {
  if (skipped.length === 0) return '';
  const lines = orderSkipped(skipped).map(({ file, reason }) => `- ${code(file)}: ${text(reason)}\n`);
  return `## Not analysed\n\n${lines.join('')}`;
}

/** A control of which no rule has found anything is listed as well: what was looked at is a part of the answer. */
function controlsSection(rules: readonly Rule[], groups: Groups): string {
  const rows = new Map<string, { readonly control: Control; readonly rules: string[]; count: number }>();
  for (const { id, meta } of rules.toSorted((a, b) => compareText(a.id, b.id))) {
    for (const control of controlsOf(meta)) {
      const key = `${control.standard} ${control.id}`;
      const row = rows.get(key) ?? { control, rules: [], count: 0 };
      rows.set(key, row);
      row.rules.push(id);
      row.count += groups.get(id)?.length ?? 0;
    }
  }
  if (rows.size === 0) return '';
  const standards = [...new Set([...rows.values()].map(({ control }) => control.standard))];
  const tables = standards.map((standard) => {
    const own = [...rows.values()]
      .filter(({ control }) => control.standard === standard)
      .sort((a, b) => a.control.id.localeCompare(b.control.id, 'en', { numeric: true }));
    const cells = own.map(({ control: { id, title }, rules: ids, count }) => [
      text(title === undefined ? id : `${id} ${title}`),
      ids.map(code).join(', '),
      String(count),
    ]);
    return `### ${text(standard)}\n\n${table(['Control', 'Rules', 'Findings'], cells)}`;
  });
  return `## Controls\n\n${tables.join('\n')}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
  // The last column holds numbers.
  const rule = head.map((_, index) => (index === head.length - 1 ? '--:' : '---'));
  return [head, rule, ...rows].map(line).join('');
}

function position({ file, line, column }: Finding['place']): string {
  return `${file}:${String(line)}:${String(column)}`;
}

/** Text of the analysed project must not become markup: neither a link, nor a heading, nor HTML. */
function text(value: string): string {
  return printable(value).replace(/[\\`*_[\]<>#&~]/g, '\\$&');
}

/** Messages set names in backticks; what stands within stays code, what stands around becomes text. */
function prose(value: string): string {
  const parts = printable(value).split('`');
  // A backtick without its partner is a character like any other.
  if (parts.length % 2 === 0) return text(value);
  return parts.map((part, index) => (index % 2 === 0 ? text(part) : code(part))).join('');
}

/** A code span whose fence is longer than any within: https://spec.commonmark.org/0.31.2/#code-spans */
function code(value: string): string {
  const shown = printable(value);
  if (shown.trim() === '') return '';
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  const padding = longest > 0 || /^ .* $/.test(shown) ? ' ' : '';
  return `${fence}${padding}${shown}${padding}${fence}`;
}
