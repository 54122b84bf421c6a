import { nestParameters } from '../../../catalog/frameworks/nestjs.js';
import type { ParameterFacts } from '../../../facts/file-facts.js';
import type { Interpreter } from '../../../program/interpreter.js';
import {
  externalValue,
  memberOf,
  propertyOf,
  textOf,
  undefinedValue,
  type ArrayValue,
  type ClassValue,
  type ExternalValue,
  type Origin,
  type Value,
} from '../../../program/value.js';
import type { AccessPath } from '../../../program/access-path.js';
import type { OddShape } from '../../catalog-semantics.js';
import { isBusCall, NestBuses } from './nest-buses.js';
import { itemsOf, lineageOf, sameKey } from './nest-decorators.js';
import { findProvider, type Provider } from './nest-modules.js';

type Metadata = readonly (readonly [Value, Value])[];

/** Questions to a `Reflector`. */
const reflecting: ReadonlySet<string> = new Set(['get', 'getAll', 'getAllAndMerge', 'getAllAndOverride']);

/** What Nest's container, reflector and execution context answer while one route is followed. */
export class NestShape implements OddShape {
  providers: readonly Provider[] = [];
  request: ExternalValue | undefined;
  response: ExternalValue | undefined;
  handlerDecorators: readonly ExternalValue[] = [];
  classDecorators: readonly ExternalValue[] = [];
  handlerMetadata: Metadata = [];
  classMetadata: Metadata = [];
  /** Whether a pipe takes out of bodies what their class does not list. */
  stripsBodies = false;
  readonly #buses = new NestBuses();

  evaluates({ root, parent, text }: AccessPath): boolean {
    if (parent?.isCall === true || text === 'global#Reflect.getMetadata()') return true;
    if (isBusCall(text)) return true;
    if (parent && reflecting.has(parent.step) && /Reflector\(\)\.\w+\(\)$/.test(text)) return true;
    return (
      root.step.startsWith('@nestjs/') &&
      /^@nestjs\/(common#ExecutionContext\(\)\.|graphql#GqlExecutionContext|core#(ModuleRef\(\)|NestFactory\.create\(\))\.get\(\)$)/.test(
        text,
      )
    );
  }

  evaluateCall(call: ExternalValue, interpreter: Interpreter): Value | undefined {
    const { path } = call;
    if (path.endsWith('()()')) applyDecorator(call);
    if (isBusCall(path)) return this.#buses.hand(call, this.providers, interpreter);
    if (
      path.startsWith('@nestjs/common#ExecutionContext().') ||
      path.startsWith('@nestjs/graphql#GqlExecutionContext')
    ) {
      return this.#context(call);
    }
    if (/Reflector\(\)\.(getAll|getAllAndMerge)\(\)$/.test(path))
      return this.#metadataList(call, path.endsWith('Merge()'), interpreter);
    if (/Reflector\(\)\.(get|getAllAndOverride)\(\)$/.test(path)) return this.#metadata(call.call?.args ?? []);
    if (path === 'global#Reflect.getMetadata()') return this.#metadata(call.call?.args ?? []);
    if (path === '@nestjs/core#ModuleRef().get()' || path === '@nestjs/core#NestFactory.create().get()') {
      const token = call.call?.args[0];
      if (!token) return undefined;
      const provided = findProvider(this.providers, token, interpreter);
      if (provided) return provided;
      if (token.kind === 'class') return interpreter.singleton(token);
      return token.kind === 'external'
        ? externalValue(token.at.called, call.origin, undefined, { args: [], construct: true })
        : undefined;
    }
    return undefined;
  }

