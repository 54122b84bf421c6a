import type { Library } from '../library.js';

/** Functions that run another one within a context, a queue or a lock, or again where it fails, and give what it gives. */
export const runWithin: Library = {
  packages: ['async_hooks', 'cls-hooked', 'p-limit', 'p-retry', 'async-retry', 'async-mutex'],
  calls: {
    // https://nodejs.org/api/async_context.html#asynclocalstoragerunstore-callback-args
    'async_hooks#AsyncLocalStorage().run()': { passes: 'nothing' },
    'async_hooks#AsyncLocalStorage().exit()': { passes: 'nothing' },
    'async_hooks#AsyncLocalStorage.bind()': { returns: 0 },
    'async_hooks#AsyncResource.bind()': { returns: 0 },
    // `run` gives the context instead: https://github.com/Jeff-Lewis/cls-hooked#namespacerunandreturncallback
    'cls-hooked#createNamespace().runAndReturn()': { passes: 'nothing' },
    'cls-hooked#getNamespace().runAndReturn()': { passes: 'nothing' },
    'p-limit#()()': { passes: 'nothing' },
    // https://github.com/sindresorhus/p-retry#pretryinput-options: the number of the attempt
    'p-retry#()': { passes: 'p-retry#attempt' },
    // https://github.com/vercel/async-retry#api: `bail`, which ends the attempts
    'async-retry#()': { passes: 'async-retry#bail' },
    'async-mutex#Mutex().runExclusive()': { passes: 'nothing' },
    'async-mutex#Semaphore().runExclusive()': { passes: 'nothing' },
  },
};
