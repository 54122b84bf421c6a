import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

import type { Peer } from './peers.js';

/** Where a peer stands that can be run: the address of a module, or the path of a program. */
export type FoundPeer =
  | { readonly kind: 'eslint-plugin'; readonly module: string }
  /** A `script` is run by Node, a `program` by itself. */
  | { readonly kind: 'script' | 'program'; readonly path: string };

/** Installs a peer below a folder that keeps it for the next time. `undefined` where it cannot be had: offline, or not on the PATH. */
export function findPeer(peer: Peer, cache: string): FoundPeer | undefined {
  if (peer.version === undefined) {
    const path = findOnPath(peer.name);
    return path === undefined ? undefined : { kind: 'program', path };
  }
  const folder = join(cache, `${peer.name}-${peer.version}`);
  if (!existsSync(folder) && !install(peer, folder)) return undefined;
  const manifestPath = join(folder, 'node_modules', peer.name, 'package.json');
  if (peer.kind === 'eslint-plugin') {
    const module = createRequire(join(folder, 'package.json')).resolve(peer.name);
    return { kind: 'eslint-plugin', module: pathToFileURL(module).href };
  }
  const { bin } = JSON.parse(readFileSync(manifestPath, 'utf8')) as { bin: string | Record<string, string> };
  const script = typeof bin === 'string' ? bin : bin[peer.name];
  return script === undefined ? undefined : { kind: 'script', path: join(manifestPath, '..', script) };
}

/** All or nothing: a folder that is there is complete. */
function install({ name, version }: Peer, folder: string): boolean {
  const unfinished = `${folder}.${String(process.pid)}`;
  mkdirSync(unfinished, { recursive: true });
  writeFileSync(join(unfinished, 'package.json'), '{ "private": true }\n');
  const options = ['--save-exact', '--ignore-scripts', '--no-audit', '--no-fund'];
  const { status } = spawnSync('npm', ['install', ...options, `${name}@${String(version)}`], {
    cwd: unfinished,
    stdio: 'ignore',
  });
  if (status === 0) renameSync(unfinished, folder);
  else rmSync(unfinished, { recursive: true });
  return status === 0;
}

function findOnPath(name: string): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
