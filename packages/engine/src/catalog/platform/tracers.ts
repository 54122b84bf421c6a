import type { CallEntry, Library } from '../library.js';

const span = '@opentelemetry/api#Span()';
const sentry = [
  '@sentry/node',
  '@sentry/nextjs',
  '@sentry/nestjs',
  '@sentry/core',
  '@sentry/bun',
  '@sentry/aws-serverless',
];

/** Tracers measure how long a function takes, and give what it gives. */
export const tracers: Library = {
  packages: ['@opentelemetry/api', ...sentry, 'dd-trace', 'newrelic'],
  same: {
    '@opentelemetry/api#trace.getTracerProvider().getTracer()': '@opentelemetry/api#trace.getTracer()',
    '@opentelemetry/api#ProxyTracer()': '@opentelemetry/api#trace.getTracer()',
    '@opentelemetry/api#Tracer()': '@opentelemetry/api#trace.getTracer()',
  },
  calls: {
    // https://github.com/open-telemetry/opentelemetry-js/blob/main/api/src/trace/tracer.ts: "@return The result of the callback"
    '@opentelemetry/api#trace.getTracer().startActiveSpan()': { passes: span },
    '@opentelemetry/api#context.with()': { passes: 'nothing' },
    '@opentelemetry/api#context.bind()': { returns: 1 },
    // https://docs.sentry.io/platforms/javascript/guides/node/tracing/instrumentation/
    ...Object.fromEntries<CallEntry>(
      sentry.flatMap((name) =>
        [
          'startSpan',
          'startSpanManual',
          'withActiveSpan',
          'withScope',
          'withIsolationScope',
          'withMonitor',
          'continueTrace',
          'startNewTrace',
          'suppressTracing',
        ].map((method) => [`${name}#${method}()`, { passes: `${name}#Span()` }] as const),
      ),
    ),
    // https://datadoghq.dev/dd-trace-js/interfaces/export_.Tracer.html#trace
    'dd-trace#trace()': { passes: 'dd-trace#Span()' },
    'dd-trace#tracer.trace()': { passes: 'dd-trace#Span()' },
    'dd-trace#init().trace()': { passes: 'dd-trace#Span()' },
    // https://newrelic.github.io/node-newrelic/API.html
    'newrelic#startSegment()': { passes: 'nothing' },
    'newrelic#startWebTransaction()': { passes: 'nothing' },
    'newrelic#startBackgroundTransaction()': { passes: 'nothing' },
  },
};
