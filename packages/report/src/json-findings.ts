import type { FindingsReport } from './findings-report.js';
import { orderFindings } from './order-findings.js';
import { orderSkipped } from './order-skipped.js';
import { toJson } from './to-json.js';

/** The contract of `blastradius check --format json`: keys are added to it, and only a new `schemaVersion` takes one away. */
export function jsonFindings({ tool, summary, findings }: FindingsReport): string {
  return toJson({
    schemaVersion: 1,
    tool: { name: tool.name, version: tool.version },
    summary: {
      files: summary.files,
      skipped: orderSkipped(summary.skipped).map(({ file, reason }) => ({ file, reason })),
      routes: summary.routes,
      findings: findings.length,
    },
    findings: orderFindings(findings).map((finding) => ({
      ruleId: finding.ruleId,
      severity: finding.severity,
      precision: finding.precision,
      message: finding.message,
      file: finding.place.file,
      line: finding.place.line,
      column: finding.place.column,
      endLine: finding.place.endLine,
      endColumn: finding.place.endColumn,
      entity: finding.entity,
      fingerprint: finding.fingerprint,
      steps: finding.steps.map(({ place, message }) => ({
        file: place.file,
        line: place.line,
        column: place.column,
        message,
      })),
    })),
  });
}
