import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { openSession } from '@blastradius/engine';
import type { Session } from '@blastradius/engine';
import { rules, rulesFolder } from '@blastradius/rules';
import { hasFailed, lastDone, lastTook } from './background.js';
import type { BackgroundData, Order } from './background.js';
import { sessionOptions } from './session-options.js';

/** The thread that `startBackground` starts. What it finds is in the cache before it says that it is done. */
const { root, config, signals } = workerData as BackgroundData;
let session: Session | undefined;

parentPort?.on('message', (first: Order) => {
  const start = performance.now();
  try {
    let last = first;
    take(first);
    // What came meanwhile is answered in one go.
    for (let next = nextOrder(); next; next = nextOrder()) take((last = next));
    session?.summary();
    Atomics.store(signals, lastTook, performance.now() - start);
    Atomics.store(signals, lastDone, last.number);
  } catch {
    // Whoever lints analyses itself then, and tells what is wrong.
    Atomics.store(signals, hasFailed, 1);
    parentPort?.close();
  }
  Atomics.notify(signals, lastDone);
});

function take(order: Order): void {
  if (order.kind === 'reopen' || !session)
    session = openSession(root, sessionOptions(rules, [rulesFolder], root, config));
  if (order.kind === 'update') session.update(order.file, order.text);
}

function nextOrder(): Order | undefined {
  const received = parentPort ? receiveMessageOnPort(parentPort) : undefined;
  return received?.message as Order | undefined;
}
