import { expressVerbs } from '../../../catalog/frameworks/express.js';
import { externalValue, type ExternalValue } from '../../../program/value.js';

/**
 * The server below a Nest application, as a stack of its own: what is registered there knows no guards of the
 * framework, only the middleware that stands in front of it.
 */
export function serverBelow(instance: ExternalValue): ExternalValue | undefined {
  const calls = instance.calls.flatMap((call) =>
    call.path.endsWith('.getHttpAdapter()')
      ? call.calls.flatMap((inner) => (inner.path.endsWith('.getInstance()') ? inner.calls : [inner]))
      : call.path.endsWith('.use()')
        ? [call]
        : [],
  );
  if (!calls.some(isRegistration)) return undefined;
  const server = externalValue('express#()', instance.origin, undefined, { args: [], construct: false });
  // Each look at the server is a value of its own: the order is that of the text.
  const ordered = calls.every(({ origin }) => origin.file === instance.origin.file)
    ? [...calls].sort((a, b) => a.origin.span.end - b.origin.span.end)
    : calls;
  server.calls.push(...ordered);
  return server;
}

function isRegistration({ path, call }: ExternalValue): boolean {
  return expressVerbs.includes(path.slice(path.lastIndexOf('.') + 1, -2)) && (call?.args.length ?? 0) > 1;
}
