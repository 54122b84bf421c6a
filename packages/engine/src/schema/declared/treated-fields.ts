import type { ClassFacts, Expression, FileFacts, FunctionFacts, MemberFacts } from '../../facts/file-facts.js';
import type { TreatedFields } from '../entity.js';
import type { DeclarationFiles, WrittenProperty } from './declaration-files.js';
import { lastName, stringOf } from './literal-values.js';
import { allFunctions, visitExpressions, visitStatements } from './walk-facts.js';

/** Gathers what the code around an entity changes on the way into the database. */
export class Treatment {
  readonly #fields = new Set<string>();
  #all = false;

  constructor(readonly files: DeclarationFiles) {}

  get treated(): TreatedFields | undefined {
    if (this.#all) return 'all';
    return this.#fields.size > 0 ? this.#fields : undefined;
  }

  addField(name: string): void {
    this.#fields.add(name);
  }

  /** Some code could not be followed: it may change any field. */
  addAll(): void {
    this.#all = true;
  }

  /** A function that runs before a record is written. */
  addHook(file: FileFacts, handler: Expression | undefined, owner?: ClassFacts): void {
    if (!handler) return;
    if (handler.kind === 'array') {
      for (const item of handler.items) this.addHook(file, item, owner);
      return;
    }
    const meaning = this.files.follow(file, handler);
    if (meaning?.kind === 'function') this.addFunction(meaning.file, meaning.function, owner);
    else this.#all = true;
  }

  addFunction(file: FileFacts, fn: FunctionFacts, owner?: ClassFacts, seen = new Set<FunctionFacts>()): void {
    if (seen.has(fn)) return;
    seen.add(fn);
    const functions = allFunctions(file, fn);
    const records = recordNames(fn, functions);
    const follow = (callee: Expression): void => {
      const method =
        callee.kind === 'member' && callee.object.kind === 'this'
          ? owner?.members.find(({ kind, name }) => kind === 'method' && name === callee.property)
          : undefined;
      const body = method?.function === undefined ? undefined : file.functions[method.function];
      if (body) {
        this.addFunction(file, body, owner, seen);
        return;
      }
      const meaning = this.files.follow(file, callee);
      if (meaning?.kind === 'function') this.addFunction(meaning.file, meaning.function, undefined, seen);
      else this.#all = true;
    };
    for (const each of functions) {
      visitExpressions(each.body ?? [], (expression) => {
        switch (expression.kind) {
          case 'assign':
            if (expression.target.kind === 'target') this.#addTarget(expression.target.target);
            return;
          case 'object':
            for (const property of expression.properties) {
              if (property.kind === 'spread') continue;
              if (typeof property.key === 'string') this.#fields.add(property.key);
              else this.#all = true;
            }
            return;
          case 'call':
            if (isSetter(expression.callee)) this.#addNamed(expression.args[0]);
            if (
              expression.args.some((arg) => isRecord(arg, records)) ||
              (isOwnMethod(expression.callee) && !known.test(lastName(expression.callee) ?? ''))
            ) {
              if (!known.test(lastName(expression.callee) ?? '')) follow(expression.callee);
            }
            return;
          default:
        }
      });
    }
  }

  #addTarget(target: Expression): void {
    if (target.kind === 'member') this.#fields.add(target.property);
    else if (target.kind === 'index') this.#addNamed(target.key);
  }

