import { memberOf, type ExternalValue } from '../program/value.js';
import { fork } from './chain.js';
import { addressOf } from './visit.js';

/** The request as those see it who only run for one route: they may ask for its path and its method. */
export function addressed(request: ExternalValue, method: string, path: string): ExternalValue {
  const copy = fork(request);
  for (const [name, value] of addressOf(copy, { method, path, base: '' }))
    if (!copy.findProperty(name)) copy.properties.set(name, value);
  memberOf(copy, 'route').properties.set('path', { kind: 'literal', value: path, origin: copy.origin });
  return copy;
}
