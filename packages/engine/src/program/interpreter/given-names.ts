import type { FileFacts, ImportFact } from '../../facts/file-facts.js';
import type { CommonJs } from '../module-record.js';
import { native, newObject, wholeFile, type Value } from '../value.js';
import type { Links } from './links.js';
import type { Modules } from './modules.js';

/** More imports than these are looked up in a map. */
const fewImports = 8;

/** The names of a module that no statement of it declares: its imports, and what CommonJS gives it. Few of them are ever asked for. */
export class GivenNames {
  /** Undefined as long as nothing of it was asked for. */
  knownCommonJs: CommonJs | undefined = undefined;
  private byName: ReadonlyMap<string, ImportFact> | undefined = undefined;
  /** Imports that are being looked up: one that leads back to itself is not declared. */
  private open: Set<string> | undefined = undefined;

  constructor(
    private readonly facts: FileFacts,
    private readonly modules: Modules,
    private readonly links: Links,
  ) {}

  get commonJs(): CommonJs {
    return (this.knownCommonJs ??= this.makeCommonJs());
  }

  find(name: string): Value | undefined {
    const item = this.importOf(name);
    return item ? this.imported(item) : this.ofCommonJs(name);
  }

  private importOf(name: string): ImportFact | undefined {
    const { imports } = this.facts;
    if (imports.length > fewImports) return (this.byName ??= indexOf(imports)).get(name);
    return imports.findLast((item) => item.local === name && !item.typeOnly);
  }

  private imported(item: ImportFact): Value | undefined {
    const open = (this.open ??= new Set());
    if (item.local === '' || open.has(item.local)) return undefined;
    open.add(item.local);
    const value = this.links.importedValue(this.facts, item.source, item.imported, { file: this.facts, span: item });
    open.delete(item.local);
    return value;
  }

  private ofCommonJs(name: string): Value | undefined {
    const { facts } = this;
    switch (name) {
      case 'module':
        return this.commonJs.module;
      case 'exports':
        return this.commonJs.exports;
      case 'require':
        return native('require', (args, site) => this.modules.require(facts, args[0], site));
      case '__dirname':
        return this.literal(directoryOf(facts.path));
      case '__filename':
        return this.literal(facts.path);
      default:
        return undefined;
    }
  }

  private literal(value: string): Value {
    return { kind: 'literal', value, origin: { file: this.facts, span: wholeFile } };
  }

  private makeCommonJs(): CommonJs {
    const origin = { file: this.facts, span: wholeFile };
    const made = { module: newObject(origin), exports: newObject(origin) };
    made.module.properties.set('exports', made.exports);
    return made;
  }
}

export function directoryOf(path: string): string {
  const index = path.lastIndexOf('/');
  return index < 0 ? '' : path.slice(0, index);
}

function indexOf(imports: readonly ImportFact[]): ReadonlyMap<string, ImportFact> {
  return new Map(imports.filter(({ typeOnly }) => !typeOnly).map((item) => [item.local, item]));
}
