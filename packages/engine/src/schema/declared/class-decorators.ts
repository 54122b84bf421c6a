import type { CallExpression, ClassFacts, Expression, FileFacts, MemberFacts, Span } from '../../facts/file-facts.js';
import type { DeclarationFiles } from './declaration-files.js';

/** A decorator of a library: `@Column('uuid')` has the name `Column`, whatever the import calls it. */
export interface LibraryDecorator {
  readonly name: string;
  readonly args: readonly Expression[];
  readonly expression: Expression;
  readonly span: Span;
}

/** A field with the decorators of one library, in the file of the class that declares it. */
export interface DecoratedField {
  readonly file: FileFacts;
  readonly member: MemberFacts;
  readonly decorators: readonly LibraryDecorator[];
}

/** The decorators that come from a library. */
export function readDecorators(
  files: DeclarationFiles,
  file: FileFacts,
  decorators: readonly Expression[],
  isLibrary: (source: string) => boolean,
): readonly LibraryDecorator[] {
  return decorators.flatMap((expression): LibraryDecorator[] => {
    const call: CallExpression | undefined = expression.kind === 'call' ? expression : undefined;
    const meaning = files.follow(file, call ? call.callee : expression);
    const name = meaning?.kind === 'package' && isLibrary(meaning.source) ? meaning.path.at(-1) : undefined;
    return name === undefined ? [] : [{ name, args: call?.args ?? [], expression, span: expression }];
  });
}

/**
 * The decorated fields of a class, those of its ancestors first. A field that a child declares again is the child's.
 */
export function collectFields(
  files: DeclarationFiles,
  file: FileFacts,
  declared: ClassFacts,
  isLibrary: (source: string) => boolean,
): readonly DecoratedField[] {
  const fields = new Map<string, DecoratedField>();
  for (const each of [...files.lineage(file, declared)].reverse()) {
    for (const member of each.class.members) {
      if (member.static || member.name === '' || member.decorators.length === 0) continue;
      if (member.kind !== 'field' && member.kind !== 'getter' && member.kind !== 'setter') continue;
      const decorators = readDecorators(files, each.file, member.decorators, isLibrary);
      if (decorators.length > 0) fields.set(member.name, { file: each.file, member, decorators });
    }
  }
  return [...fields.values()];
}

/** The class that `() => User`, `User` or `'User'` means, by its name. */
export function findTargetName(file: FileFacts, expression: Expression | undefined): string | undefined {
  switch (expression?.kind) {
    case 'name':
      return expression.name;
    case 'member':
      // `User.name`, `models.User`.
      return expression.property === 'name' && expression.object.kind === 'name'
        ? expression.object.name
        : expression.property;
    case 'literal':
      return typeof expression.value === 'string' ? expression.value : undefined;
    case 'array':
      return findTargetName(file, expression.items[0]);
    case 'function': {
      const body = file.functions[expression.id]?.body ?? [];
      const returned = body.length === 1 && body[0]?.kind === 'return' ? body[0].value : undefined;
      return returned?.kind === 'function' ? undefined : findTargetName(file, returned);
    }
    default:
      return undefined;
  }
}
