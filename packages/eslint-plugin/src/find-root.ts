import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const CONFIGURATIONS = ['ts', 'mts', 'mjs', 'js', 'cjs', 'json'].map((extension) => `blastradius.config.${extension}`);

/**
 * The project that a folder belongs to. Going up from it, the first folder that has a `blastradius.config.*`, or is
 * the root of a workspace: has a `pnpm-workspace.yaml`, a `package.json` with `workspaces`, or a `.git`.
 */
export function findRoot(folder: string): string | undefined {
  for (let candidate = folder; ; candidate = dirname(candidate)) {
    if (isRoot(candidate)) return candidate;
    if (candidate === dirname(candidate)) return undefined;
  }
}

function isRoot(folder: string): boolean {
  return (
    [...CONFIGURATIONS, 'pnpm-workspace.yaml', '.git'].some((name) => existsSync(join(folder, name))) ||
    hasWorkspaces(join(folder, 'package.json'))
  );
}

function hasWorkspaces(manifestPath: string): boolean {
  try {
    const manifest: unknown = JSON.parse(readFileSync(manifestPath, 'utf8'));
    return typeof manifest === 'object' && manifest !== null && 'workspaces' in manifest;
  } catch {
    return false;
  }
}
