import type { CallEntry, Library } from '../library.js';

const status = { argument: 1, property: 'status' } as const;
const deferred: CallEntry = { defers: true };

/** Functions that the browser may call by their names: https://svelte.dev/docs/kit/remote-functions */
export const remoteFunctions: ReadonlyMap<string, string> = new Map([
  ['$app/server#query()', 'QUERY'],
  ['$app/server#query.batch()', 'QUERY'],
  ['$app/server#command()', 'ACTION'],
  ['$app/server#form()', 'ACTION'],
]);

/** https://svelte.dev/docs/kit/@sveltejs-kit; events are read by application/frameworks/sveltekit. */
export const sveltekit: Library = {
  packages: ['@sveltejs/kit', '@sveltejs/kit/hooks', '$app/server'],
  calls: {
    '@sveltejs/kit#json()': { answers: { body: 0, status } },
    '@sveltejs/kit#text()': { answers: { body: 0, status } },
    // Always 400 or above.
    '@sveltejs/kit#fail()': { answers: { refuses: true }, fails: { argument: 0 } },
    '@sveltejs/kit#invalid()': { answers: { refuses: true } },
    // Both throw.
    '@sveltejs/kit#error()': { ends: true, fails: { argument: 0 } },
    '@sveltejs/kit#redirect()': { ends: true },
    '@sveltejs/kit/hooks#sequence()': deferred,
    ...Object.fromEntries([...remoteFunctions.keys()].map((path) => [path, deferred])),
  },
};

/** https://authjs.dev/reference/sveltekit: its `handle` puts `auth` into the locals, and rejects nobody. */
export const authSvelteKit: Library = {
  packages: ['@auth/sveltekit'],
  calls: {
    '@auth/sveltekit#SvelteKitAuth()': {
      defers: true,
      keys: [{ argument: 0, property: 'secret', purpose: 'session' }],
    },
    '@auth/sveltekit#SvelteKitAuth().handle': { guard: {} },
    'express#Request.context.auth()': { gives: 'express#Request.auth', promises: true },
  },
};
