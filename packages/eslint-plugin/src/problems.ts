import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { homepage, SessionError } from '@blastradius/engine';
import type { Finding, Rule, RuleChoice, Session, SessionOptions } from '@blastradius/engine';
import type { Background } from './background.js';
import { LargeProject } from './large-project.js';
import { locate } from './locate.js';
import type { LintedFile, Location } from './locate.js';
import { moveProblems } from './move-problems.js';
import type { FileProblems, Problem } from './problem.js';
import { sessionOptions } from './session-options.js';
import { SettingsError } from './settings.js';
import { shownPlace } from './shown-place.js';

type OpenSession = (root: string, options: SessionOptions) => Session;

type StartBackground = (root: string, config: string | undefined) => Background;

/** A project that was analysed. */
type Opened = { readonly session: Session } | { readonly large: LargeProject };

/** One pass over a file: ESLint asks each rule of it, one after the other. */
interface Pass {
  readonly sourceCode: object;
  readonly filename: string;
  readonly text: string;
  readonly look: Look;
}

/** What is shown in one file, of all rules or of one with options that ESLint gives it there. */
type Look = (rule?: RuleChoice) => FileProblems;

/**
 * Files of a project in which each change is followed at once. In a larger one it takes longer than a person types: there a text
 * that is not saved yet, or not analysed yet, shows what was found before, at the lines where it stands by now.
 */
const LIVE_FILES = 60;

const NOTHING: FileProblems = new Map();
const LOOK_AT_NOTHING: Look = () => NOTHING;
const NO_PROBLEMS: readonly Problem[] = [];

/**
 * What the rules have to say of files: they look it up in the session of the file's project. There is one session per
 * project and process, and it lives as long as the process, so that an editor pays for a project once.
 *
 * A rule costs two look-ups in a file: the first rule that is asked finds the project and brings the session up to date,
 * the others find what it has found. The findings of a project are sorted by file once, until one of them changes.
 *
 * Nothing here throws. A project that cannot be analysed is told of once, by whichever rule comes first in whichever
 * file comes first. ESLint lints a file repeatedly (`--fix`, an editor), so the same file is tried again, and tells again
 * if it has to.
 */
export class Problems {
  readonly #rules: readonly Rule[];
  readonly #openSession: OpenSession;
  readonly #makers: readonly string[];
  readonly #startBackground: StartBackground | undefined;
  readonly #opened = new Map<string, Opened>();
  /** By project, the file in which its failure is told. */
  readonly #failures = new Map<string, string>();
  #pass: Pass | undefined;
  /** By the answer of a session, which is another one as soon as something has changed: what is shown in each file. */
  readonly #shown = new WeakMap<readonly Finding[], ReadonlyMap<string, FileProblems>>();

  constructor(
    rules: readonly Rule[],
    openSession: OpenSession,
    /** Folders with the code of the rules. */
    makers: readonly string[] = [],
    /** Left out, everything is analysed by the thread that lints. */
    startBackground?: StartBackground,
  ) {
    this.#rules = rules;
    this.#openSession = openSession;
    this.#makers = makers;
    this.#startBackground = startBackground;
  }

  /** @param options Where ESLint gives any to the rule for this file. */
  of(file: LintedFile, ruleId: string, options?: object): readonly Problem[] {
    const { sourceCode, filename } = file;
    const { text } = sourceCode;
    // Other linters that run ESLint's plugins have one source code object for all files.
    if (this.#pass?.sourceCode !== sourceCode || this.#pass.filename !== filename || this.#pass.text !== text) {
      this.#pass = { sourceCode, filename, text, look: this.#find(file, ruleId) };
    }
    const { look } = this.#pass;
    return look(options && { id: ruleId, options }).get(ruleId) ?? NO_PROBLEMS;
  }