  #context(call: ExternalValue): Value | undefined {
    const method = call.path.slice(call.path.lastIndexOf('.') + 1);
    switch (method) {
      case 'getRequest()':
        return this.request;
      case 'getResponse()':
        return this.response;
      case 'getContext()':
      case 'getInfo()': {
        if (!this.request) return undefined;
        const context: Value = { kind: 'object', properties: new Map(), spread: [], origin: call.origin };
        context.properties.set('req', this.request);
        context.properties.set('request', this.request);
        if (this.response) context.properties.set('res', this.response);
        // The headers are those of the request; beside it the context has none of its own unless a subscription puts them there.
        context.properties.set('headers', undefinedValue);
        context.spread.push(this.request);
        return context;
      }
      case 'getArgs()':
        return this.request && memberOf(this.request, 'args');
      case 'getArgByIndex()': {
        const [index] = call.call?.args ?? [];
        return index?.kind === 'literal' && typeof index.value === 'number'
          ? this.#argument(index.value, call.path.startsWith('@nestjs/graphql#'))
          : undefined;
      }
      case 'create()':
        return externalValue('@nestjs/graphql#GqlExecutionContext()', call.origin);
      case 'switchToHttp()':
        return externalValue('@nestjs/common#ExecutionContext().http', call.origin);
      default:
        return undefined;
    }
  }

  /** A resolver takes its root, the arguments, the context and how it was asked; a handler the request and the response. */
  #argument(index: number, ofGraph: boolean): Value | undefined {
    if (ofGraph) return index === 1 && this.request ? memberOf(this.request, 'args') : undefined;
    return index === 0 ? this.request : index === 1 ? this.response : undefined;
  }

  #metadata(args: readonly Value[]): Value | undefined {
    const [key, targets] = args;
    if (!key) return undefined;
    const order = targets ? itemsOf(targets) : [];
    for (const target of order.length > 0 ? order : [targets]) {
      if (target?.kind !== 'external') continue;
      const metadata = target.path.endsWith('getHandler()')
        ? this.handlerMetadata
        : target.path.endsWith('getClass()')
          ? this.classMetadata
          : undefined;
      const found = metadata?.find(([name]) => sameKey(name, key));
      if (found) return found[1];
    }
    return undefinedValue;
  }

  /** `getAll` gives one item for each target, `getAllAndMerge` those that there are: a list in either case. */
  #metadataList({ call, origin }: ExternalValue, merged: boolean, interpreter: Interpreter): Value | undefined {
    const [key, targets] = call?.args ?? [];
    if (!key || !targets) return undefined;
    const list: ArrayValue = { kind: 'array', items: [], open: false, origin };
    for (const target of itemsOf(targets)) {
      const found = this.#metadata([key, target]) ?? undefinedValue;
      if (!merged || found.kind === 'literal') list.items.push(found);
      else interpreter.spreadInto(list, found);
    }
    return list;
  }

  inject(parameter: ParameterFacts, owner: ClassValue, interpreter: Interpreter): Value | undefined {
    const origin = { file: owner.file, span: parameter };
    for (const expression of parameter.decorators) {
      const decorator = interpreter.evaluateIn(owner.file, expression, owner.scope);
      if (decorator.kind !== 'external') continue;
      const [token] = decorator.call?.args ?? [];
      if (decorator.path === '@nestjs/common#Inject()' && token) {
        const provided = findProvider(this.providers, token, interpreter);
        // `forwardRef` and unknown tokens: the type of the parameter says more.
        if (provided) return provided;
        if (token.kind === 'external' && requestTokens.has(token.path)) return ofAnyRequest(token.path, origin);
        continue;
      }
      const made = repositories.get(decorator.path);
      if (made) {
        return externalValue(made, origin, undefined, { args: token ? [token] : [], construct: true });
      }
    }
    if (!parameter.type) return undefined;
    const type = interpreter.typedClass(parameter.type, owner.file, owner.scope);
    return type && findProvider(this.providers, type, interpreter);
  }
}

/** `UseGuards(TokenGuard)(target, name)` within a decorator of the program: as if it stood there itself. */
function applyDecorator({ receiver, call }: ExternalValue): void {
  const [target, name] = call?.args ?? [];
  if (target?.kind !== 'class' || receiver?.kind !== 'external') return;
  const member = textOf(name);
  if (member === undefined) target.decorators = [...target.decorators, receiver];
  else target.memberDecorators.set(member, [...(target.memberDecorators.get(member) ?? []), receiver]);
}

