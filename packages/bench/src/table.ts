/** One line of the results. */
export interface Row {
  readonly what: string;
  readonly files: number;
  readonly value: number;
  readonly unit: 'ratio' | 'ms' | 'MiB';
  /** What the value is made of. */
  readonly from: string;
  /** The most that it may be. */
  readonly bar: number | undefined;
}

export function isMet({ value, bar }: Row): boolean {
  return bar === undefined || value <= bar;
}

export function formatRows(rows: readonly Row[]): string {
  return formatTable(
    ['What', 'Files', 'Measured', 'Bar', 'Met', 'From'],
    rows.map((row) => [
      row.what,
      formatCount(row.files),
      formatValue(row.value, row.unit),
      row.bar === undefined ? '' : `≤ ${formatBar(row.bar, row.unit)}`,
      row.bar === undefined ? '' : isMet(row) ? 'yes' : '**no**',
      row.from,
    ]),
    [1, 2, 3],
  );
}

/** A Markdown table as Prettier leaves it. `right` are the columns of numbers. */
export function formatTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): string {
  const widths = head.map((title, column) => Math.max(3, title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, column) => (right.includes(column) ? (cells[column] ?? '').padStart(width) : (cells[column] ?? '').padEnd(width))).join(' | ')} |`;
  const rule = widths.map((width, column) =>
    right.includes(column) ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width),
  );
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

export function formatCount(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',');
}

export function formatSeconds(seconds: number): string {
  return `${seconds.toFixed(2)} s`;
}

function formatValue(value: number, unit: Row['unit']): string {
  switch (unit) {
    case 'ratio':
      return value.toFixed(2);
    case 'ms':
      return `${value.toFixed(1)} ms`;
    case 'MiB':
      return `${value.toFixed(0)} MiB`;
  }
}

function formatBar(bar: number, unit: Row['unit']): string {
  return unit === 'ratio' ? String(bar) : `${String(bar)} ${unit}`;
}
