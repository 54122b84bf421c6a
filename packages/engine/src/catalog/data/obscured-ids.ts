import type { Library } from '../library.js';

/**
 * Numbers in another form. Who knows what they were made with counts them as before, and everybody knows what stands in
 * the documentation: https://hashids.org, https://sqids.org/faq.
 */
export const obscuredIds: Library = {
  packages: ['hashids', 'sqids', 'optimus-js'],
  same: { 'hashids/cjs#()': 'hashids#()', 'hashids#Hashids()': 'hashids#()', 'sqids#Sqids()': 'sqids#()' },
  calls: {
    'hashids#().decode()': { converts: 0, obscuredBy: { argument: 0 } },
    'hashids#().decodeHex()': { converts: 0, obscuredBy: { argument: 0 } },
    'hashids#().encode()': { converts: 0 },
    'sqids#().decode()': { converts: 0, obscuredBy: { argument: 0, property: 'alphabet' } },
    'sqids#().encode()': { converts: 0 },
    'optimus-js#().decode()': { converts: 0, obscuredBy: { argument: 0 } },
    'optimus-js#().encode()': { converts: 0 },
  },
};
