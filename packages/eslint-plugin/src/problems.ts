import { homepage, SessionError } from '@blastradius/engine';
import type { Finding, Place, Rule, Session, SessionOptions } from '@blastradius/engine';
import { locate } from './locate.js';
import type { LintedFile, Location } from './locate.js';
import { SettingsError } from './settings.js';
import { shownPlace } from './shown-place.js';

export interface Problem {
  readonly message: string;
  /** `undefined` for the head of the file. */
  readonly place: Place | undefined;
}

/** One file as it is linted once. */
interface Pass {
  readonly session: Session;
  /** With the options of the configuration, for all rules. */
  readonly problems: ReadonlyMap<string, readonly Problem[]>;
}

type OpenSession = (root: string, options: SessionOptions) => Session;

/** Who told of a failure: the rule, in the file. */
interface Teller {
  readonly filename: string;
  readonly ruleId: string;
}

/**
 * What the rules have to say of files: they look it up in the session of the file's project. There is one session per
 * project and process, and it lives as long as the process, so that an editor pays for a project once.
 *
 * Nothing here throws. A project that cannot be analysed is told of once, by whichever rule comes first in whichever
 * file comes first. ESLint lints a file repeatedly (`--fix`, an editor), so the same rule tries again in the same file,
 * and tells again if it has to.
 */
export class Problems {
  readonly #rules: readonly Rule[];
  readonly #openSession: OpenSession;
  readonly #sessions = new Map<string, Session>();
  readonly #failures = new Map<string, Teller>();
  /** By the source code object of one pass over a file: what is looked up for it. */
  readonly #passes = new WeakMap<object, Pass>();

  constructor(rules: readonly Rule[], openSession: OpenSession) {
    this.#rules = rules;
    this.#openSession = openSession;
  }

  /** @param options Where ESLint gives any to the rule for this file. */
  of(file: LintedFile, ruleId: string, options?: object): readonly Problem[] {
    let project = '';
    try {
      const location = locate(file);
      if (!location) return [];
      project = JSON.stringify([location.root, location.config]);
      if (!this.#mayTry(project, file.filename, ruleId)) return [];
      const pass = this.#passes.get(file.sourceCode) ?? this.#look(project, location, file.sourceCode.text);
      this.#passes.set(file.sourceCode, pass);
      if (options === undefined) return pass.problems.get(ruleId) ?? [];
      const found = pass.session.findings(undefined, { suppressed: true, rule: { id: ruleId, options } });
      return byRule(found, location.file).get(ruleId) ?? [];
    } catch (error) {
      if (!this.#mayTry(project, file.filename, ruleId)) return [];
      this.#sessions.delete(project);
      this.#failures.set(project, { filename: file.filename, ruleId });
      return [{ message: describe(error), place: undefined }];
    }
  }

  #mayTry(project: string, filename: string, ruleId: string): boolean {
    const teller = this.#failures.get(project);
    return !teller || (teller.filename === filename && teller.ruleId === ruleId);
  }

  #look(project: string, { root, config, file }: Location, text: string): Pass {
    const session = this.#sessions.get(project) ?? this.#open(root, config);
    this.#sessions.set(project, session);
    session.update(file, text);
    const problems = byRule(session.findings(undefined, { suppressed: true }), file);
    this.#failures.delete(project);
    return { session, problems };
  }

  #open(root: string, config: string | undefined): Session {
    return this.#openSession(root, { rules: this.#rules, preview: true, ...(config === undefined ? {} : { config }) });
  }
}

/** What is shown in one file. */
function byRule(findings: readonly Finding[], file: string): ReadonlyMap<string, readonly Problem[]> {
  const problems = new Map<string, Problem[]>();
  for (const finding of findings) {
    const place = shownPlace(finding);
    if (place?.file !== file) continue;
    const ofRule = problems.get(finding.ruleId) ?? [];
    ofRule.push({ message: finding.message, place });
    problems.set(finding.ruleId, ofRule);
  }
  return problems;
}

function describe(error: unknown): string {
  if (error instanceof SessionError || error instanceof SettingsError) {
    return `Blastradius could not analyse this project: ${error.message}`;
  }
  const message = error instanceof Error ? error.message : String(error);
  return `Blastradius could not analyse this project because of a bug in itself: ${message.split('\n')[0] ?? ''}. Please report it at ${homepage}/issues with what \`npx blastradius check --debug\` prints.`;
}
