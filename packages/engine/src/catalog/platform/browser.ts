/**
 * Whoever depends on one of these draws on a screen. Frameworks that serve as well (Next.js, Nuxt, Remix, SvelteKit …) depend on one of
 * them too: see `servesToo`.
 */
export const drawsOnScreen: ReadonlySet<string> = new Set([
  '@angular/core',
  '@ionic/core',
  'lit',
  'preact',
  'react-dom',
  'react-native',
  'solid-js',
  'svelte',
  'vue',
]);

/**
 * Packages by which one that draws on a screen may be a back end as well: they serve files or routes by where code lies, or run it on
 * a server. Those of the catalog count too.
 */
export const servesToo =
  /^(?:next|nuxt|nitropack|nitro|astro|gatsby|vike|vinxi|waku|blitz|meteor|electron|wrangler|serverless|sst|aws-cdk-lib|ssr-window|@?remix-run(?:\/.+)?|@react-router\/(?:dev|node|serve|express|cloudflare|architect)|@sveltejs\/kit|@analogjs\/.+|@redwoodjs\/.+|@solidjs\/start|solid-start|@tanstack\/(?:react-|solid-)?start|@builder\.io\/qwik-city|@angular\/ssr|@angular\/platform-server|@nguniversal\/.+|vite-plugin-ssr|@vercel\/.+|@netlify\/.+|@cloudflare\/.+|@trpc\/server|@apollo\/server|apollo-server.*|graphql-yoga|type-graphql|@azure\/functions|@google-cloud\/functions-framework|firebase-functions|@aws-sdk\/.+|aws-lambda|@middy\/.+|express.*|koa.*|connect|restify|polka|micro|@feathersjs\/.+|@loopback\/.+|sails|@adonisjs\/.+|@strapi\/.+|payload|@keystone-6\/.+|http-proxy.*|ws|socket\.io)$/;

/** Packages of the catalog that are met in a browser for what they do there: none of them makes a route, a token or a record. */
export const metInBrowsers: ReadonlySet<string> = new Set([
  '@casl/ability',
  'assert',
  'consola',
  'eventemitter2',
  'events',
  'http-errors',
  'invariant',
  'jwt-decode',
  'loglevel',
  'tiny-invariant',
  'util',
]);
