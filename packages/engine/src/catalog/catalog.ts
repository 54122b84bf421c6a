import { passwords } from './credentials/passwords.js';
import { webhooks } from './credentials/webhooks.js';
import { mikroOrm } from './data/mikro-orm.js';
import { mongodb, mongoose } from './data/mongoose.js';
import { prisma } from './data/prisma.js';
import { sequelize } from './data/sequelize.js';
import { sqlClients } from './data/sql-clients.js';
import { typeorm } from './data/typeorm.js';
import { express, expressWrappers } from './frameworks/express.js';
import { nestjs } from './frameworks/nestjs.js';
import type { CallEntry, Library } from './library.js';
import { crypto } from './platform/crypto.js';
import { node } from './platform/node.js';
import { expressJwt } from './tokens/express-jwt.js';
import { sessions } from './tokens/express-session.js';
import { jose } from './tokens/jose.js';
import { jsonwebtoken } from './tokens/jsonwebtoken.js';
import { jwtSimple } from './tokens/jwt-simple.js';
import { nestjsJwt } from './tokens/nestjs-jwt.js';
import { passport } from './tokens/passport.js';

/** Every library that is known without configuration. */
export const libraries: readonly Library[] = [
  node,
  crypto,
  express,
  expressWrappers,
  nestjs,
  jsonwebtoken,
  jose,
  nestjsJwt,
  jwtSimple,
  passport,
  expressJwt,
  sessions,
  passwords,
  webhooks,
  prisma,
  typeorm,
  sequelize,
  mongoose,
  mongodb,
  mikroOrm,
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

  constructor(entries: readonly Library[], configured: readonly Library[] = []) {
    for (const library of configured) for (const path of Object.keys(library.calls)) this.described.add(path);
    for (const library of [...entries, ...configured]) {
      for (const [path, entry] of Object.entries(library.calls)) this.#add(path, entry);
      for (const [path, other] of Object.entries(library.same ?? {})) this.#same.set(path, other);
    }
  }

  #add(path: string, entry: CallEntry): void {
    if (!path.includes('*')) {
      this.#exact.set(path, { ...this.#exact.get(path), ...entry });
      return;
    }
    const last = lastMember(path);
    const patterns = this.#patterns.get(last) ?? [];
    const source = path.split('*').map((part) => part.replace(/[$()[\]{}^?.+|\\/]/g, '\\$&')).join('[^.]+');
    patterns.push({ pattern: new RegExp(`^${source}$`), entry });
    this.#patterns.set(last, patterns);
  }

  find(path: string): CallEntry | undefined {
    if (this.#known.has(path)) return this.#known.get(path);
    const entry = this.#look(path) ?? this.#look(this.#canonical(path, false)) ?? this.#look(this.#canonical(path, true));
    this.#known.set(path, entry);
    return entry;
  }

  #look(path: string): CallEntry | undefined {
    return this.#exact.get(path) ?? this.#patterns.get(lastMember(path))?.find((item) => item.pattern.test(path))?.entry;
  }

  /**
   * The same path in the words that the libraries' entries use.
   *
   * @param throughRecords Whether it leads on from a record that a query gave: `User.findOne().save()`, `User.find().[].save()`.
   */
  #canonical(path: string, throughRecords: boolean): string {
    const begin = path.indexOf('#') + 1;
    if (begin === 0) return path;
    let current = path.slice(0, begin);
    let records: string | undefined;
    for (const [step] of path.slice(begin).matchAll(pathStep)) {
      if (records !== undefined && elementStep.test(step)) continue;
      current = (records ?? current) + step;
      records = undefined;
      current = this.#same.get(current) ?? current;
      if (throughRecords && step === '()') records = this.#look(current)?.data?.records;
    }
    return current;
  }
}

const pathStep = /\(\)|\.?[^.()]+/g;
/** From a list of records to one of them. */
const elementStep = /^(?:\(\)|\.(?:\d+|\[\]|rows|forEach|map|flatMap|filter|find|some|every|reduce|at|pop|shift|slice|sort|reverse|values))$/;

function lastMember(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('.'), path.lastIndexOf('#')) + 1);
}
