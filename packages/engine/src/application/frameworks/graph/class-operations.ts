import {
  typeGraphAuthorized,
  typeGraphMiddlewares,
  typeGraphOperations,
  typeGraphResolver,
} from '../../../catalog/frameworks/type-graphql.js';
import type { Interpreter, Outcome } from '../../../program/interpreter.js';
import {
  propertyOf,
  textOf,
  undefinedValue,
  type ArrayValue,
  type ClassValue,
  type ExternalValue,
  type Value,
} from '../../../program/value.js';
import { fork, type ChainState } from '../../chain.js';
import { nestedItems } from '../../nested-items.js';
import { classDecorators, itemsOf, lineageOf, methodDecorators } from '../nest/nest-decorators.js';
import { parameterValue } from './class-parameters.js';
import type { GraphLayers } from './graph-layers.js';
import type { GraphOperation } from './graph-operations.js';

/** A method with `@Query()` and the like, and the class of the lineage that it stands in. */
interface Handler {
  readonly owner: ClassValue;
  readonly name: string;
  readonly title: string;
  readonly method: string;
  readonly decorator: ExternalValue;
}

/** Operations of the classes that `buildSchema` is given, with what its options and their decorators lay in front of them. */
export function collectClassOperations(made: ExternalValue, interpreter: Interpreter): readonly GraphOperation[] {
  const options = made.call?.args[0];
  const found = new Map<string, GraphOperation>();
  for (const target of classesOf(propertyOf(options, 'resolvers'), interpreter)) {
    for (const handler of handlersOf(target)) {
      const { owner, name, title, method, decorator } = handler;
      const instance = interpreter.singleton(target);
      const resolver = interpreter.methodOf(instance, name);
      const origin = decorator.origin;
      found.set(`${method} ${title}`, {
        method,
        name: title,
        origin,
        handler: resolver ? { file: resolver.value.file, span: resolver.value.facts } : origin,
        router: { file: target.file, span: target.facts },
        behind: (state, layers) => behindDecorators(state, handler, options, layers),
        follow: ({ request, proofs }): Outcome =>
          interpreter.recording(proofs, () => {
            if (!resolver) return undefinedValue;
            // The decorators of the parameters are those of the method that has the operation's.
            const parameters = interpreter.methodOf(interpreter.singleton(owner), name)?.value.facts.parameters ?? [];
            const behind = fork(request);
            const args = parameters.map((parameter) => parameterValue(parameter, owner, behind, interpreter));
            return interpreter.call(resolver.value, args, origin, instance);
          }),
      });
    }
  }
  return [...found.values()];
}

/** The classes that are listed; where files are listed by a pattern, all that the program decorates. */
function classesOf(listed: Value | undefined, interpreter: Interpreter): readonly ClassValue[] {
  const classes = (listed ? itemsOf(listed) : []).filter((item) => item.kind === 'class');
  return classes.length > 0 ? classes : [...interpreter.classes.values()].filter(isResolver);
}

function isResolver(target: ClassValue): boolean {
  return classDecorators(target).some(({ path }) => path === typeGraphResolver);
}

/**
 * Own operations and those of classes that it extends and that are resolvers as well. Of two with the same name the
 * nearer one counts; a method that is overridden without a decorator is called under the decorators of the first one.
 */
function handlersOf(target: ClassValue): readonly Handler[] {
  const found = new Map<string, Handler>();
  for (const owner of lineageOf(target)) {
    if (owner !== target && !isResolver(owner)) continue;
    for (const name of owner.memberDecorators.keys()) {
      const decorator = methodDecorators(owner, name).find(({ path }) => typeGraphOperations.has(path));
      const method = decorator && typeGraphOperations.get(decorator.path);
      if (!decorator || method === undefined) continue;
      const title = (decorator.call?.args ?? []).map((arg) => textOf(propertyOf(arg, 'name'))).find(Boolean) ?? name;
      const key = `${method} ${title}`;
      if (!found.has(key)) found.set(key, { owner, name, title, method, decorator });
    }
  }
  return [...found.values()];
}

/**
 * Who may do it is asked first, then what is laid in front of everything runs, and then what the class and the method name.
 * Only the class that has the method counts: https://typegraphql.com/docs/inheritance.html
 */
function behindDecorators(
  start: ChainState,
  { owner, name }: Handler,
  options: Value | undefined,
  layers: GraphLayers,
): ChainState {
  const onClass = classDecorators(owner);
  const onMethod = methodDecorators(owner, name);
  const authorized = [...onMethod, ...onClass].find(({ path }) => path === typeGraphAuthorized);
  let state = authorized ? behindAuthorized(start, authorized, options, layers) : start;
  const middlewares = [
    ...itemsOf(propertyOf(options, 'globalMiddlewares') ?? undefinedValue),
    ...[...onClass, ...onMethod].filter(({ path }) => typeGraphMiddlewares.has(path)).flatMap(argumentsOf),
  ];
  for (const middleware of middlewares) state = layers.behindClassMiddleware(state, middleware);
  return state;
}

/** Without an `authChecker` a decorated class is open, and one with a decorated method does not start. */
function behindAuthorized(
  state: ChainState,
  authorized: ExternalValue,
  options: Value | undefined,
  layers: GraphLayers,
): ChainState {
  const checker = propertyOf(options, 'authChecker');
  if (checker && checker.kind !== 'undefined') return layers.behindAuthChecker(state, checker, rolesOf(authorized));
  const isKnown = options?.kind === 'object' && options.spread.length === 0;
  return isKnown ? state : layers.behindUnknown(state, authorized);
}

function rolesOf(authorized: ExternalValue): ArrayValue {
  const { origin } = authorized;
  return { kind: 'array', items: [...argumentsOf(authorized)], open: false, origin };
}

/** `UseMiddleware(first, second)`, `UseMiddleware([first, second])` */
function argumentsOf({ call }: ExternalValue): readonly Value[] {
  return (call?.args ?? []).flatMap((arg) => [...nestedItems(arg)]);
}
