import { createRequire } from 'node:module';
import type * as Morph from 'ts-morph';

/**
 * The compiler that ts-morph bundles. Required and not imported: to import a CommonJS module Node scans its source for names first, which
 * takes as long for these 9 MB as running them.
 */
export const compiler = (createRequire(import.meta.url)('ts-morph') as typeof Morph).ts;
