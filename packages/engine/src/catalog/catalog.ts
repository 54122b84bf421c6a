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
import { express, expressWrappers } from './frameworks/express.js';
import { nextjs } from './frameworks/nextjs.js';
import { nestjs } from './frameworks/nestjs.js';
import { oauthBearer, openidConnect } from './identity/auth0.js';
import { basicAuth } from './identity/basic-auth.js';
import { authJs } from './identity/auth-js.js';
import { betterAuth } from './identity/better-auth.js';
import { clerk, clerkNext } from './identity/clerk.js';
import { firebaseAdmin } from './identity/firebase-admin.js';
import { supabase } from './identity/supabase.js';
import type { CallEntry, Library } from './library.js';
import { assertions } from './platform/assertions.js';
import { crypto } from './platform/crypto.js';
import { fetchApi } from './platform/fetch.js';
import { node } from './platform/node.js';
import { expressJwt, expressUnless } from './tokens/express-jwt.js';
import { sessions } from './tokens/express-session.js';
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
  oauthBearer,
  openidConnect,
  basicAuth,
  clerk,
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
  readonly #exact = new Map<string, CallEntry>();
  readonly #patterns = new Map<string, { readonly pattern: RegExp; readonly entry: CallEntry }[]>();
  /** Paths that a configuration describes: they may name functions of the project itself. */
  readonly described = new Set<string>();
  readonly #known = new Map<string, CallEntry | undefined>();
  readonly #same = new Map<string, string>();
  readonly #spellings = new Map<string, Spelling>();
  /** Packages with entries, and those of them whose paths have several spellings. */
  readonly #packages = new Set<string>();
  readonly #spelt = new Set<string>();
  /** Names that a path with an entry may end with. */
  readonly #names = new Set<string>();

  constructor(entries: readonly Library[], configured: readonly Library[] = []) {
    for (const library of configured) for (const path of Object.keys(library.calls)) this.described.add(path);
    for (const library of [...entries, ...configured]) {
      for (const [path, entry] of Object.entries(library.calls)) {
        this.#add(path, entry);
        this.#packages.add(packageOf(path));
        if (entry.data) this.#spelt.add(packageOf(path));
      }
      for (const [path, other] of Object.entries(library.same ?? {})) {
        this.#same.set(path, other);
        this.#names.add(nameIn(path, startOfName(path)));
        this.#packages.add(packageOf(path));
        this.#spelt.add(packageOf(path));
      }
    }
  }

  #add(path: string, entry: CallEntry): void {
    this.#names.add(nameIn(path, startOfName(path)));
    if (!path.includes('*')) {
      this.#exact.set(path, { ...this.#exact.get(path), ...entry });
      return;
    }
    const last = lastMember(path);
    const patterns = this.#patterns.get(last) ?? [];
    const source = path
      .split('*')
      .map((part) => part.replace(/[$()[\]{}^?.+|\\/]/g, '\\$&'))
      .join('[^.]+');
    patterns.push({ pattern: new RegExp(`^${source}$`), entry });
    this.#patterns.set(last, patterns);
  }

  find(path: string): CallEntry | undefined {
    if (!this.#mayMean(path)) return undefined;
    const known = this.#known.get(path);
    if (known !== undefined || this.#known.has(path)) return known;
    const entry = this.#search(path);
    this.#known.set(path, entry);
    return entry;
  }

  /** Whether its last name is one that entries have. What columns of records lead to is met too often to be kept for each. */
  #mayMean(path: string): boolean {
    for (let end = path.length; end > 0;) {
      const start = startOfName(path, end);
      const name = nameIn(path, start, end);
      if (this.#names.has(name)) return true;
      // From a list to an element: what comes before says what both are.
      if (!isElement(name)) return false;
      end = start - 1;
    }
    return false;
  }

  #search(path: string): CallEntry | undefined {
    const name = packageOf(path);
    if (!this.#packages.has(name)) return undefined;
    const entry = this.#look(path);
    if (entry || !this.#spelt.has(name)) return entry;
    const { plain, through } = this.#canonical(path);
    return this.#look(plain) ?? this.#look(through);
  }

  #look(path: string): CallEntry | undefined {
    return (
      this.#exact.get(path) ?? this.#patterns.get(lastMember(path))?.find((item) => item.pattern.test(path))?.entry
    );
  }

  /** The same path in the words that the libraries' entries use. Paths grow by steps, and so does what is known of them. */
  #canonical(path: string): Spelling {
    const known = this.#spellings.get(path);
    if (known) return known;
    const spelling = this.#spell(path);
    this.#spellings.set(path, spelling);
    return spelling;
  }

  #spell(path: string): Spelling {
    const start = path.endsWith('()') ? path.length - 2 : Math.max(path.lastIndexOf('.'), path.lastIndexOf('#') + 1);
    if (start <= path.indexOf('#') + 1) {
      const same = this.#same.get(path) ?? path;
      return { plain: same, through: same, records: undefined };
    }
    const before = this.#canonical(path.slice(0, start));
    const step = path.slice(start);
    const plain = this.#renamed(before.plain + step);
    if (before.records !== undefined && isElementStep(step))
      return { plain, through: before.records, records: before.records };
    const through = this.#renamed((before.records ?? before.through) + step);
    return { plain, through, records: step === '()' ? this.#look(through)?.data?.records : undefined };
  }

  #renamed(path: string): string {
    return this.#same.get(path) ?? path;
  }
}

/** One path in the libraries' words. */
interface Spelling {
  readonly plain: string;
  /** As if it led on from a record that a query gave: `User.findOne().save()`, `User.find().[].save()`. */
  readonly through: string;
  /** The path of a record, where this one is a query that gives some. */
  readonly records: string | undefined;
}

/** From a list of records to one of them; any number as well. */
const elementNames: ReadonlySet<string> = new Set([
  '[]',
  ...['rows', 'forEach', 'map', 'flatMap', 'filter', 'find', 'some', 'every', 'reduce'],
  ...['at', 'pop', 'shift', 'slice', 'sort', 'reverse', 'values'],
]);

function isElement(name: string): boolean {
  return elementNames.has(name) || /^\d+$/.test(name);
}

function isElementStep(step: string): boolean {
  return step === '()' || (step.startsWith('.') && isElement(step.slice(1)));
}

/** `?` and what follows for a receiver that is not known. */
function packageOf(path: string): string {
  const end = path.indexOf('#');
  return end < 0 ? '?' : path.slice(0, end);
}

function lastMember(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('.'), path.lastIndexOf('#')) + 1);
}

/** Where the last name of a path begins, up to an end, however often it is called. */
function startOfName(path: string, end = path.length): number {
  return Math.max(path.lastIndexOf('.', end - 1), path.lastIndexOf('#', end - 1)) + 1;
}

function nameIn(path: string, start: number, end = path.length): string {
  while (end - 2 >= start && path.endsWith('()', end)) end -= 2;
  return path.slice(start, end);
}
