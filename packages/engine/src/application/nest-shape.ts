import { nestParameters } from '../catalog/frameworks/nestjs.js';
import type { ParameterFacts } from '../facts/file-facts.js';
import type { Interpreter } from '../program/interpreter.js';
import {
  externalValue,
  memberOf,
  textOf,
  undefinedValue,
  type ClassValue,
  type ExternalValue,
  type Origin,
  type Value,
} from '../program/value.js';
import type { OddShape } from './catalog-semantics.js';
import { itemsOf, sameKey } from './nest-decorators.js';
import { findProvider, type Provider } from './nest-modules.js';

type Metadata = readonly (readonly [Value, Value])[];

/** What Nest's container, reflector and execution context answer while one route is followed. */
export class NestShape implements OddShape {
  providers: readonly Provider[] = [];
  request: ExternalValue | undefined;
  response: ExternalValue | undefined;
  handlerMetadata: Metadata = [];
  classMetadata: Metadata = [];

  evaluateCall(call: ExternalValue, interpreter: Interpreter): Value | undefined {
    const { path } = call;
    if (
      path.startsWith('@nestjs/common#ExecutionContext().') ||
      path.startsWith('@nestjs/graphql#GqlExecutionContext')
    ) {
      return this.#context(call);
    }
    if (/Reflector\(\)\.(get|getAll|getAllAndOverride|getAllAndMerge)\(\)$/.test(path))
      return this.#metadata(call.call?.args ?? []);
    if (path === 'global#Reflect.getMetadata()') return this.#metadata(call.call?.args ?? []);
    if (path === '@nestjs/core#ModuleRef().get()' || path === '@nestjs/core#NestFactory.create().get()') {
      const token = call.call?.args[0];
      if (!token) return undefined;
      const provided = findProvider(this.providers, token, interpreter);
      if (provided) return provided;
      if (token.kind === 'class') return interpreter.singleton(token);
      return token.kind === 'external'
        ? externalValue(`${token.path}()`, call.origin, undefined, { args: [], construct: true })
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
        context.spread.push(this.request);
        return context;
      }
      case 'getArgs()':
        return this.request && memberOf(this.request, 'args');
      case 'create()':
        return externalValue('@nestjs/graphql#GqlExecutionContext()', call.origin);
      case 'switchToHttp()':
        return externalValue('@nestjs/common#ExecutionContext().http', call.origin);
      default:
        return undefined;
    }
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

/** The value of a handler's parameter, by its decorators. */
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
    if (part !== undefined) {
      if (part === '') return request;
      const base = memberOf(request, part, origin);
      const name = textOf(decorator.call?.args[0]);
      return name === undefined ? base : memberOf(base, name, origin);
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
      if (factory)
        return interpreter.follow(
          factory,
          undefinedValue,
          [decorator.call?.args[0] ?? undefinedValue, context],
          origin,
          [],
        ).value;
    }
  }
  return parameter.type ? interpreter.typed(parameter.type, owner.file, owner.scope) : { kind: 'unknown' };
}
