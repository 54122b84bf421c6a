import path from 'node:path';
import type { Application } from './application/application.js';
import type { Config } from './config/config.js';
import type { Answer } from './cache/answer.js';
import { AnswerCache } from './cache/answer-cache.js';
import { answerAgain } from './cache/answer-again.js';
import { digestAll, digestSurroundings } from './cache/digest.js';
import type { Reading } from './cache/reading.js';
import { takeReading } from './cache/take-reading.js';
import { readConfig } from './config/read-config.js';
import type { Deployment } from './deployment/deployment.js';
import type { DecodedFacts } from './facts/encoded/decode-facts.js';
import type { Finding, Severity } from './finding/finding.js';
import { fingerprintOf } from './finding/fingerprint.js';
import { compareFindings } from './finding/compare-findings.js';
import { lineAt } from './finding/place-at.js';
import { checkRule, type Report, type Rule } from './finding/rule.js';
import { isSuppressed } from './finding/suppressions.js';
import { loadAnalysis, loadProjectFacts } from './load-stages.js';
import type { ProjectFacts } from './project-facts.js';
import type { FindingsOptions, RuleChoice, Session, SessionOptions, Summary } from './session.js';
import { openProject } from './source/open-project.js';
import type { Project, SkippedFile } from './source/project.js';
import { collectingSooner, optimizingLess } from './v8-flags.js';

/**
 * Opens the project at `root`. Throws a `SessionError` where the root cannot be read or the configuration is wrong.
 */
export function openSession(root: string, options: SessionOptions): Session {
  return new ProjectSession(root, options);
}

/** What follows from one picture of the project. */
interface Picture {
  readonly project: Project;
  readonly facts: ReadonlyMap<string, DecodedFacts>;
  readonly application: Application;
  /** Of single rules with options that are not those of the configuration: by rule and options. */
  readonly otherFindings: Map<string, readonly Finding[]>;
  readonly skipped: readonly SkippedFile[];
}

class ProjectSession implements Session {
  #project: Project;
  #picture: Picture | undefined;
  #answer: Answer | undefined;
  #findings: readonly Finding[] | undefined;
  /** The last answer that took an analysis, with what it has read, by all that it follows from but the code. */
  #reading: { readonly surroundings: string; readonly take: () => Reading } | undefined;
  #deployment: { readonly documents: Project['documents']; readonly deployment: Deployment } | undefined;
  readonly #config: Config;
  readonly #cache: AnswerCache | undefined;
  #knownFacts: ProjectFacts | undefined;

  constructor(
    root: string,
    readonly options: SessionOptions,
  ) {
    this.#config = readConfig({ root: path.resolve(root) }, options.config, options.rules);
    const { include, exclude } = this.#config;
    this.#project = openProject(root, { ...(include ? { include } : {}), exclude });
    this.#cache = options.cache && new AnswerCache(options.cache.folder);
  }

  get root(): string {
    return this.#project.root;
  }

  get #facts(): ProjectFacts {
    return (this.#knownFacts ??= new (loadProjectFacts().ProjectFacts)(this.options.cache?.folder));
  }

  update(file: string, text: string | null | undefined): void {
    this.#turnTo(this.#withText(this.#project, file, text), undefined);
  }

  updateIfKnown(texts: ReadonlyMap<string, string>): boolean {
    let project = this.#project;
    for (const [file, text] of texts) project = this.#withText(project, file, text);
    if (project === this.#project && this.#answer) return true;
    const answer = this.#knownAnswer(project);
    if (answer) this.#turnTo(project, answer);
    return answer !== undefined;
  }

  #withText(project: Project, file: string, text: string | null | undefined): Project {
    const relative = this.#relative(file);
    if (typeof text === 'string' && project.files.get(relative)?.text === withoutMark(text)) return project;
    return project.withText(relative, text);
  }

