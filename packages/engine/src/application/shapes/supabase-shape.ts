import { supabaseClients, supabaseError, supabaseStored } from '../../catalog/identity/supabase.js';
import type { Interpreter } from '../../program/interpreter.js';
import { pendingValue } from '../../program/promise.js';
import { externalValue, memberOf, type ExternalValue, type Origin, type Value } from '../../program/value.js';
import type { OddShape } from '../catalog-semantics.js';

const asking: ReadonlyMap<string, 'getUser' | 'getClaims' | 'getSession'> = new Map(
  supabaseClients.flatMap((client) =>
    (['getUser', 'getClaims', 'getSession'] as const).map((name) => [`${client}.auth.${name}()`, name] as const),
  ),
);

/** `const { data: { user }, error } = await client.auth.getUser()` */
export const supabaseShape: OddShape = {
  evaluates: ({ text }) => asking.has(text),

  evaluateCall(call: ExternalValue, interpreter: Interpreter): Value | undefined {
    const name = asking.get(call.path);
    if (!name) return undefined;
    const { origin } = call;
    return pendingValue({ value: answer(name, origin, interpreter), flow: interpreter.flow }, origin);
  },
};

function answer(name: 'getUser' | 'getClaims' | 'getSession', origin: Origin, interpreter: Interpreter): Value {
  const auth = externalValue('express#Request.auth', origin);
  if (name === 'getUser') return objectOf({ data: objectOf({ user: auth }, origin), error: errorOf(origin) }, origin);
  // There is no object in `data` where nobody has logged in.
  if (name === 'getClaims')
    return objectOf({ data: objectOf({ claims: auth }, origin), error: errorOf(origin) }, origin);
  const cookie = memberOf(externalValue('express#Request.cookies', origin), 'session');
  const stored = interpreter.call(externalValue(supabaseStored, origin), [cookie], origin);
  return objectOf({ data: objectOf({ session: stored }, origin), error: externalValue('?.error', origin) }, origin);
}

function errorOf(origin: Origin): Value {
  return externalValue(supabaseError, origin, undefined, { args: [], construct: false });
}

function objectOf(properties: Readonly<Record<string, Value>>, origin: Origin): Value {
  return { kind: 'object', properties: new Map(Object.entries(properties)), spread: [], origin };
}
