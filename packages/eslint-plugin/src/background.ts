import { Worker } from 'node:worker_threads';

/** Analyses a project beside the thread that lints, and leaves what it finds in the cache. It goes on with one order after the other. */
export interface Background {
  /** Lays a saved text over its file; a file that goes back to what it was is one as well. */
  update(file: string, text: string): void;
  /** Reads the project from the disk once more. */
  reopen(): void;
  /** Waits until all orders are done, for so many milliseconds at most; not at all where it took longer than that the last time. */
  wait(milliseconds: number): void;
  /** `done` when all orders are; `failed` where it takes no more of them. */
  readonly state: 'busy' | 'done' | 'failed';
}

/** What the thread is started with. */
export interface BackgroundData {
  readonly root: string;
  readonly config: string | undefined;
  /** Three numbers that both threads see, where the names below say. */
  readonly signals: Int32Array;
}

/** `number` counts the orders, from 1. */
export type Order =
  | { readonly number: number; readonly kind: 'update'; readonly file: string; readonly text: string }
  | { readonly number: number; readonly kind: 'reopen' };

/** The last order that is done. */
export const lastDone = 0;
/** How long it took, in milliseconds. */
export const lastTook = 1;
/** 1 where no more orders are taken. */
export const hasFailed = 2;

/** Starts a thread for a project. It does not keep the process alive. */
export function startBackground(root: string, config: string | undefined): Background {
  return new BackgroundThread(root, config);
}

class BackgroundThread implements Background {
  readonly #signals = new Int32Array(new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT));
  readonly #worker: Worker;
  #orders = 0;

  constructor(root: string, config: string | undefined) {
    const workerData: BackgroundData = { root, config, signals: this.#signals };
    this.#worker = new Worker(new URL('./background-thread.js', import.meta.url), { workerData });
    this.#worker.unref();
    const fail = (): void => {
      Atomics.store(this.#signals, hasFailed, 1);
    };
    this.#worker.on('error', fail);
    this.#worker.on('exit', fail);
  }

  get state(): 'busy' | 'done' | 'failed' {
    if (Atomics.load(this.#signals, hasFailed) !== 0) return 'failed';
    return Atomics.load(this.#signals, lastDone) === this.#orders ? 'done' : 'busy';
  }

  update(file: string, text: string): void {
    this.#order({ number: ++this.#orders, kind: 'update', file, text });
  }

  reopen(): void {
    this.#order({ number: ++this.#orders, kind: 'reopen' });
  }

  wait(milliseconds: number): void {
    if (Atomics.load(this.#signals, lastTook) > milliseconds) return;
    const end = performance.now() + milliseconds;
    for (let left = milliseconds; this.state === 'busy' && left > 0; left = end - performance.now())
      Atomics.wait(this.#signals, lastDone, Atomics.load(this.#signals, lastDone), left);
  }

  #order(order: Order): void {
    this.#worker.postMessage(order);
  }
}
