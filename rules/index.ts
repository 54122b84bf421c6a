import type { Rule } from '@blastradius/engine';
import noAttackPath from './no-attack-path/rule.js';
import noCallerChosenRole from './no-caller-chosen-role/rule.js';
import noCallerChosenSubject from './no-caller-chosen-subject/rule.js';
import noExposedSequentialId from './no-exposed-sequential-id/rule.js';
import noForgeableIdentity from './no-forgeable-identity/rule.js';
import noHardcodedSigningKey from './no-hardcoded-signing-key/rule.js';
import noMasterSigningKey from './no-master-signing-key/rule.js';
import noMfaBypass from './no-mfa-bypass/rule.js';
import noOpenTokenMint from './no-open-token-mint/rule.js';
import noPlaintextPersonalData from './no-plaintext-personal-data/rule.js';
import noProductionKeyInDevelopment from './no-production-key-in-development/rule.js';
import noPublicInternalRoute from './no-public-internal-route/rule.js';
import noUnverifiedToken from './no-unverified-token/rule.js';
import requireIssuedTokenCheck from './require-issued-token-check/rule.js';
import requireKeyRotation from './require-key-rotation/rule.js';
import requireMintAudit from './require-mint-audit/rule.js';
import requireOwnershipCheck from './require-ownership-check/rule.js';
import requireRateLimit from './require-rate-limit/rule.js';
import requireRoleCheck from './require-role-check/rule.js';
import requireRouteGuard from './require-route-guard/rule.js';
import requireTokenClaims from './require-token-claims/rule.js';

/** Every rule, by id. */
export const rules: readonly Rule[] = [
  noAttackPath,
  noCallerChosenRole,
  noCallerChosenSubject,
  noExposedSequentialId,
  noForgeableIdentity,
  noHardcodedSigningKey,
  noMasterSigningKey,
  noMfaBypass,
  noOpenTokenMint,
  noPlaintextPersonalData,
  noProductionKeyInDevelopment,
  noPublicInternalRoute,
  noUnverifiedToken,
  requireIssuedTokenCheck,
  requireKeyRotation,
  requireMintAudit,
  requireOwnershipCheck,
  requireRateLimit,
  requireRoleCheck,
  requireRouteGuard,
  requireTokenClaims,
];

export { collectAttackPaths } from './no-attack-path/collect-attack-paths.js';

/** Where the code of the rules is: an answer that is kept is one of these rules only. */
export const rulesFolder = import.meta.dirname;
