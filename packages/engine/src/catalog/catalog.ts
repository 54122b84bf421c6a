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

  constructor(entries: readonly Library[], configured: readonly Library[] = []) {
    for (const library of configured) for (const path of Object.keys(library.calls)) this.described.add(path);
    for (const library of [...entries, ...configured]) {
      for (const [path, entry] of Object.entries(library.calls)) this.#add(path, entry);
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
    const entry = this.#exact.get(path) ?? this.#patterns.get(lastMember(path))?.find((item) => item.pattern.test(path))?.entry;
    this.#known.set(path, entry);
    return entry;
  }
}

function lastMember(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('.'), path.lastIndexOf('#')) + 1);
}
