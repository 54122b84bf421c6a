import { createRequire } from 'node:module';
import type * as Morph from 'ts-morph';
import type { ts } from 'ts-morph';
import { enums } from './compiler-enums.js';

let loaded: typeof ts | undefined;

/**
 * The compiler that ts-morph bundles, loaded where something is parsed for the first time: most runs find their answer on disk.
 *
 * Required and not imported: to import a CommonJS module Node scans its source for names first, which takes as long for these 9 MB as
 * running them.
 */
export function compiler(): typeof ts {
  return (loaded ??= load());
}

/** The operator or keyword that a kind of token stands for. */
export function textOfToken(kind: ts.SyntaxKind): string {
  return compiler().tokenToString(kind) ?? '';
}

function load(): typeof ts {
  const { ts: installed } = createRequire(import.meta.url)('ts-morph') as typeof Morph;
  requireEqual(enums.NodeFlags, installed.NodeFlags);
  requireEqual(enums.SyntaxKind, installed.SyntaxKind);
  return installed;
}

/** Another version of the compiler may number its nodes otherwise: all facts would be wrong. */
function requireEqual<Enum extends object>(written: Partial<Enum>, installed: Enum): void {
  for (const name of Object.keys(written) as (keyof Enum)[]) {
    if (installed[name] !== written[name]) {
      throw new Error(
        `the compiler of ts-morph has another number for ${String(name)}: install ts-morph as it is asked for`,
      );
    }
  }
}
