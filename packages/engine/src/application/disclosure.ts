import { limits } from '../limits.js';
import type { ExternalValue, Value } from '../program/value.js';
import { placeOf } from './place-of.js';
import type { Effect } from './route.js';

const secretName =
  /(secret|passw(or)?d|pwd|private_?key|api_?key|access_?key|token|credential)(?!.*(limit|count|ttl|expir|max|min|length|url|uri|name|location|path|type|header|enabled|rounds|window))/i;

/** A setting that is nobody's business, in what is sent: an environment variable or a literal under a telling name. */
export function secretIn(value: Value, seen = new Set<Value>()): Effect | undefined {
  if (seen.has(value) || seen.size > limits.valuesWithin) return undefined;
  seen.add(value);
  const first = (values: Iterable<Value>): Effect | undefined => {
    for (const item of values) {
      const found = secretIn(item, seen);
      if (found) return found;
    }
    return undefined;
  };
  switch (value.kind) {
    case 'object': {
      for (const [name, property] of value.properties) {
        // Keys and tokens have no spaces and are not short: https://owasp.org/www-community/vulnerabilities/Insufficient_Session-ID_Length
        if (property.kind === 'literal' && secretName.test(name) && /^\S{16,}$/.test(String(property.value)))
          return disclosure(name, property.origin);
      }
      return first(value.properties.values());
    }
    case 'array':
      return first(value.items);
    case 'union':
      return first(value.options.map((option) => option.value));
    case 'text':
      return first(value.parts);
    case 'external': {
      const variable = /^global#process\.env\.(\w+)$/.exec(value.path)?.[1];
      return variable !== undefined && secretName.test(variable) ? disclosure(variable, value.origin) : undefined;
    }
    default:
      return undefined;
  }
}

function disclosure(name: string, origin: ExternalValue['origin']): Effect {
  return {
    kind: 'reads',
    name,
    place: placeOf(origin),
    proved: false,
    personal: true,
    byInput: false,
    creates: false,
    steps: [],
  };
}
