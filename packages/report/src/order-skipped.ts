import type { SkippedFile } from '@blastradius/engine';
import { compareText } from './compare-text.js';

/** By file; a file that is named twice keeps both reasons. */
export function orderSkipped(skipped: readonly SkippedFile[]): readonly SkippedFile[] {
  return skipped.toSorted((a, b) => compareText(a.file, b.file) || compareText(a.reason, b.reason));
}
