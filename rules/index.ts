import type { Rule } from '@blastradius/engine';
import noExposedSequentialId from './no-exposed-sequential-id/rule.js';
import noHardcodedSigningKey from './no-hardcoded-signing-key/rule.js';
import noOpenTokenMint from './no-open-token-mint/rule.js';
import requireRouteGuard from './require-route-guard/rule.js';

/** Every rule, by id. */
export const rules: readonly Rule[] = [
  noExposedSequentialId,
  noHardcodedSigningKey,
  noOpenTokenMint,
  requireRouteGuard,
];
