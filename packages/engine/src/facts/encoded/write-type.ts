import type { TypeReference } from '../file-facts.js';
import type { FactsWriter } from './facts-writer.js';

export function writeType(to: FactsWriter, { name, args }: TypeReference): void {
  to.text(name);
  writeTypes(to, args);
}

export function writeTypes(to: FactsWriter, types: readonly TypeReference[]): void {
  to.count(types.length);
  for (const type of types) writeType(to, type);
}