  #relative(file: string): string {
    return (path.isAbsolute(file) ? path.relative(this.root, file) : file).split(path.sep).join('/');
  }

  #turnTo(project: Project, answer: Answer | undefined): void {
    if (project !== this.#project) this.#picture = undefined;
    else if (!answer) return;
    this.#project = project;
    this.#answer = answer;
    this.#findings = undefined;
  }

  textOf(file: string): string | undefined {
    return this.#project.files.get(file)?.text;
  }

  application(): Application {
    return this.#look().application;
  }

  findings(file?: string, { suppressed: withSuppressed = false, rule }: FindingsOptions = {}): readonly Finding[] {
    if (file === undefined && withSuppressed) return rule === undefined ? this.#all() : this.#findingsOf(rule);
    const relative = file === undefined ? undefined : this.#relative(file);
    const answers =
      rule === undefined
        ? this.#answered().findings
        : this.#findingsOf(rule).map((found) => this.#withSuppression(found));
    return answers
      .filter(
        ({ finding, suppressed }) =>
          (relative === undefined || finding.place.file === relative) && (withSuppressed || !suppressed),
      )
      .map(({ finding }) => finding);
  }

  summary(): Summary {
    const { files, skipped, routes, isBackEnd, limits } = this.#answered();
    return { files, skipped, routes, isBackEnd, limits, findings: this.findings().length };
  }

  #all(): readonly Finding[] {
    this.#findings ??= Object.freeze(this.#answered().findings.map(({ finding }) => finding));
    return this.#findings;
  }

  #answered(): Answer {
    this.#answer ??= this.#takeAnswer();
    return this.#answer;
  }

  #takeAnswer(): Answer {
    const project = this.#project;
    const surroundings = this.#surroundings(project);
    const take = (): Answer => this.#answerAgain(project, surroundings) ?? this.#makeAnswer(surroundings);
    if (!this.#cache) return take();
    const key = digestAll(project, surroundings);
    return this.#cache.read(key) ?? this.#cache.make(key, take);
  }

  /** What is known of a project without analysing it. */
  #knownAnswer(project: Project): Answer | undefined {
    const surroundings = this.#surroundings(project);
    const kept = this.#cache?.read(digestAll(project, surroundings));
    if (kept) this.#forgetAnalysis();
    return kept ?? this.#answerAgain(project, surroundings);
  }

  /** Somebody else analyses, and has left a later reading and the facts on disk. */
  #forgetAnalysis(): void {
    this.#picture = undefined;
    this.#reading = undefined;
    this.#knownFacts = undefined;
  }

  /** Names all that an answer follows from but the texts of the code. */
  #surroundings(project: Project): string {
    const { rules, severities, preview, cache } = this.options;
    const asked = [rules.map(({ id }) => id), [...(severities ?? [])], preview === true, this.#config];
    return digestSurroundings(project, cache?.makers ?? [], JSON.stringify(asked));
  }

  /** The answer of before, where the code has changed in nothing that it follows from. */
  #answerAgain(project: Project, surroundings: string): Answer | undefined {
    if (this.#reading?.surroundings !== surroundings) {
      const reading = this.#cache?.readReading(surroundings);
      this.#reading = reading && { surroundings, take: () => reading };
    }
    return this.#reading && answerAgain(this.#reading.take(), project, (file) => this.#facts.lower(file));
  }

  #makeAnswer(surroundings: string): Answer {
    const { project, facts, application, skipped } = this.#look();
    this.options.progress?.('rules', 0, 1);
    const findings = this.#judge(application).map((finding) => this.#withSuppression(finding));
    const { routes, isBackEnd, limits } = application;
    const answer = { files: facts.size, routes: routes.length, isBackEnd, skipped, limits, findings };
    const before = this.#reading?.surroundings === surroundings ? this.#reading.take() : undefined;
    let reading: Reading | undefined;
    const take = (): Reading => (reading ??= takeReading(answer, project, facts, this.#facts.patterns, before));
    this.#reading = { surroundings, take };
    this.#cache?.writeReading(surroundings, take());
    return answer;
  }

  #withSuppression(finding: Finding): Answer['findings'][number] {
    return { finding, suppressed: isSuppressed(finding, this.#look().facts.get(finding.place.file)) };
  }

  #look(): Picture {
    this.#picture ??= collectingSooner(() => optimizingLess(() => this.#read()));
    return this.#picture;
  }

  #read(): Picture {
    const project = this.#project;
    const { progress } = this.options;
    progress?.('source', project.files.size, project.files.size);
    const { analyse, findBrowserPackages } = loadAnalysis();
    const facts = this.#facts.of(project, findBrowserPackages(project.packages), (done) => {
      if (done % 200 === 0) progress?.('facts', done, project.files.size);
    });
    // Before the analysis: from then on memory is short.
    this.#facts.keep(project);
    const skipped: SkippedFile[] = [...project.skipped, ...project.problems];
    for (const [file, known] of facts) {
      const [error] = known.errors;
      if (error) {
        skipped.push({
          file,
          reason: `does not parse: ${error.message} (line ${String(lineAt(known.lineStarts, error.start))}); what could be read is analysed`,
        });
      }
    }
    progress?.('program', 0, 1);
    const deployment = this.#deploymentOf(project);
    const { application, problems } = analyse(project, facts, this.#config, deployment);
    skipped.push(...problems);
    return { project, facts, application, otherFindings: new Map(), skipped };
  }

  /** A change of code leaves the documents as they were. */
  #deploymentOf({ documents }: Project): Deployment {
    if (this.#deployment?.documents !== documents)
      this.#deployment = { documents, deployment: loadAnalysis().readDeployment(documents) };
    return this.#deployment.deployment;
  }

  #judge(application: Application): readonly Finding[] {
    const { ruleOptions } = this.#config;
    return sorted(this.options.rules.flatMap((rule) => this.#check(rule, application, ruleOptions[rule.id])));
  }

  #findingsOf({ id, options }: RuleChoice): readonly Finding[] {
    const { application, otherFindings } = this.#look();
    const key = `${id} ${JSON.stringify(options)}`;
    let found = otherFindings.get(key);
    if (!found) {
      const rule = this.options.rules.find((candidate) => candidate.id === id);
      otherFindings.set(key, (found = rule ? sorted(this.#check(rule, application, options)) : []));
    }
    return found;
  }

  #check(rule: Rule, application: Application, options: object | undefined): Finding[] {
    const findings: Finding[] = [];
    const severity = this.#severityOf(rule);
    if (severity === 'off') return findings;
    checkRule(rule, application, (report) => findings.push(toFinding(rule, severity, report)), options);
    return findings;
  }

  #severityOf(rule: Rule): Severity | 'off' {
    const chosen = this.options.severities?.get(rule.id);
    if (chosen !== undefined) return chosen;
    const configured = this.#config.rules[rule.id];
    if (configured !== undefined) return configured === 'warn' ? 'warning' : configured;
    return rule.meta.recommended || this.options.preview === true ? rule.meta.severity : 'off';
  }
}

function sorted(findings: Finding[]): readonly Finding[] {
  return Object.freeze(findings.sort(compareFindings));
}

function toFinding(rule: Rule, severity: Severity, { message, place, entity, sink, steps }: Report): Finding {
  const fingerprint = fingerprintOf(rule.id, place.file, entity, sink);
  return Object.freeze({
    ruleId: rule.id,
    severity,
    precision: rule.meta.precision,
    message,
    place,
    entity,
    fingerprint,
    steps,
  });
}

function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
