import type { CallEntry, Library } from '../library.js';

/** It calls what it is given at once, and gives what that gives. */
const around = (passed: `${string}#${string}`): CallEntry => ({ passes: passed });

const sentry = [
  '@sentry/node',
  '@sentry/nextjs',
  '@sentry/nestjs',
  '@sentry/core',
  '@sentry/bun',
  '@sentry/aws-serverless',
];

/**
 * Contexts and spans around a call: https://nodejs.org/api/async_context.html#asynclocalstoragerunstore-callback-args,
 * https://opentelemetry.io/docs/languages/js/context/#set-active-context, https://docs.sentry.io/platforms/javascript/tracing/
 */
export const contexts: Library = {
  packages: ['async_hooks', '@opentelemetry/api', 'dd-trace', ...sentry],
  calls: {
    'async_hooks#AsyncLocalStorage().run()': around('async_hooks#Store'),
    'async_hooks#AsyncLocalStorage().exit()': around('async_hooks#Store'),
    '@opentelemetry/api#context.with()': around('@opentelemetry/api#Span()'),
    '@opentelemetry/api#trace.getTracer().startActiveSpan()': around('@opentelemetry/api#Span()'),
    '@opentelemetry/api#Tracer().startActiveSpan()': around('@opentelemetry/api#Span()'),
    'dd-trace#trace()': around('dd-trace#Span()'),
    'dd-trace#tracer.trace()': around('dd-trace#Span()'),
    ...Object.fromEntries(
      sentry.flatMap((name) =>
        ['startSpan', 'startSpanManual', 'withScope', 'withIsolationScope', 'continueTrace', 'withActiveSpan'].map(
          (method) => [`${name}#${method}()`, around('@sentry/core#Span()')] as const,
        ),
      ),
    ),
  },
};
