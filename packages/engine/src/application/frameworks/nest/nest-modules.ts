import { limits } from '../../../limits.js';
import type { Interpreter } from '../../../program/interpreter.js';
import { propertyOf, textOf, type ClassValue, type ExternalValue, type Value } from '../../../program/value.js';
import { classDecorators, itemsOf, lineageOf, listOf, methodDecorators } from './nest-decorators.js';
import { nestOperations } from '../../../catalog/frameworks/nestjs.js';
import { joinPath } from '../route-paths.js';

/** A provider as a module lists it. */
export interface Provider {
  readonly token: Value;
  readonly target: Value;
  /** The target is the token of another one. */
  readonly alias?: boolean;
}

/** One application: everything that its root module reaches. */
export interface NestApplication {
  readonly root: ClassValue;
  /** What `NestFactory.create` gives, where it is called. */
  readonly instance: ExternalValue | undefined;
  readonly modules: readonly ClassValue[];
  readonly controllers: readonly {
    readonly target: ClassValue;
    readonly prefix: string;
    readonly module: ClassValue;
  }[];
  readonly resolvers: readonly ClassValue[];
  readonly providers: readonly Provider[];
  /** The options of its graphs. */
  readonly graphs: readonly Value[];
}

export function isModule(target: ClassValue): boolean {
  return classDecorators(target).some((decorator) => decorator.path === '@nestjs/common#Module()');
}

/** Walks the modules from a root, dynamic ones included. */
export function readNestApplication(
  root: ClassValue,
  instance: ExternalValue | undefined,
  interpreter: Interpreter,
): NestApplication {
  const modules: ClassValue[] = [];
  const controllers: { target: ClassValue; module: ClassValue }[] = [];
  const resolvers: ClassValue[] = [];
  const providers: Provider[] = [];
  const graphs: Value[] = [];
  const prefixes = new Map<ClassValue, string>();

  const visitContents = (contents: Value, module: ClassValue): void => {
    for (const value of listOf(contents, 'controllers')) {
      if (value.kind === 'class' && !controllers.some((item) => item.target === value))
        controllers.push({ target: value, module });
    }
    for (const value of listOf(contents, 'providers')) addProvider(value);
    for (const value of listOf(contents, 'imports')) visit(value);
  };
  const addProvider = (value: Value): void => {
    if (value.kind === 'class') {
      providers.push({ token: value, target: value });
      if (isResolver(value) && !resolvers.includes(value)) resolvers.push(value);
      return;
    }
    const token = propertyOf(value, 'provide');
    if (!token) return;
    const factory = propertyOf(value, 'useFactory');
    const existing = propertyOf(value, 'useExisting');
    const target =
      propertyOf(value, 'useClass') ??
      existing ??
      propertyOf(value, 'useValue') ??
      (factory?.kind === 'function' ? injectedCall(factory, value, interpreter) : undefined);
    if (target) providers.push({ token, target, ...(target === existing ? { alias: true } : {}) });
  };
  const dynamic = new Set<Value>();
  const visit = (listed: Value): void => {
    // The container waits for a module that is promised.
    const value = interpreter.settled(listed);
    if (value.kind === 'external' && value.path === '@nestjs/common#forwardRef()') {
      const reference = value.call?.args[0];
      if (reference?.kind === 'function')
        visit(interpreter.follow(reference, { kind: 'undefined' }, [], value.origin, []).value);
      return;
    }
    if (value.kind === 'external' && value.path.startsWith('@nestjs/graphql#GraphQLModule.')) {
      const options = value.call?.args[0] ?? { kind: 'undefined' };
      const factory = propertyOf(options, 'useFactory');
      graphs.push(factory?.kind === 'function' ? injectedCall(factory, options, interpreter) : options);
      return;
    }
    if (value.kind === 'external' && value.path === '@nestjs/core#RouterModule.register()') {
      for (const route of itemsOf(value.call?.args[0] ?? { kind: 'undefined' })) readPrefixes(route, '', prefixes);
      return;
    }
    if (value.kind === 'union') {
      for (const option of value.options) visit(option.value);
      return;
    }
    if (value.kind === 'object' && !value.classOf) {
      // A dynamic module: what it lists comes on top of what its class lists.
      if (dynamic.has(value) || dynamic.size >= limits.dynamicModules) return;
      dynamic.add(value);
      const module = propertyOf(value, 'module');
      const owner = module?.kind === 'class' ? module : root;
      visitContents(value, owner);
      if (module) visit(module);
      return;
    }
    if (value.kind !== 'class' || modules.includes(value)) return;
    modules.push(value);
    for (const owner of lineageOf(value)) {
      for (const decorator of classDecorators(owner)) {
        if (decorator.path === '@nestjs/common#Module()')
          visitContents(decorator.call?.args[0] ?? { kind: 'undefined' }, value);
      }
    }
  };
  visit(root);
  return {
    root,
    instance,
    modules,
    controllers: controllers.map(({ target, module }) => ({ target, module, prefix: prefixes.get(module) ?? '' })),
    resolvers,
    providers,
    graphs,
  };
}

