import type { DecodedFacts } from '../facts/encoded/decode-facts.js';
import type { Span } from '../facts/file-facts.js';
import { compareFindings } from '../finding/compare-findings.js';
import type { Place } from '../finding/place.js';
import { placeAt } from '../finding/place-at.js';
import { isSuppressed } from '../finding/suppressions.js';
import { limits } from '../limits.js';
import type { Project, SourceFile } from '../source/project.js';
import type { Answer, JudgedFinding } from './answer.js';
import { digestCode } from './digest.js';
import type { ReadFacts, Reading } from './reading.js';
import { keyOfPlace } from './take-reading.js';

/** A file that is not what it was, and says the same where it was read. */
interface EditedFile {
  readonly facts: DecodedFacts;
  readonly before: ReadFacts;
}

/**
 * The answer to a project whose code has changed, where nothing has changed of what the answer has read: comments, white space, functions that
 * it did not look into. Its places are moved to where they stand now. `undefined` where it takes an analysis to tell.
 *
 * Everything of the project but the texts of its code is as it was.
 */
export function answerAgain(
  { answer, patterns, files }: Reading,
  project: Project,
  lower: (file: SourceFile) => DecodedFacts,
): Answer | undefined {
  const sought = patterns.map(({ source, flags }) => new RegExp(source, flags));
  const edited = new Map<string, EditedFile>();
  let changes = 0;
  for (const file of project.files.values()) {
    const before = files[file.path];
    if (!before) return undefined;
    if (before.text === digestCode(file)) continue;
    if (++changes > limits.editedFiles) return undefined;
    // Nobody has read anything of it.
    if (!before.facts) continue;
    const facts = lower(file);
    if (!saysTheSame(facts, before.facts, sought)) return undefined;
    edited.set(file.path, { facts, before: before.facts });
  }
  return edited.size === 0 ? answer : move(answer, edited);
}

function saysTheSame({ reading, errors }: DecodedFacts, before: ReadFacts, sought: readonly RegExp[]): boolean {
  return (
    before.isSound &&
    errors.length === 0 &&
    reading.digest(before.parts) === before.digest &&
    reading.lineDigest(before.parts) === before.lines &&
    !reading.mentionsBeside(before.parts, sought)
  );
}

function move(answer: Answer, edited: ReadonlyMap<string, EditedFile>): Answer | undefined {
  const moved = new Map([...edited].map(([path, file]) => [path, movedPlaces(file)]));
  const findings: JudgedFinding[] = [];
  for (const judged of answer.findings) {
    const { finding } = judged;
    const [place, ...places] = [finding, ...finding.steps].map((item) => {
      const known = moved.get(item.place.file);
      return known ? known.get(keyOfPlace(item.place)) : item.place;
    });
    if (!place || places.includes(undefined)) return undefined;
    const steps = finding.steps.map((step, index) => ({ ...step, place: places[index] ?? step.place }));
    const again = Object.freeze({ ...finding, place, steps });
    const facts = edited.get(place.file)?.facts;
    findings.push({ finding: again, suppressed: facts ? isSuppressed(again, facts) : judged.suppressed });
  }
  return { ...answer, findings: findings.sort((a, b) => compareFindings(a.finding, b.finding)) };
}

/** By where it was: where each place of the answer is now, if that can be told. */
function movedPlaces({ facts, before }: EditedFile): ReadonlyMap<string, Place> {
  const spans = before.places.length === 0 ? [] : facts.reading.places(before.parts);
  const moved = new Map<string, Place>();
  for (const { at, numbers } of before.places) {
    const span = spanOf(numbers.flatMap((number) => spans[number] ?? []));
    const [line, column, endLine, endColumn] = at;
    if (span) moved.set(keyOfPlace({ line, column, endLine, endColumn }), placeAt(facts, span));
  }
  return moved;
}

/** What began and ended together may not do so any more; then nobody knows which of them was meant. */
function spanOf([first, ...others]: readonly Span[]): Span | undefined {
  return first && others.every(({ start, end }) => start === first.start && end === first.end) ? first : undefined;
}
