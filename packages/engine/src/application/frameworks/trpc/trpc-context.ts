import type { CallExpression, FileFacts, TypeReference } from '../../../facts/file-facts.js';
import type { Interpreter } from '../../../program/interpreter.js';
import type { Proof } from '../../../program/proof.js';
import { memberOf, unknownValue, type ExternalValue, type FunctionValue, type Value } from '../../../program/value.js';
import type { ChainState } from '../../chain.js';

/** What `createContext` gives for a request; where it throws, no procedure is reached. */
export function contextOf(
  router: ExternalValue,
  { request, response }: ChainState,
  interpreter: Interpreter,
): { readonly value: Value; readonly proofs: readonly Proof[] } {
  const { origin } = router;
  const known = new Map<string, Value>([
    ['req', request],
    ['request', request],
    ['res', response],
    ['headers', memberOf(request, 'headers')],
  ]);
  const create = findCreate(router, interpreter);
  if (create) {
    const options: Value = { kind: 'object', properties: known, spread: [unknownValue], origin };
    const { value, flow } = interpreter.follow(create, { kind: 'undefined' }, [options], origin, []);
    return { value, proofs: flow?.proofs ?? [] };
  }
  // What the project puts there is not known: what it says of the caller is what a guard would have attached.
  return { value: { kind: 'object', properties: known, spread: [request], origin }, proofs: [] };
}

/** The function whose result the builder names as its context: `context<Awaited<ReturnType<typeof createContext>>>()`. */
function findCreate(router: ExternalValue, interpreter: Interpreter): FunctionValue | undefined {
  for (let current: Value | undefined = router; current?.kind === 'external'; current = current.receiver) {
    if (!current.path.endsWith('.context()')) continue;
    const { file, span } = current.origin;
    const { typeArgs = [] } = span as Partial<CallExpression>;
    for (const type of typeArgs) {
      const found = findNamed(type, file, interpreter);
      if (found) return found;
    }
  }
  return undefined;
}

function findNamed(type: TypeReference, file: FileFacts, interpreter: Interpreter): FunctionValue | undefined {
  for (const arg of type.args) {
    const found = findNamed(arg, file, interpreter);
    if (found) return found;
  }
  const record = interpreter.module(file.path);
  const [, name] = /^typeof (\w+)$/.exec(type.name) ?? [];
  if (name !== undefined) {
    const value = record && interpreter.lookup(name, record.scope);
    return value?.kind === 'function' ? value : undefined;
  }
  // An alias of its result is written beside the function that gives it.
  const imported = file.imports.find((item) => item.local === type.name);
  const path = imported ? interpreter.resolve(file.path, imported.source) : file.path;
  const home = path === undefined ? undefined : interpreter.module(path);
  if (!home || !/^\w+$/.test(type.name)) return undefined;
  const named = interpreter.functionsOf(home).filter(({ facts }) => /context$/i.test(facts.name ?? ''));
  return named.length === 1 ? named[0] : undefined;
}