  #addNamed(name: Expression | undefined): void {
    const text = stringOf(name);
    if (text !== undefined) this.#fields.add(text);
    else if (name?.kind !== 'object') this.#all = true;
  }

  /** What the declaration of a field says of its values: `transformer`, `set`, a type of the project's own. */
  addDeclaration(file: FileFacts, field: string, declaration: Expression | undefined): void {
    const properties = this.files.findProperties(file, declaration);
    if (properties) {
      if (properties.some(changesValue) || hasUnreadSpread(this.files, file, declaration)) this.#fields.add(field);
      return;
    }
    // Options, or a whole attribute, that a function makes.
    const meaning = declaration && this.files.follow(file, declaration);
    if (meaning?.kind === 'value' && meaning.value.kind === 'call' && !isType(meaning.value.callee))
      this.#fields.add(field);
  }

  /** Hooks, setters and decorators of a class and of those that it extends. */
  addClass(file: FileFacts, declared: ClassFacts): void {
    for (const each of this.files.lineage(file, declared)) {
      for (const decorator of each.class.decorators) this.#addClassDecorator(each.file, decorator);
      for (const member of each.class.members) this.#addMember(each.file, each.class, member);
    }
  }

  #addClassDecorator(file: FileFacts, decorator: Expression): void {
    if (decorator.kind !== 'call' || !/^pre$/i.test(lastName(decorator) ?? '')) return;
    if (!readsOnly.test(stringOf(decorator.args[0]) ?? '')) this.addHook(file, decorator.args.at(-1));
  }

  #addMember(file: FileFacts, owner: ClassFacts, member: MemberFacts): void {
    const { name, kind, decorators } = member;
    if (name === '') return;
    if (kind === 'setter' && !member.static) this.#fields.add(name);
    const names = decorators.map((decorator) => lastName(decorator) ?? '');
    const fn = member.function === undefined ? undefined : file.functions[member.function];
    if (kind === 'method' && fn && names.some((decorator) => beforeWriting.test(decorator)))
      this.addFunction(file, fn, owner);
    if (kind === 'method') return;
    for (const decorator of decorators) {
      if (protecting.test(lastName(decorator) ?? '')) this.#fields.add(name);
      if (decorator.kind === 'call')
        for (const arg of decorator.args) if (arg.kind !== 'function') this.addDeclaration(file, name, arg);
    }
  }
}

/** https://typeorm.io/docs/advanced-topics/listeners-and-subscribers, https://sequelize.org/docs/v6/other-topics/hooks */
export const beforeWriting = /^[bB]efore(Insert|Update|Create|Save|Upsert|Validate|BulkCreate|BulkUpdate)$/;
/** Events at which nothing is written: https://mongoosejs.com/docs/middleware.html */
export const readsOnly =
  /^(find|findOne|count\w*|estimatedDocumentCount|distinct|exists|aggregate|init|remove|delete\w*|findOneAnd(Delete|Remove))$/;
/** Decorators that say of themselves that the value is not stored as it is. */
const protecting = /encrypt|cipher|hash|protect|vault|sensitive/i;
/** Options of a field by which a function changes its values. */
const changing: ReadonlySet<string> = new Set(['transformer', 'set', 'encrypt', 'customType', 'transform', 'hash']);
/** Methods of a record, and functions of the language, that change none of its values. */
const known =
  /^((is|has|mark|get|find|set)([A-Z]\w*)?|where|model|count\w*|exists|populate|validate|invalidate|changed|previous|toObject|toJSON|select|lean|\$\w+|next|done|cb|callback|query|log|info|debug|warn|error|keys|values|entries|isArray|Boolean|String)$/;

function changesValue({ key }: WrittenProperty): boolean {
  return changing.has(key);
}

function hasUnreadSpread(files: DeclarationFiles, file: FileFacts, declaration: Expression | undefined): boolean {
  return (
    declaration?.kind === 'object' &&
    declaration.properties.some(
      (property) => property.kind === 'spread' && files.findProperties(file, property.value) === undefined,
    )
  );
}

/** `DataTypes.STRING(20)`, `Schema.Types.Decimal128()`: a type, and not what a function makes. */
function isType(callee: Expression): boolean {
  return callee.kind === 'member' && /^(DataTypes?|Sequelize|Schema|Types|p)$/.test(lastName(callee.object) ?? '');
}

function isSetter(callee: Expression): boolean {
  return callee.kind === 'member' && /^(set|setDataValue|setAttributes)$/.test(callee.property);
}

function isOwnMethod(callee: Expression): boolean {
  return callee.kind === 'member' && callee.object.kind === 'this' && callee.object.super !== true;
}

function isRecord(arg: Expression, records: ReadonlySet<string>): boolean {
  return (arg.kind === 'this' && arg.super !== true) || (arg.kind === 'name' && records.has(arg.name));
}

/** Names of the record in a hook: its parameters, and what `this` is kept in. */
function recordNames(fn: FunctionFacts, functions: readonly FunctionFacts[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { pattern } of fn.parameters) {
    if (pattern.kind === 'name' && !/^(next|done|cb|err|error|options?)$/.test(pattern.name)) names.add(pattern.name);
  }
  for (const each of functions) {
    visitStatements(each.body ?? [], (statement) => {
      if (statement.kind === 'let' && statement.pattern.kind === 'name' && statement.value?.kind === 'this')
        names.add(statement.pattern.name);
    });
  }
  return names;
}
