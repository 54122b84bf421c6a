import { partName } from './part-name.js';

/**
 * Tables that somebody typed in long ago. With them, what there is once in a project has files of the same mean size as
 * what there is for each subject, so that small and large projects are alike.
 */
export const tables: Readonly<Record<string, string>> = {
  'src/tables/postal-zones.ts': table('postalZones', 'Zones of the carrier, by the beginning of the postal code', 340),
  'src/tables/tariffs.ts': table('tariffs', 'Tariffs of the carrier as printed in the contract', 340),
  'src/tables/packaging.ts': table('packaging', 'Boxes that the warehouse has, with what fits into them', 340),
};

function table(name: string, description: string, length: number): string {
  const rows = Array.from({ length }, (_, row) => {
    const label = partName(row, row % 7).file.replaceAll('-', ' ');
    return `  { code: '${String(10_000 + row * 331)}', label: '${label}', zone: ${String(row % 9)}, price: ${String((row * 37) % 901)}, weight: ${String((row * 53) % 3001)} },\n`;
  });
  return `/** ${description}. */\nexport const ${name} = [\n${rows.join('')}] as const;\n`;
}
