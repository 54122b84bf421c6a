import type { FileFacts, TypeReference } from '../../facts/file-facts.js';
import { limits } from '../../limits.js';
import type { Scope } from '../scope.js';
import { externalValue, literal, newObject, unknownValue, wholeFile, type ClassValue, type Value } from '../value.js';
import type { Parts } from './parts.js';

/** Types that are written down, where nothing else is known of a value. They are looked up by name, and never checked. */
export class WrittenTypes {
  constructor(private readonly parts: Parts) {}

  /** What a type that is written down says of a value that nothing else is known of. */
  typed(type: TypeReference | undefined, file: FileFacts, scope: Scope, depth = 0): Value {
    if (!type || depth > limits.typeDepth) return unknownValue;
    if (type.name === '|') {
      const options = type.args.filter((arg) => arg.name !== 'undefined' && arg.name !== 'null');
      return options.length === 1 ? this.typed(options[0], file, scope, depth) : unknownValue;
    }
    if (type.name === 'Promise' || type.name === 'Readonly' || type.name === 'Partial')
      return this.typed(type.args[0], file, scope, depth);
    const origin = { file, span: wholeFile };
    const [head, ...rest] = type.name.split('.');
    const imported = file.imports.find((item) => item.local === head);
    if (imported) {
      const target = this.parts.modules.resolve(file.path, imported.source);
      if (target === undefined) {
        const module = this.parts.links.externalImport(imported.source, imported.imported, origin);
        const path = rest.reduce<Value>((value, name) => this.parts.members.read(value, name, origin), module);
        if (path.kind !== 'external') return unknownValue;
        const args = type.args.map((arg) => this.classOfType(arg, file, scope));
        return externalValue(path.at.called, origin, undefined, { args, construct: true });
      }
      const record = this.parts.modules.get(target);
      const value =
        record &&
        (imported.imported === '*'
          ? this.parts.links.namespaceOf(record)
          : this.parts.links.exported(record, imported.imported));
      if (value?.kind === 'class') return this.parts.classes.singleton(value);
      const members = record?.facts.types[imported.imported];
      return record && members ? this.typedObject(members, record.facts, record.scope, depth) : unknownValue;
    }
    const members = file.types[type.name];
    if (members) return this.typedObject(members, file, scope, depth);
    const value = scope.find(type.name)?.value;
    return value?.kind === 'class' ? this.parts.classes.singleton(value) : unknownValue;
  }

  /** The class of the project that a type names. */
  typedClass(type: TypeReference, file: FileFacts, scope: Scope): ClassValue | undefined {
    const value = this.classOfType(type, file, scope);
    return value.kind === 'class' ? value : undefined;
  }

  /** An object with what a type or an interface names; there may be more in it. */
  private typedObject(
    members: readonly { name: string; type?: TypeReference }[],
    file: FileFacts,
    scope: Scope,
    depth: number,
  ): Value {
    const object = newObject({ file, span: wholeFile });
    for (const member of members) object.properties.set(member.name, this.typed(member.type, file, scope, depth + 1));
    object.spread.push(unknownValue);
    return object;
  }

  /** The class that a type argument names: the entity of a repository. */
  private classOfType(type: TypeReference, file: FileFacts, scope: Scope): Value {
    const imported = file.imports.find((item) => item.local === type.name);
    if (imported)
      return this.parts.links.importedValue(file, imported.source, imported.imported, { file, span: imported });
    return scope.find(type.name)?.value ?? literal(type.name, { file, span: wholeFile });
  }
}
