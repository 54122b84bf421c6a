import type { TypeReference } from '../file-facts.js';
import type { FactsReader } from './facts-reader.js';

export function readType(from: FactsReader): TypeReference {
  return { name: from.text(), args: readTypes(from) };
}

export function readTypes(from: FactsReader): readonly TypeReference[] {
  return from.list(readType);
}