/** `new ValidationPipe({ whitelist: true })` */
export function stripsBodies(pipe: Value): boolean {
  if (pipe.kind !== 'external' || !pipe.path.startsWith('@nestjs/common#ValidationPipe()')) return false;
  const whitelist = propertyOf(pipe.call?.args[0], 'whitelist');
  return whitelist?.kind === 'literal' && whitelist.value === true;
}

/** What such a pipe leaves of a body: the fields of its class that a decorator speaks of. */
function strippedBody(body: ExternalValue, type: ClassValue, origin: Origin): Value {
  return onlyWith(listedFields(type, new Set(), false), body, origin);
}

/** What a graph lets through of an argument: the fields of its input type. Without a decorator a plugin of the compiler may have added one. */
function ofGraph(argument: ExternalValue, type: ClassValue, origin: Origin): Value {
  const isWhole = lineageOf(type).every(
    ({ superClass }) => !superClass || superClass.kind === 'class' || isMapped(superClass),
  );
  const names = listedFields(type, new Set(), true);
  return isWhole && names.size > 0 ? onlyWith(names, argument, origin) : argument;
}

function onlyWith(names: ReadonlySet<string>, input: ExternalValue, origin: Origin): Value {
  const properties = new Map<string, Value>([...names].map((name) => [name, memberOf(input, name, origin)]));
  return { kind: 'object', properties, spread: [], origin };
}

function isMapped(type: Value): type is ExternalValue {
  return type.kind === 'external' && /#(PartialType|IntersectionType|OmitType|PickType)\(\)$/.test(type.path);
}

/** Fields, those alone that have decorators where not all are asked for, with inherited ones and those of mapped types (`PartialType(User)`). */
function listedFields(type: Value | undefined, seen: Set<Value>, all: boolean): Set<string> {
  const names = new Set<string>();
  if (!type || seen.has(type)) return names;
  seen.add(type);
  const take = (values: readonly Value[]): void => {
    for (const value of values) for (const name of listedFields(value, seen, all)) names.add(name);
  };
  if (type.kind === 'class') {
    take(type.superClass ? [type.superClass] : []);
    for (const member of type.facts.members)
      if (!member.static && member.kind === 'field' && (all || member.decorators.length > 0)) names.add(member.name);
  } else if (isMapped(type)) {
    const args = type.call?.args ?? [];
    take(args);
    const listed = args[1]?.kind === 'array' ? args[1].items.map(textOf) : [];
    if (type.path.endsWith('#OmitType()')) for (const name of listed) names.delete(name ?? '');
    if (type.path.endsWith('#PickType()')) for (const name of names) if (!listed.includes(name)) names.delete(name);
  }
  return names;
}

/** What the container gives to a provider that is made anew for each request: https://docs.nestjs.com/fundamentals/injection-scopes#request-provider */
const requestTokens: ReadonlySet<string> = new Set(['@nestjs/core#REQUEST', '@nestjs/graphql#CONTEXT']);

/** A request of which only is known what any has: the provider is followed once for all. */
function ofAnyRequest(token: string, origin: Origin): Value {
  const request = externalValue('express#Request', origin);
  if (token === '@nestjs/core#REQUEST') return request;
  return { kind: 'object', properties: new Map([['req', request]]), spread: [request], origin };
}

/** Decorators of parameters that give a library's object for an entity. */
const repositories: ReadonlyMap<string, string> = new Map([
  ['@nestjs/typeorm#InjectRepository()', 'typeorm#Repository()'],
  ['@nestjs/mongoose#InjectModel()', 'mongoose#model()'],
  ['@nestjs/sequelize#InjectModel()', 'sequelize#Model'],
  ['@nestjs/typeorm#InjectDataSource()', 'typeorm#DataSource()'],
  ['@nestjs/typeorm#InjectConnection()', 'typeorm#DataSource()'],
  ['@nestjs/typeorm#InjectEntityManager()', 'typeorm#EntityManager()'],
  ['@nestjs/mongoose#InjectConnection()', 'mongoose#Connection()'],
  ['@nestjs/sequelize#InjectConnection()', 'sequelize#Sequelize()'],
  ['nestjs-kysely#InjectKysely()', 'kysely#Kysely()'],
  ['@mikro-orm/nestjs#InjectRepository()', '@mikro-orm/core#EntityRepository()'],
]);

