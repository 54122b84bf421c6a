import { isAtOrBelow, segmentsOf } from '../deployment/listener.js';

/** What says that a route is meant for inside. */
export interface InternalPath {
  /** The segment of its path, or the prefix of the configuration. */
  readonly name: string;
  readonly configured: boolean;
  /** Whether people outside may have a use for it as well, as for the page of an administration: what it does decides. */
  readonly mayBeForPeople: boolean;
}

/** For other services of the same house. */
const inside: ReadonlySet<string> = new Set(['internal', '_internal', 'internals']);

/** For whoever operates the service: its state and its settings as they are. */
const operations: ReadonlySet<string> = new Set([
  ...['actuator', 'pprof', 'heapdump', 'heap-dump', 'threaddump', 'thread-dump'],
  ...['env-dump', 'envdump', 'dump-env', 'phpinfo', 'server-status'],
]);

/** The same where they are what the path is about; further down they are the words of many products. */
const firstOperations: ReadonlySet<string> = new Set(['debug', 'env', 'secrets', 'migrate', 'run-migrations']);

/** For staff, which is inside in one house and a log-in away in another. */
const staff: ReadonlySet<string> = new Set(['admin', '_admin', 'private', 'backoffice', 'back-office']);

/** What a balancer asks for is harmless. */
const harmless: ReadonlySet<string> = new Set([
  'health',
  'healthz',
  'live',
  'livez',
  'liveness',
  'ready',
  'readyz',
  'readiness',
  'ping',
]);

/** In front of what a path is about. */
const prefix = /^(?:api|rest|v\d+(?:\.\d+)?)$/i;

/** Prefixes of the configuration, as they are written there: `/internal`, `/internal/*`. */
export function findInternalPath(path: string, configured: readonly string[]): InternalPath | undefined {
  // Operations of a graph and procedures have names, not paths.
  if (!path.startsWith('/')) return undefined;
  const named = configured.find((item) => isAtOrBelow(path, item.replace(/\/\*{1,2}$/, '')));
  if (named !== undefined) return { name: named, configured: true, mayBeForPeople: false };
  const segments = segmentsOf(path.toLowerCase());
  if (harmless.has(segments.at(-1) ?? '')) return undefined;
  // Behind a parameter it is a part of somebody's thing: `/projects/:id/metrics`.
  const parameter = segments.findIndex((segment) => /[:*{]/.test(segment));
  const fixed = parameter < 0 ? segments : segments.slice(0, parameter);
  const first = fixed.findIndex((segment) => !prefix.test(segment));
  // Whoever writes `public` into a path means it.
  if (fixed.includes('public')) return undefined;
  const index = fixed.findIndex(
    (segment, at) =>
      inside.has(segment) ||
      operations.has(segment) ||
      (at === first && (firstOperations.has(segment) || staff.has(segment))) ||
      // Of Prometheus: the page and nothing below it.
      (at === first && segment === 'metrics' && segments.length === at + 1),
  );
  const name = fixed[index];
  return name === undefined ? undefined : { name, configured: false, mayBeForPeople: staff.has(name) };
}
