import type { Library } from '../library.js';

/** What makes a client, and the user that the server of Supabase has been asked for. */
export const supabaseClients: readonly string[] = [
  '@supabase/supabase-js#createClient()',
  '@supabase/ssr#createServerClient()',
  '@supabase/auth-helpers-nextjs#createServerComponentClient()',
  '@supabase/auth-helpers-nextjs#createRouteHandlerClient()',
  '@supabase/auth-helpers-nextjs#createMiddlewareClient()',
  '@supabase/auth-helpers-nextjs#createServerActionClient()',
];

/** Parts of what the client answers, as application/shapes/supabase-shape.ts gives them. */
export const supabaseError = '@supabase/supabase-js#auth.error()';
export const supabaseStored = '@supabase/supabase-js#auth.getSession';

/** https://supabase.com/docs/guides/auth/server-side/nextjs: `getUser` and `getClaims` verify, `getSession` reads what is stored. */
export const supabase: Library = {
  packages: ['@supabase/supabase-js', '@supabase/ssr', '@supabase/auth-helpers-nextjs'],
  calls: {
    ...Object.fromEntries(supabaseClients.map((client) => [client, { defers: true }] as const)),
    // There is an error wherever there is no user.
    [supabaseError]: { proves: { kind: 'session', when: 'falsy' } },
    [`${supabaseStored}()`]: { decodes: 0 },
  },
};
