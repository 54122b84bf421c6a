import type { AccessPath } from '../program/access-path.js';
import { accessControl } from './authorization/access-control.js';
import { casbin } from './authorization/casbin.js';
import { casl } from './authorization/casl.js';
import { policyServices } from './authorization/policy-services.js';
import { tokenScopes } from './authorization/token-scopes.js';
import { oneTimeCodes } from './credentials/one-time-codes.js';
import { passwords } from './credentials/passwords.js';
import { webhooks } from './credentials/webhooks.js';
import { kysely } from './data/kysely.js';
import { mikroOrm } from './data/mikro-orm.js';
import { mongodb, mongoose } from './data/mongoose.js';
import { prisma } from './data/prisma.js';
import { sequelize } from './data/sequelize.js';
import { sqlClients } from './data/sql-clients.js';
import { typeorm } from './data/typeorm.js';
import { elysia } from './frameworks/elysia.js';
import { express, expressWrappers } from './frameworks/express.js';
import { fastify } from './frameworks/fastify.js';
import { h3, nuxtAuthUtils } from './frameworks/h3.js';
import { hapi } from './frameworks/hapi.js';
import { fetchAnswers, hono } from './frameworks/hono.js';
import { koa } from './frameworks/koa.js';
import { nestjs } from './frameworks/nestjs.js';
import { nextjs } from './frameworks/nextjs.js';
import { oauthBearer, openidConnect } from './identity/auth0.js';
import { authJs } from './identity/auth-js.js';
import { basicAuth } from './identity/basic-auth.js';
import { betterAuth } from './identity/better-auth.js';
import { clerk, clerkNext } from './identity/clerk.js';
import { fastifyAuth } from './identity/fastify-auth.js';
import { firebaseAdmin } from './identity/firebase-admin.js';
import { honoGuards } from './identity/hono-guards.js';
import { koaGuards } from './identity/koa-guards.js';
import { supabase } from './identity/supabase.js';
import { EntryTree, nowhere, stepsOfText, type Step, type TreePlace } from './entry-tree.js';
import type { CallEntry, Library } from './library.js';
import { assertions } from './platform/assertions.js';
import { crypto } from './platform/crypto.js';
import { fetchApi } from './platform/fetch.js';
import { node } from './platform/node.js';
import { elysiaJwt } from './tokens/elysia-jwt.js';
import { expressJwt, expressUnless } from './tokens/express-jwt.js';
import { sessions } from './tokens/express-session.js';
import { fastifyJwt } from './tokens/fastify-jwt.js';
import { fastifyPassport } from './tokens/fastify-passport.js';
import { fastifySessions } from './tokens/fastify-sessions.js';
import { hapiJwt } from './tokens/hapi-jwt.js';
import { honoJwt } from './tokens/hono-jwt.js';
import { jose } from './tokens/jose.js';
import { jwtDecode } from './tokens/jwt-decode.js';
import { jsonwebtoken } from './tokens/jsonwebtoken.js';
import { jwtSimple } from './tokens/jwt-simple.js';
import { mediaServices } from './tokens/media-services.js';
import { nestjsJwt } from './tokens/nestjs-jwt.js';
import { passport } from './tokens/passport.js';

/** Every library that is known without configuration. */
export const libraries: readonly Library[] = [
  node,
  crypto,
  assertions,
  express,
  expressWrappers,
  nestjs,
  fastify,
  hono,
  fetchAnswers,
  honoJwt,
  honoGuards,
  h3,
  nuxtAuthUtils,
  koa,
  koaGuards,
  hapi,
  hapiJwt,
  elysia,
  elysiaJwt,
  fetchApi,
  nextjs,
  jsonwebtoken,
  jose,
  nestjsJwt,
  jwtSimple,
  jwtDecode,
  passport,
  expressJwt,
  expressUnless,
  sessions,
  fastifyJwt,
  fastifyPassport,
  fastifySessions,
  oauthBearer,
  openidConnect,
  basicAuth,
  clerk,
  fastifyAuth,
  clerkNext,
  authJs,
  betterAuth,
  supabase,
  firebaseAdmin,
  mediaServices,
  passwords,
  oneTimeCodes,
  casl,
  accessControl,
  casbin,
  policyServices,
  tokenScopes,
  webhooks,
  prisma,
  typeorm,
  sequelize,
  mongoose,
  mongodb,
  mikroOrm,
  kysely,
  sqlClients,
];

