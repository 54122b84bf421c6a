import type { Rule } from '@blastradius/engine';
import noCallerChosenRole from './no-caller-chosen-role/rule.js';
import noCallerChosenSubject from './no-caller-chosen-subject/rule.js';
import noExposedSequentialId from './no-exposed-sequential-id/rule.js';
import noForgeableIdentity from './no-forgeable-identity/rule.js';
import noHardcodedSigningKey from './no-hardcoded-signing-key/rule.js';
import noMfaBypass from './no-mfa-bypass/rule.js';
import noOpenTokenMint from './no-open-token-mint/rule.js';
import noUnverifiedToken from './no-unverified-token/rule.js';
import requireMintAudit from './require-mint-audit/rule.js';
import requireOwnershipCheck from './require-ownership-check/rule.js';
import requireRateLimit from './require-rate-limit/rule.js';
import requireRoleCheck from './require-role-check/rule.js';
import requireRouteGuard from './require-route-guard/rule.js';

/** Every rule, by id. */
export const rules: readonly Rule[] = [
  noCallerChosenRole,
  noCallerChosenSubject,
  noExposedSequentialId,
  noForgeableIdentity,
  noHardcodedSigningKey,
  noMfaBypass,
  noOpenTokenMint,
  noUnverifiedToken,
  requireMintAudit,
  requireOwnershipCheck,
  requireRateLimit,
  requireRoleCheck,
  requireRouteGuard,
];
