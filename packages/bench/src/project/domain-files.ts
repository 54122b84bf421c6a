import { cache, client, consumer, importRows, mail, query, report, settings, texts } from './domain-edges.js';
import {
  calendar,
  comparators,
  errors,
  limits,
  money,
  policy,
  policyTest,
  moneyTest,
  status,
  types,
  workflow,
} from './domain-rules.js';
import type { Feature } from './feature.js';

/** The plain code of one subject, by path in its folder. Each file imports those above it only. */
export function domainFiles(feature: Feature): Readonly<Record<string, string>> {
  return {
    'status.ts': status(feature),
    'types.ts': types(feature),
    'errors.ts': errors(feature),
    'limits.ts': limits(feature),
    'money.ts': money(feature),
    'policy.ts': policy(feature),
    'workflow.ts': workflow(feature),
    'compare.ts': comparators(feature),
    'calendar.ts': calendar(feature),
    'settings.ts': settings(feature),
    'cache.ts': cache(feature),
    'query.ts': query(feature),
    'client.ts': client(feature),
    'consumer.ts': consumer(feature),
    'import-rows.ts': importRows(feature),
    'report.ts': report(feature),
    'texts.ts': texts(feature),
    'mail.ts': mail(feature),
    'index.ts': barrel,
  };
}

/** Tests stand beside the code, and are no part of what is analysed. */
export function domainTests(feature: Feature): Readonly<Record<string, string>> {
  return { 'money.spec.ts': moneyTest(feature), 'policy.spec.ts': policyTest(feature) };
}

const barrel = `export * from './status';
export type * from './types';
export * from './errors';
export * from './limits';
export * from './money';
export * from './policy';
export * from './workflow';
export * from './compare';
`;
