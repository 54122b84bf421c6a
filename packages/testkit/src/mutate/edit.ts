/** Puts a text where another one stands; a file that is not there yet is made by an edit of its start. */
export interface Edit {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The texts of the files that edits change. Removals may overlap, as those of neighbours in a list do.
 * @throws {RangeError} where other edits overlap.
 */
export function applyEdits(edits: readonly Edit[], texts: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const changed = new Map<string, string>();
  for (const file of new Set(edits.map((edit) => edit.file))) {
    const own = edits.filter((edit) => edit.file === file);
    changed.set(file, applyToText(own, texts.get(file) ?? ''));
  }
  return changed;
}

function applyToText(edits: readonly Edit[], text: string): string {
  let result = '';
  let position = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (edit.start < position && edit.text !== '') {
      throw new RangeError(`two edits of ${edit.file} overlap at offset ${edit.start}`);
    }
    result += text.slice(position, Math.max(position, edit.start)) + edit.text;
    position = Math.max(position, edit.end);
  }
  return result + text.slice(position);
}
