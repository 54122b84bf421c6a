import { createPublicKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { readTree } from '../read-tree.js';
import { attackSteps, laterSteps } from './attack-steps.js';
import type { Loot, Step } from './attack-steps.js';
import { Attacker } from './attacker.js';
import type { Answer } from './attacker.js';
import { directoryOf } from './build-marketplace.js';
import type { Marketplace } from './build-marketplace.js';
import { collectTruth } from './collect-truth.js';
import { startMarketplace } from './start-marketplace.js';
import { readRows } from './stored-rows.js';

export interface StepOutcome extends Step {
  /** How many of the others it harmed. */
  readonly harmed: number;
  readonly answers: readonly Answer[];
}

export interface AttackOutcome {
  readonly victims: number;
  readonly steps: readonly StepOutcome[];
}

/** Starts an application and does to it what the attacker did. */
export async function attackMarketplace(marketplace: Marketplace): Promise<AttackOutcome> {
  const kid = randomUUID();
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const isSound = marketplace === 'sound';
  const running = await startMarketplace(marketplace, {
    // A key from outside the code can be stolen as well: then it is the attacker who has chosen it.
    ...(isSound && { environment: userTokenKey(privateKey, kid) }),
  });
  try {
    const [own, ...victims] = await collectTruth(running);
    if (!own) throw new Error('there is no account of the attacker');
    const attacker = new Attacker(running.urls);
    const counted = [own, ...victims].map((_account, index) => String(index + 1));
    const loot: Loot = {
      ...{ attacker, own, victims },
      ids: distinct([...counted, ...victims.map(({ id }) => id)], own.id),
      orderIds: distinct([...counted, ...victims.map(({ orderId }) => orderId)], own.orderId),
      writtenKeys: collectWrittenKeys(marketplace),
      ...(isSound && { stolenKey: { privateKey, kid } }),
    };
    const steps: StepOutcome[] = [];
    for (const { run, ...step } of attackSteps) {
      const before = attacker.answers.length;
      const harmed = await run(loot);
      steps.push({ ...step, harmed, answers: attacker.answers.slice(before) });
    }
    await running.stop();
    const rows = await readRows(running.database);
    for (const { harmed, ...step } of laterSteps) steps.push({ ...step, harmed: harmed(rows, victims), answers: [] });
    return { victims: victims.length, steps };
  } finally {
    await running.stop();
    running.remove();
  }
}

function distinct(ids: readonly string[], but: string): readonly string[] {
  return [...new Set(ids)].filter((id) => id !== but);
}

function userTokenKey(privateKey: KeyObject, kid: string): Readonly<Record<string, string>> {
  const publicKey = createPublicKey(privateKey).export({ format: 'jwk' });
  return {
    USER_TOKEN_PRIVATE_KEY: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    USER_TOKEN_KEY_ID: kid,
    USER_TOKEN_PUBLIC_KEYS: JSON.stringify({ keys: [{ ...publicKey, kid, alg: 'ES256', use: 'sig' }] }),
  };
}

/** What a leaver finds in the copy of the source: `SIGNING_KEY = '…'`, `process.env.SIGNING_KEY ?? '…'`. */
function collectWrittenKeys(marketplace: Marketplace): readonly string[] {
  const code = [...readTree(directoryOf(marketplace))].filter(([file]) => file.endsWith('.ts'));
  return code.flatMap(([, text]) =>
    [...text.matchAll(/(?:key|secret)\w*\s*(?:[:=]|\?\?)\s*(['"`])([^'"`\s]{16,})\1/gi)].flatMap(
      ([, , key]) => key ?? [],
    ),
  );
}