/** A provider with operations is one with or without the decorator: https://docs.nestjs.com/graphql/resolvers */
function isResolver(value: ClassValue): boolean {
  if (classDecorators(value).some((decorator) => decorator.path === '@nestjs/graphql#Resolver()')) return true;
  return lineageOf(value).some((owner) =>
    [...owner.memberDecorators.keys()].some((name) =>
      methodDecorators(owner, name).some((decorator) => nestOperations.has(decorator.path)),
    ),
  );
}

function injectedCall(factory: Value, provider: Value, interpreter: Interpreter): Value {
  const args = listOf(provider, 'inject').map((token): Value =>
    token.kind === 'class' ? interpreter.singleton(token) : { kind: 'unknown' },
  );
  const origin = factory.kind === 'function' ? { file: factory.file, span: factory.facts } : undefined;
  return origin ? interpreter.follow(factory, { kind: 'undefined' }, args, origin, []).value : { kind: 'unknown' };
}

function readPrefixes(route: Value, parent: string, into: Map<ClassValue, string>, depth = 0): void {
  if (depth > limits.modulePathDepth) return;
  const path = joinPath(parent, textOf(propertyOf(route, 'path')) ?? '');
  const module = propertyOf(route, 'module');
  if (module?.kind === 'class') into.set(module, path);
  for (const child of listOf(route, 'children')) {
    if (child.kind === 'class') into.set(child, path);
    else readPrefixes(child, path, into, depth + 1);
  }
}

/** By what tokens have in common that are the same. */
const providersByKey = new WeakMap<readonly Provider[], ReadonlyMap<unknown, readonly Provider[]>>();

function keyOf(token: Value): unknown {
  switch (token.kind) {
    case 'literal':
      return token.value;
    case 'class':
      return token.facts;
    case 'external':
      return token.path;
    default:
      return token;
  }
}

function groupByKey(providers: readonly Provider[]): ReadonlyMap<unknown, readonly Provider[]> {
  const groups = new Map<unknown, Provider[]>();
  for (const provider of providers) {
    const key = keyOf(provider.token);
    const group = groups.get(key);
    if (group) group.push(provider);
    else groups.set(key, [provider]);
  }
  return groups;
}

/** What the container gives for a token. */
export function findProvider(
  providers: readonly Provider[],
  token: Value,
  interpreter: Interpreter,
  aliases = 0,
): Value | undefined {
  let groups = providersByKey.get(providers);
  if (!groups) providersByKey.set(providers, (groups = groupByKey(providers)));
  for (const provider of groups.get(keyOf(token)) ?? []) {
    if (!sameToken(provider.token, token)) continue;
    if (provider.alias && aliases < limits.providerAliases) {
      const found = findProvider(providers, provider.target, interpreter, aliases + 1);
      if (found) return found;
      if (provider.target.kind !== 'class') continue;
    }
    if (provider.target.kind === 'class') return interpreter.singleton(provider.target);
    if (provider.target !== token) return provider.target;
  }
  return undefined;
}

function sameToken(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a.kind === 'literal' && b.kind === 'literal') return a.value === b.value;
  if (a.kind === 'class' && b.kind === 'class') return a.facts === b.facts;
  return (
    a.kind === 'external' && b.kind === 'external' && a.path === b.path && (!a.call || a.origin.span === b.origin.span)
  );
}
