import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { lintingOf } from '../linting/measure-linting.js';
import { writeConfiguration, writeConfigurations } from '../linting/write-configurations.js';
import { coldCheckOf, floorOf } from '../measure-check.js';
import type { Tell } from '../measure-check.js';
import { measureProcess } from '../measure-process.js';
import type { Measurement } from '../measure-process.js';
import { Rounds } from '../rounds.js';
import type { Contender } from '../rounds.js';
import { forgetRuns } from '../subject.js';
import type { Subject } from '../subject.js';
import { findPeer } from './find-peer.js';
import { peers } from './peers.js';
import type { Peer } from './peers.js';

/** One tool beside ours. */
export interface PeerRow {
  readonly name: string;
  readonly version: string;
  /** Why it was not measured. */
  readonly missing?: string;
  readonly seconds?: number;
  /** Of `reference`. */
  readonly ratio?: number;
  readonly reference?: 'the floor' | 'ESLint with the parser alone';
  /** In MiB; not known of a program that is none of Node. */
  readonly mebibytes?: number;
}

const cache = fileURLToPath(new URL('../../../../node_modules/.cache/blastradius-bench', import.meta.url));

interface Candidate {
  readonly peer: Pick<Peer, 'name' | 'version'>;
  readonly contender: Contender;
  readonly reference: Contender;
}

/** The tools that npm installs, and ours without anything from an earlier run, all by turns over the same files. */
export function measurePeers(
  subject: Subject,
  scratch: string,
  runs: number,
  usageFile: string,
  tell: Tell,
): readonly PeerRow[] {
  const { bare, withPlugin } = writeConfigurations(scratch);
  const floor = floorOf(subject, usageFile);
  const parser = lintingOf('parser', subject, bare, '1', usageFile);
  const candidates: Candidate[] = [
    {
      peer: { name: 'eslint-plugin-blastradius', version: 'this' },
      contender: {
        ...lintingOf('eslint-plugin-blastradius', subject, withPlugin, '1', usageFile),
        prepare: () => {
          forgetRuns(subject);
        },
      },
      reference: parser,
    },
    { peer: { name: 'blastradius', version: 'this' }, contender: coldCheckOf(subject, usageFile), reference: floor },
  ];
  const missing: PeerRow[] = [];
  for (const peer of peers) {
    const contender = contenderOf(peer, subject, scratch, usageFile);
    const problem = contender === undefined ? 'not installed' : tryOnce(contender);
    if (contender !== undefined && problem === undefined) {
      candidates.push({ peer, contender, reference: peer.kind === 'eslint-plugin' ? parser : floor });
    } else {
      missing.push({ name: peer.name, version: peer.version ?? '', missing: problem ?? '' });
    }
  }
  const rounds = new Rounds(runs, [floor, parser, ...candidates.map(({ contender }) => contender)], tell);
  return [...candidates.map((candidate) => rowOf(rounds, candidate)), ...missing];
}

function rowOf(rounds: Rounds, { peer, contender, reference }: Candidate): PeerRow {
  return {
    name: peer.name,
    version: peer.version ?? '',
    seconds: rounds.median(contender.name, 'seconds'),
    ratio: rounds.ratio(contender.name, reference.name),
    reference: reference.name === 'parser' ? 'ESLint with the parser alone' : 'the floor',
    mebibytes: rounds.median(contender.name, 'mebibytes'),
  };
}

function contenderOf(peer: Peer, subject: Subject, scratch: string, usageFile: string): Contender | undefined {
  const found = findPeer(peer, cache);
  const given = peer.arguments ?? [];
  switch (found?.kind) {
    case undefined:
      return undefined;
    case 'eslint-plugin':
      return lintingOf(peer.name, subject, writeConfiguration(scratch, peer.name, found.module), '1', usageFile);
    case 'script':
      return {
        name: peer.name,
        run: () => measureProcess([found.path, ...given], usageFile, [0, 1], subject.folder),
      };
    case 'program':
      return { name: peer.name, run: () => runProgram(found.path, given, subject.folder) };
  }
}

/** Why it does not run, in one line. */
function tryOnce(contender: Contender): string | undefined {
  try {
    contender.run();
    return undefined;
  } catch (error) {
    return `did not run: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`;
  }
}

function runProgram(path: string, given: readonly string[], cwd: string): Measurement {
  const start = process.hrtime.bigint();
  const { status, stdout } = spawnSync(path, given, { cwd, encoding: 'utf8', maxBuffer: 1024 ** 3 });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  if (status !== 0 && status !== 1) throw new Error(`it ended with ${String(status)}`);
  return { seconds, cpuSeconds: Number.NaN, mebibytes: Number.NaN, stdout };
}
