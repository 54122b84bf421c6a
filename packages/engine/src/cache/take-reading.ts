import type { DecodedFacts } from '../facts/encoded/decode-facts.js';
import type { Span } from '../facts/file-facts.js';
import type { Place } from '../finding/place.js';
import type { Project } from '../source/project.js';
import type { Answer } from './answer.js';
import { digestCode } from './digest.js';
import type { FileReading, ReadFacts, Reading, ReadPlace } from './reading.js';

/**
 * What an answer has read of the code.
 *
 * @param facts Those that it was made of, by path.
 * @param patterns What was looked for in functions that were not read.
 * @param before What the answer before has read: what is said of a text stays.
 */
export function takeReading(
  answer: Answer,
  project: Project,
  facts: ReadonlyMap<string, DecodedFacts>,
  patterns: readonly RegExp[],
  before?: Reading,
): Reading {
  const places = placesOf(answer);
  const files: Record<string, FileReading> = {};
  for (const file of project.files.values()) {
    const { path } = file;
    const known = facts.get(path);
    const text = digestCode(file);
    const earlier = before?.files[path]?.text === text ? before.files[path].facts : undefined;
    files[path] = known ? { text, facts: readFacts(known, places.get(path) ?? [], earlier) } : { text };
  }
  return { answer, patterns: patterns.map(({ source, flags }) => ({ source, flags })), files };
}

function readFacts(facts: DecodedFacts, places: readonly Place[], before: ReadFacts | undefined): ReadFacts {
  const { reading } = facts;
  const parts = reading.parts();
  const isReadAsBefore = before?.parts.length === parts.length && parts.every((part, at) => part === before.parts[at]);
  return {
    parts,
    digest: isReadAsBefore ? before.digest : reading.digest(parts),
    lines: isReadAsBefore ? before.lines : reading.lineDigest(parts),
    isSound: facts.errors.length === 0,
    places: places.length === 0 ? [] : readPlaces(places, facts.lineStarts, reading.places(parts)),
  };
}

function readPlaces(
  places: readonly Place[],
  lineStarts: readonly number[],
  spans: readonly Span[],
): readonly ReadPlace[] {
  const numbers = new Map<string, number[]>();
  spans.forEach(({ start, end }, number) => {
    const key = `${String(start)} ${String(end)}`;
    const known = numbers.get(key);
    if (known) known.push(number);
    else numbers.set(key, [number]);
  });
  return places.map(({ line, column, endLine, endColumn }) => {
    const start = (lineStarts[line - 1] ?? 0) + column - 1;
    const end = (lineStarts[endLine - 1] ?? 0) + endColumn - 1;
    return { at: [line, column, endLine, endColumn], numbers: numbers.get(`${String(start)} ${String(end)}`) ?? [] };
  });
}

/** Every place of the findings and their steps once, by file. */
function placesOf({ findings }: Answer): ReadonlyMap<string, readonly Place[]> {
  const found = new Map<string, Map<string, Place>>();
  for (const { finding } of findings) {
    for (const { place } of [finding, ...finding.steps]) {
      const known = found.get(place.file) ?? new Map<string, Place>();
      found.set(place.file, known.set(keyOfPlace(place), place));
    }
  }
  return new Map([...found].map(([file, places]) => [file, [...places.values()]]));
}

export function keyOfPlace({ line, column, endLine, endColumn }: Omit<Place, 'file'>): string {
  return [line, column, endLine, endColumn].join(' ');
}
