#!/usr/bin/env node
import { once } from 'node:events';
import { attackMarketplace } from './attack-marketplace.js';
import type { StepOutcome } from './attack-marketplace.js';
import { directoryOf, marketplaces } from './build-marketplace.js';
import type { Marketplace } from './build-marketplace.js';
import { startMarketplace } from './start-marketplace.js';

const ports = { gateway: 3000, auth: 4000, customers: 5000, internal: 4001 } as const;

function isMarketplace(name: string | undefined): name is Marketplace {
  return marketplaces.some((marketplace) => marketplace === name);
}

async function start(marketplace: Marketplace): Promise<void> {
  const ended = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  const running = await startMarketplace(marketplace, { ports });
  for (const [listener, url] of Object.entries(running.urls)) console.log(`${listener.padEnd(10)}${url}`);
  console.log('\nSign in with POST /sessions as customer-1@example.com, password "open sesame". Ctrl-C ends it.');
  await ended;
  await running.stop();
  running.remove();
}

async function attack(marketplace: Marketplace): Promise<void> {
  const { victims, steps } = await attackMarketplace(marketplace);
  console.log(`${directoryOf(marketplace)}: what the attacker does, and how many of ${victims} others it harms\n`);
  for (const step of steps) console.log(`${String(step.harmed).padStart(4)}  ${step.title}${reasonOf(step)}`);
}

/** `(401 wrong code)` */
function reasonOf({ harmed, refused }: StepOutcome): string {
  if (harmed > 0 || refused.length === 0) return '';
  return ` (${refused.map(({ status, says }) => `${status} ${says}`).join('; ')})`;
}

const [command, marketplace] = process.argv.slice(2);
if ((command !== 'start' && command !== 'attack') || !isMarketplace(marketplace)) {
  console.error('Say `start` or `attack`, and `breach` or `sound`.');
  process.exitCode = 2;
} else {
  await (command === 'start' ? start : attack)(marketplace);
}
