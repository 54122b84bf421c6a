import { createHmac, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Listener } from './start-marketplace.js';

const MAXIMAL_REQUESTS = 600;
const SECONDS_PER_REQUEST = 20;

interface Question {
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface Answer {
  readonly request: string;
  /** 0 where nobody listens. */
  readonly status: number;
  readonly text: string;
}

/** Asks the listeners of an application on loopback, a bounded number of times, and keeps what they answered. */
export class Attacker {
  readonly answers: Answer[] = [];

  /** @param urls Throws where one leads away from this machine. */
  constructor(readonly urls: Readonly<Record<Listener, string>>) {
    for (const url of Object.values(urls))
      if (new URL(url).hostname !== '127.0.0.1') throw new Error(`${url} is not on loopback`);
  }

  async ask(listener: Listener, request: string, { token, headers, body }: Question = {}): Promise<Answer> {
    if (this.answers.length >= MAXIMAL_REQUESTS) throw new Error(`more than ${MAXIMAL_REQUESTS} requests`);
    const [method = '', path = ''] = request.split(' ');
    const answer = await this.#fetch(`${this.urls[listener]}${path}`, {
      method,
      redirect: 'error',
      signal: AbortSignal.timeout(SECONDS_PER_REQUEST * 1000),
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    this.answers.push({ request, ...answer });
    return { request, ...answer };
  }

  async #fetch(url: string, options: RequestInit): Promise<Pick<Answer, 'status' | 'text'>> {
    try {
      const answer = await fetch(url, options);
      return { status: answer.status, text: await answer.text() };
    } catch (error) {
      const { cause } = error as { cause?: { code?: string } };
      if (cause?.code !== 'ECONNREFUSED') throw error;
      return { status: 0, text: 'nobody listens there' };
    }
  }

  /** The token of whoever may sign in. */
  async signIn(request: string, credentials: Readonly<Record<string, string>>): Promise<string | undefined> {
    return tokenIn(await this.ask('gateway', request, { body: credentials }));
  }
}

export function isRefused({ status }: Answer): boolean {
  return status === 0 || status >= 400;
}

export function tokenIn(answer: Answer): string | undefined {
  if (isRefused(answer)) return undefined;
  return (JSON.parse(answer.text) as { access_token?: string }).access_token;
}

type Claims = Readonly<Record<string, unknown>>;

const encode = (part: Claims): string => Buffer.from(JSON.stringify(part)).toString('base64url');

/** A token that was never issued. Without a key it is one that nobody signed. */
export function forgeToken(
  claims: Claims,
  key?: string | { readonly privateKey: KeyObject; readonly kid: string },
): string {
  const now = Math.floor(Date.now() / 1000);
  const payload = encode({ iat: now, exp: now + 600, ...claims });
  if (key === undefined) return `${encode({ alg: 'none', typ: 'JWT' })}.${payload}.`;
  if (typeof key === 'string') {
    const text = `${encode({ alg: 'HS256', typ: 'JWT' })}.${payload}`;
    return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
  }
  const text = `${encode({ alg: 'ES256', typ: 'JWT', kid: key.kid })}.${payload}`;
  const signature = sign('sha256', Buffer.from(text), { key: key.privateKey, dsaEncoding: 'ieee-p1363' });
  return `${text}.${signature.toString('base64url')}`;
}