/** The value of a handler's parameter, by its decorators and the pipes that they name. */
export function parameterValue(
  parameter: ParameterFacts,
  owner: ClassValue,
  shape: NestShape,
  interpreter: Interpreter,
  context: ExternalValue,
): Value {
  const request = shape.request;
  if (!request) return undefinedValue;
  const origin: Origin = { file: owner.file, span: parameter };
  for (const expression of parameter.decorators) {
    const decorator = interpreter.evaluateIn(owner.file, expression, owner.scope);
    if (decorator.kind !== 'external') continue;
    const part = nestParameters.get(decorator.path);
    const args = decorator.call?.args ?? [];
    if (part !== undefined) {
      if (part === '') return request;
      const base = memberOf(request, part, origin);
      // `@Args({ name: 'id', type: () => ID })`
      const name = textOf(args[0]) ?? (part === 'args' ? textOf(propertyOf(args[0], 'name')) : undefined);
      const type = parameter.type && interpreter.typedClass(parameter.type, owner.file, owner.scope);
      if (part === 'args' && type) {
        const argument = name === undefined ? base : memberOf(base, name, origin);
        return throughPipes(ofGraph(argument, type, origin), args, interpreter);
      }
      if (name !== undefined) return throughPipes(memberOf(base, name, origin), args, interpreter);
      const strips = part === 'body' && (shape.stripsBodies || args.some(stripsBodies));
      return throughPipes(strips && type ? strippedBody(base, type, origin) : base, args, interpreter);
    }
    if (decorator.path === '@nestjs/common#Res()' || decorator.path === '@nestjs/common#Response()')
      return shape.response ?? undefinedValue;
    if (decorator.path === '@nestjs/graphql#Context()') {
      const object: Value = {
        kind: 'object',
        properties: new Map([
          ['req', request],
          ['request', request],
        ]),
        spread: [request],
        origin,
      };
      const name = textOf(decorator.call?.args[0]);
      return name === undefined ? object : interpreter.member(object, name, origin);
    }
    const maker = decorator.receiver;
    if (maker?.kind === 'external' && maker.path === '@nestjs/common#createParamDecorator()') {
      const factory = maker.call?.args[0];
      if (factory) {
        // It runs in front of the handler: where it throws, the handler is not called.
        const data = args[0] && !pipeMethod(args[0], interpreter) ? args[0] : undefinedValue;
        const value = interpreter.settled(interpreter.call(factory, [data, context], origin));
        return throughPipes(value, args, interpreter);
      }
    }
  }
  return parameter.type ? interpreter.typed(parameter.type, owner.file, owner.scope) : { kind: 'unknown' };
}

/** What the pipes of the program make of a value, each after the one before it. */
function throughPipes(value: Value, pipes: readonly Value[], interpreter: Interpreter): Value {
  let result = value;
  for (const pipe of pipes) {
    const transform = pipeMethod(pipe, interpreter);
    if (!transform) continue;
    const { file, facts } = transform.value;
    const metadata: Value = { kind: 'unknown' };
    const made = interpreter.call(
      transform.value,
      [result, metadata],
      { file, span: facts },
      transform.value.thisValue,
    );
    const settled = interpreter.settled(made);
    if (settled.kind !== 'unknown') result = settled;
  }
  return result;
}

function pipeMethod(pipe: Value, interpreter: Interpreter): ReturnType<Interpreter['methodOf']> {
  const instance = pipe.kind === 'class' ? interpreter.singleton(pipe) : pipe;
  return instance.kind === 'object' ? interpreter.methodOf(instance, 'transform') : undefined;
}
