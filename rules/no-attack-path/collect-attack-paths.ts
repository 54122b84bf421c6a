import { comparePlaces, type Application, type AttackPath, type Rule } from '@blastradius/engine';
import noCallerChosenSubject from '../no-caller-chosen-subject/rule.js';
import noExposedSequentialId from '../no-exposed-sequential-id/rule.js';
import noForgeableIdentity from '../no-forgeable-identity/rule.js';
import noHardcodedSigningKey from '../no-hardcoded-signing-key/rule.js';
import noMasterSigningKey from '../no-master-signing-key/rule.js';
import noOpenTokenMint from '../no-open-token-mint/rule.js';
import noPublicInternalRoute from '../no-public-internal-route/rule.js';
import noUnverifiedToken from '../no-unverified-token/rule.js';
import requireIssuedTokenCheck from '../require-issued-token-check/rule.js';
import requireKeyRotation from '../require-key-rotation/rule.js';
import requireMintAudit from '../require-mint-audit/rule.js';
import requireOwnershipCheck from '../require-ownership-check/rule.js';
import requireRateLimit from '../require-rate-limit/rule.js';
import requireRouteGuard from '../require-route-guard/rule.js';
import { countedPaths } from './counted.js';
import { Flaws } from './flaws.js';
import { forgedPaths } from './forged.js';
import { mintedPaths } from './minted.js';

/** The rules whose flaws are links. A path is the same whichever of them are turned on. */
const links: readonly Rule[] = [
  noCallerChosenSubject,
  noExposedSequentialId,
  noForgeableIdentity,
  noHardcodedSigningKey,
  noMasterSigningKey,
  noOpenTokenMint,
  noPublicInternalRoute,
  noUnverifiedToken,
  requireIssuedTokenCheck,
  requireKeyRotation,
  requireMintAudit,
  requireOwnershipCheck,
  requireRateLimit,
  requireRouteGuard,
];

/** The ways that lead from the outside to everybody's data, in the order of the places where they are cut. */
export function collectAttackPaths(application: Application): readonly AttackPath[] {
  const flaws = new Flaws(application, links);
  return [
    ...mintedPaths(application, flaws),
    ...forgedPaths(application, flaws),
    ...countedPaths(application, flaws),
  ].sort((a, b) => comparePlaces(a.cut.place, b.cut.place) || (a.title < b.title ? -1 : a.title > b.title ? 1 : 0));
}
