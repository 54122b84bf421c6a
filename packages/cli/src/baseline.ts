import { readFile, writeFile } from 'node:fs/promises';
import type { Finding } from '@blastradius/engine';
import { Failure, systemReason } from './failure.js';

/** One accepted finding. The fingerprint decides; the rest is there for whoever reviews the file. */
interface Entry {
  readonly fingerprint: string;
  readonly ruleId: string;
  readonly entity: string;
}

const SCHEMA_VERSION = 1;

/** Findings that are known and accepted, kept in a file by fingerprint. */
export class Baseline {
  readonly #accepted: ReadonlyMap<string, number>;

  private constructor(entries: readonly Entry[]) {
    this.#accepted = countFingerprints(entries);
  }

  static async read(path: string, shownPath: string): Promise<Baseline> {
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch (error) {
      throw new Failure(
        `cannot read the baseline ${shownPath}: ${systemReason(error)}. --update-baseline writes it anew.`,
      );
    }
    const entries = parseEntries(text);
    if (!entries) {
      throw new Failure(
        `${shownPath} is not a baseline of version ${SCHEMA_VERSION}: it needs "schemaVersion" and "findings", each with a "fingerprint". --update-baseline writes it anew.`,
      );
    }
    return new Baseline(entries);
  }

  /** Writes all findings as accepted. Sorted, so that a review shows what came and what went. */
  static async write(path: string, shownPath: string, findings: readonly Finding[]): Promise<void> {
    const entries = findings
      .map(({ fingerprint, ruleId, entity }): Entry => ({ fingerprint, ruleId, entity }))
      .sort(
        (a, b) => compare(a.ruleId, b.ruleId) || compare(a.entity, b.entity) || compare(a.fingerprint, b.fingerprint),
      );
    const text = `${JSON.stringify({ schemaVersion: SCHEMA_VERSION, findings: entries }, undefined, 2)}\n`;
    try {
      await writeFile(path, text);
    } catch (error) {
      throw new Failure(`cannot write the baseline ${shownPath}: ${systemReason(error)}.`);
    }
  }

  /** Accepts what has been found before. */
  static of(findings: readonly Finding[]): Baseline {
    return new Baseline(findings);
  }

  /** The findings that are not accepted, and how many accepted ones are no longer found. An entry covers one finding. */
  compare(findings: readonly Finding[]): { readonly fresh: readonly Finding[]; readonly gone: number } {
    const left = new Map(this.#accepted);
    const fresh = findings.filter(({ fingerprint }) => {
      const count = left.get(fingerprint) ?? 0;
      if (count > 0) left.set(fingerprint, count - 1);
      return count === 0;
    });
    return { fresh, gone: [...left.values()].reduce((sum, count) => sum + count, 0) };
  }
}

function countFingerprints(entries: readonly Entry[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { fingerprint } of entries) counts.set(fingerprint, (counts.get(fingerprint) ?? 0) + 1);
  return counts;
}

function parseEntries(text: string): readonly Entry[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  if (!('schemaVersion' in value) || value.schemaVersion !== SCHEMA_VERSION) return undefined;
  if (!('findings' in value) || !Array.isArray(value.findings)) return undefined;
  return value.findings.every(isEntry) ? value.findings : undefined;
}

function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && 'fingerprint' in value && typeof value.fingerprint === 'string';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
