const downMark = /^[ \t]*--[ \t]*(?:migrate:down|\+(?:goose|migrate|micrate)[ \t]+down)\b/i;
const upMark = /^[ \t]*--[ \t]*(?:migrate:up|\+(?:goose|migrate|micrate)[ \t]+up)\b/i;

/**
 * Blanks what takes a migration back: from the `down` comment of dbmate, goose, sql-migrate or micrate to the next `up`. These tools
 * read their marks line by line, whatever the SQL around them. Offsets and line breaks stay.
 */
export function blankDownSections(text: string): string {
  if (!/down/i.test(text)) return text;
  let down = false;
  return text
    .split(/(?<=\n)/)
    .map((line) => {
      if (downMark.test(line)) down = true;
      else if (upMark.test(line)) down = false;
      return down ? line.replace(/[^\r\n]/g, ' ') : line;
    })
    .join('');
}
