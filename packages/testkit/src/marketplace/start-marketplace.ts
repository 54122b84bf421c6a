import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { buildMarketplace } from './build-marketplace.js';
import type { Marketplace } from './build-marketplace.js';

const host = '127.0.0.1';

/** The listeners that an application may have, by the name of their variable in the environment. */
const listeners = ['gateway', 'auth', 'customers', 'internal'] as const;
export type Listener = (typeof listeners)[number];

export interface RunningMarketplace {
  /** `http://127.0.0.1:3000`: where each listener can be reached. */
  readonly urls: Readonly<Record<Listener, string>>;
  /** The file that the application leaves its database in when it ends. */
  readonly database: string;
  /** Ends the application and waits for it. */
  readonly stop: () => Promise<void>;
  /** Removes what was built for it, the database too. */
  readonly remove: () => void;
}

const SECONDS_TO_START = 60;

interface StartOptions {
  /** Free ones where none are given. */
  readonly ports?: Readonly<Record<Listener, number>>;
  /** Further variables of its environment. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Builds the application and starts it, on loopback alone. */
export async function startMarketplace(
  marketplace: Marketplace,
  { ports, environment }: StartOptions = {},
): Promise<RunningMarketplace> {
  const { gateway, auth, customers, internal } = ports ?? (await findFreePorts());
  const built = buildMarketplace(marketplace);
  const database = join(built, 'marketplace.db');
  const urls = {
    gateway: `http://${host}:${gateway}`,
    auth: `http://${host}:${auth}`,
    customers: `http://${host}:${customers}`,
    internal: `http://${host}:${internal}`,
  };
  const application = spawn(process.execPath, [join(built, 'packages/demo/dist/main.js')], {
    cwd: built,
    // Nothing else of the caller's own environment reaches the application.
    env: {
      ...environment,
      PATH: process.env['PATH'],
      HOST: host,
      DATABASE_FILE: database,
      GATEWAY_PORT: String(gateway),
      AUTH_PORT: String(auth),
      CUSTOMERS_PORT: String(customers),
      INTERNAL_PORT: String(internal),
      AUTH_URL: urls.auth,
      CUSTOMERS_URL: urls.customers,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = async (): Promise<void> => {
    if (application.exitCode !== null || application.signalCode !== null) return;
    application.kill();
    await once(application, 'exit');
  };
  const remove = (): void => rmSync(built, { recursive: true, force: true });
  try {
    await waitFor(application, [urls.gateway, urls.auth, urls.customers]);
  } catch (error) {
    await stop();
    remove();
    throw error;
  }
  return { urls, database, stop, remove };
}

async function waitFor(application: ChildProcess, urls: readonly string[]): Promise<void> {
  let output = '';
  for (const stream of [application.stdout, application.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => (output = (output + text).slice(-10_000)));
  const end = Date.now() + SECONDS_TO_START * 1000;
  for (const url of urls) {
    while (!(await isUp(url))) {
      if (application.exitCode !== null || Date.now() > end)
        throw new Error(`The marketplace did not start. It said:\n${output}`);
      await setTimeout(50);
    }
  }
}

async function isUp(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/health`)).ok;
  } catch {
    return false;
  }
}

async function findFreePorts(): Promise<Record<Listener, number>> {
  const servers = listeners.map(() => createServer().listen(0, host));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const found = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return Object.fromEntries(listeners.map((listener, index) => [listener, found[index]])) as Record<Listener, number>;
}
