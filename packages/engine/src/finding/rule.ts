import type { Application } from '../application/application.js';
import type { Precision, Severity, Step } from './finding.js';
import type { Place } from './place.js';
import type { RuleOptions } from './rule-options.js';

export interface RuleMeta<Options extends object = object> {
  /** One sentence, no full stop: the flaw, not the remedy. */
  readonly description: string;
  readonly severity: Severity;
  readonly precision: Precision;
  /** Whether the rule is in the `recommended` set: measured to be precise on real projects. */
  readonly recommended: boolean;
  /** CWE numbers. */
  readonly cwe: readonly number[];
  /** OWASP API Security Top 10 2023: `API1` … `API10`. */
  readonly owasp: readonly string[];
  /** Requirements of OWASP ASVS 5.0.0: `8.2.2`. */
  readonly asvs: readonly string[];
  /** Controls of ISMS-P, Korea's certification criteria: `2.5.3`. */
  readonly ismsP: readonly string[];
  /** CVSS-like figure from 0.0 to 10.0, as SARIF's `security-severity` wants it. */
  readonly securitySeverity: number;
  /** Left out where the rule takes none. */
  readonly options?: RuleOptions<Options>;
}

/** What a rule says of one place; the session adds severity, precision and fingerprint. */
export interface Report {
  readonly message: string;
  readonly place: Place;
  readonly entity: string;
  /** What tells two findings of one rule and entity apart, without line numbers: the sink's name, the column. */
  readonly sink: string;
  readonly steps: readonly Step[];
}

/** A sentence over the application: it sees no syntax, no file and no library. */
export interface Rule<Options extends object = object> {
  readonly id: string;
  readonly meta: RuleMeta<Options>;
  check(application: Application, report: (report: Report) => void, options: Options): void;
}

/** Runs a rule with the options that are given, and the defaults for the others. */
export function checkRule(
  rule: Rule,
  application: Application,
  report: (report: Report) => void,
  given?: object,
): void {
  rule.check(application, report, { ...rule.meta.options?.defaults, ...given });
}
