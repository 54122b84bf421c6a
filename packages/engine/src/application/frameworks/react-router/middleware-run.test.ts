import { describe, expect, it } from 'vitest';
import type { Origin, Value } from '../../../program/value.js';
import { emptyFacts } from '../../../facts/empty-facts.js';
import { middlewareRun } from './middleware-run.js';

const origin: Origin = { file: emptyFacts('react-router.config.ts'), span: { start: 0, end: 0 } };

function object(entries: Readonly<Record<string, Value>>): Value {
  return { kind: 'object', properties: new Map(Object.entries(entries)), spread: [], origin };
}

function literal(value: boolean): Value {
  return { kind: 'literal', value, origin };
}

const configs = {
  none: undefined,
  other: object({ ssr: literal(true) }),
  on: object({ future: object({ v8_middleware: literal(true) }) }),
  off: object({ future: object({ v8_middleware: literal(false) }) }),
  early: object({ future: object({ unstable_middleware: literal(true) }) }),
};

// Each of the pinned versions was built with @react-router/dev and asked.
describe('middlewareRun', () => {
  it.each<readonly [string | undefined, keyof typeof configs, boolean | 'unknown']>([
    ['7.2.0', 'none', false],
    ['7.8.2', 'on', false],
    ['7.9.0', 'none', false],
    ['7.9.0', 'off', false],
    ['7.9.0', 'on', true],
    ['7.18.4', 'early', false],
    ['^7.0.0', 'on', true],
    ['^7.12.0', 'none', false],
    ['7', 'none', false],
    ['7.x', 'on', true],
    ['8.0.0', 'none', true],
    ['^8.4.0', 'other', true],
    ['>=7.9.0', 'none', 'unknown'],
    ['catalog:', 'none', 'unknown'],
    ['catalog:', 'on', true],
    ['latest', 'off', false],
    [undefined, 'on', false],
  ])('says of `middleware` under %s with the flag %s whether it runs', (range, config, runs) => {
    expect(middlewareRun('middleware', range, configs[config]).runs).toBe(runs);
  });

  it.each<readonly [string | undefined, keyof typeof configs, boolean | 'unknown']>([
    ['7.2.0', 'early', false],
    ['7.3.0', 'none', false],
    ['7.3.0', 'early', true],
    ['~7.8.2', 'early', true],
    ['^7.5.0', 'early', 'unknown'],
    ['7.9.0', 'early', false],
    ['7.9.0', 'on', false],
    ['8.0.0', 'none', false],
  ])('says of `unstable_middleware` under %s with the flag %s whether it runs', (range, config, runs) => {
    expect(middlewareRun('unstable_middleware', range, configs[config]).runs).toBe(runs);
  });
});
