import { createRequire } from 'node:module';
import type ts from 'typescript';
import { enums } from './compiler-enums.js';

let loaded: typeof ts | undefined;

/**
 * The compiler of TypeScript, loaded where something is parsed for the first time: most runs find their answer on disk. ESLint's parser for TypeScript
 * loads the same one, where the project has the version that the engine is made for.
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
  const installed = createRequire(import.meta.url)('typescript') as typeof ts;
  requireEqual(enums.NodeFlags, installed.NodeFlags, installed.version);
  requireEqual(enums.SyntaxKind, installed.SyntaxKind, installed.version);
  return installed;
}

/** Another version of the compiler may number its nodes otherwise: all facts would be wrong. */
function requireEqual<Enum extends object>(written: Partial<Enum>, installed: Enum, version: string): void {
  for (const name of Object.keys(written) as (keyof Enum)[]) {
    if (installed[name] !== written[name]) {
      throw new Error(
        `TypeScript ${version} has another number for ${String(name)}: install the version that @blastradius/engine asks for`,
      );
    }
  }
}