  /** `ruleId` tells of a failure. */
  #find(file: LintedFile, ruleId: string): Look {
    let project = '';
    try {
      const location = locate(file);
      if (!location) return LOOK_AT_NOTHING;
      project = JSON.stringify([location.root, location.config]);
      if (!this.#mayTry(project, file.filename)) return LOOK_AT_NOTHING;
      return this.#look(project, location, file.sourceCode.text);
    } catch (error) {
      if (!this.#mayTry(project, file.filename)) return LOOK_AT_NOTHING;
      this.#opened.delete(project);
      this.#failures.set(project, file.filename);
      const told: FileProblems = new Map([[ruleId, [{ message: describe(error), place: undefined }]]]);
      return () => told;
    }
  }

  #mayTry(project: string, filename: string): boolean {
    const teller = this.#failures.get(project);
    return teller === undefined || teller === filename;
  }

  #look(project: string, location: Location, text: string): Look {
    const known = this.#opened.get(project);
    if (known && 'large' in known) return this.#lookAtLarge(known.large, location, text);
    if (known) {
      known.session.update(location.file, text);
      return this.#lookIn(known.session, location.file);
    }
    const { session, opened } = this.#open(location, text);
    const look = this.#lookIn(session, location.file);
    this.#opened.set(project, opened);
    this.#failures.delete(project);
    return look;
  }

  #lookAtLarge(large: LargeProject, { root, file }: Location, text: string): Look {
    large.catchUp();
    const held = large.session.textOf(file);
    if (text === held) large.undo(file, text);
    else if (text !== readSaved(root, file) || !large.save(file, text)) {
      const { session } = large;
      if (held === undefined) return LOOK_AT_NOTHING;
      const moved = moveProblems(this.#shownIn(session, file), held, text);
      return (rule) => (rule ? moveProblems(this.#shownIn(session, file, rule), held, text) : moved);
    }
    return this.#lookIn(large.session, file);
  }

  /** What cannot be analysed is told of here. */
  #lookIn(session: Session, file: string): Look {
    this.#shownIn(session, file);
    return (rule) => this.#shownIn(session, file, rule);
  }

  #open({ root, config, file }: Location, text: string): { readonly session: Session; readonly opened: Opened } {
    const options = sessionOptions(this.#rules, this.#makers, root, config);
    const open = (): Session => this.#openSession(root, options);
    const session = open();
    session.update(file, text);
    if (session.summary().files <= LIVE_FILES) return { session, opened: { session } };
    const start = options.cache && this.#startBackground;
    return { session, opened: { large: new LargeProject(session, open, start && (() => start(root, config))) } };
  }

  #shownIn(session: Session, file: string, rule?: RuleChoice): FileProblems {
    const findings = session.findings(undefined, { suppressed: true, ...(rule && { rule }) });
    const shown = this.#shown.get(findings) ?? sortByFile(findings);
    this.#shown.set(findings, shown);
    return shown.get(file) ?? NOTHING;
  }
}

function readSaved(root: string, file: string): string | undefined {
  try {
    return readFileSync(join(root, file), 'utf8').replace(/^\uFEFF/, '');
  } catch {
    return undefined;
  }
}

function sortByFile(findings: readonly Finding[]): ReadonlyMap<string, FileProblems> {
  const shown = new Map<string, Map<string, Problem[]>>();
  for (const finding of findings) {
    const place = shownPlace(finding);
    if (!place) continue;
    const ofFile = shown.get(place.file) ?? new Map<string, Problem[]>();
    const ofRule = ofFile.get(finding.ruleId) ?? [];
    ofRule.push({ message: finding.message, place });
    shown.set(place.file, ofFile.set(finding.ruleId, ofRule));
  }
  return shown;
}

function describe(error: unknown): string {
  if (error instanceof SessionError || error instanceof SettingsError) {
    return `Blastradius could not analyse this project: ${error.message}`;
  }
  const message = error instanceof Error ? error.message : String(error);
  return `Blastradius could not analyse this project because of a bug in itself: ${message.split('\n')[0] ?? ''}. Please report it at ${homepage}/issues with what \`npx blastradius check --debug\` prints.`;
}