/** Finds what a call means by its access path. */
export class Catalog {
  readonly #tree = new EntryTree();
  /** Paths that a configuration describes: they may name functions of the project itself. */
  readonly described = new Set<string>();

  constructor(entries: readonly Library[], configured: readonly Library[] = []) {
    for (const library of configured) for (const path of Object.keys(library.calls)) this.described.add(path);
    for (const library of [...entries, ...configured]) {
      for (const [path, entry] of Object.entries(library.calls)) this.#tree.add(path, entry);
      for (const [path, other] of Object.entries(library.same ?? {})) this.#tree.addSame(path, other);
    }
  }

  find(path: AccessPath): CallEntry | undefined {
    return this.#spellingOf(path).entry;
  }

  /** The same of a path that is written out. */
  findText(path: string): CallEntry | undefined {
    let spelling: Spelling | undefined;
    for (const step of stepsOfText(path)) spelling = spelling ? this.#spell(spelling, step) : this.#begin(step);
    return spelling?.entry;
  }

  /** Paths grow by steps, and so does what is known of them. */
  #spellingOf(path: AccessPath): Spelling {
    const known = path.spelling;
    if (known?.by === this) return known as Spelling;
    const before = path.parent && this.#spellingOf(path.parent);
    return (path.spelling = before ? this.#spell(before, path.step) : this.#begin(path.step));
  }

  #begin(step: Step): Spelling {
    const place = this.#tree.begin(step);
    return this.#spelling(place, place, place, undefined);
  }

  #spell(before: Spelling, step: Step): Spelling {
    if (before.isNowhere) return before;
    const raw = before.raw.after(step);
    const plain = this.#renamed(before.plain.after(step));
    if (before.records && isElement(step)) return this.#spelling(raw, plain, before.records, before.records);
    const through = this.#renamed((before.records ?? before.through).after(step));
    const records = step === '()' ? through.entry?.data?.records : undefined;
    return this.#spelling(raw, plain, through, records === undefined ? undefined : this.#tree.placeOf(records));
  }

  #renamed(place: TreePlace): TreePlace {
    return place.same === undefined ? place : this.#tree.placeOf(place.same);
  }

  #spelling(raw: TreePlace, plain: TreePlace, through: TreePlace, records: TreePlace | undefined): Spelling {
    if (raw.isNowhere && plain.isNowhere && through.isNowhere && !records) return this.#nowhere;
    return {
      by: this,
      raw,
      plain,
      through,
      records,
      isNowhere: false,
      entry: raw.entry ?? plain.entry ?? through.entry,
    };
  }

  /** Of all paths that no entry begins with. */
  readonly #nowhere: Spelling = { by: this, ...emptySpelling };
}

/** One path in the libraries' words. */
interface Spelling {
  readonly by: Catalog;
  /** As it is written. */
  readonly raw: TreePlace;
  /** With what leads to the same in the words that the entries use. */
  readonly plain: TreePlace;
  /** As if it led on from a record that a query gave: `User.findOne().save()`, `User.find().[].save()`. */
  readonly through: TreePlace;
  /** Where a record of it is, where this one is a query that gives some. */
  readonly records: TreePlace | undefined;
  readonly isNowhere: boolean;
  readonly entry: CallEntry | undefined;
}

const emptySpelling = {
  raw: nowhere,
  plain: nowhere,
  through: nowhere,
  records: undefined,
  isNowhere: true,
  entry: undefined,
};

/** From a list of records to one of them; any number, and a call on the way, as well. */
const elementNames: ReadonlySet<string> = new Set([
  ...['[]', '()'],
  ...['rows', 'forEach', 'map', 'flatMap', 'filter', 'find', 'some', 'every', 'reduce'],
  ...['at', 'pop', 'shift', 'slice', 'sort', 'reverse', 'values'],
]);

function isElement(step: Step): boolean {
  return elementNames.has(step) || /^\d+$/.test(step);
}
