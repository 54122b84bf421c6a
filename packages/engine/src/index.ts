export type { Application } from './application/application.js';
export type { Access, AccessColumn, AskedRecord, Ownership, Parent, Tie } from './application/access.js';
export type { CredentialCheck } from './application/credential-check.js';
export type { FactorBypass } from './application/factor-bypass.js';
export type { PlainText } from './application/plain-text.js';
export { isForKnownCallers } from './application/is-for-known-callers.js';
export type { CommittedKey } from './application/committed-key.js';
export type { InternalPath } from './application/internal-path.js';
export type { KeyUses, OtherUse } from './application/key-uses.js';
export type { Limiter } from './application/limiter.js';
export type { Lookup } from './application/lookup.js';
export type { KeyReach } from './application/key-reach.js';
export type { Mint } from './application/mint.js';
export type {
  Effect,
  Guard,
  Proved,
  ReachedMint,
  Route,
  Sensitivity,
  SubjectOrigin,
  Verdict,
} from './application/route.js';
export type { Question } from './application/question.js';
export type { ProductionKeyReach } from './application/production-key-reach.js';
export type { SignedLink } from './application/signed-link.js';
export type { KeySource, SigningKey } from './application/signing-key.js';
export type { KeyIdentity, Presence, TokenMint } from './application/token-mint.js';
export type { TokenVerifier } from './application/token-verifier.js';
export type { TrustedInput } from './application/trusted-input.js';
export type { UnverifiedToken } from './application/unverified-token.js';
export type { Verifier, VerifierFlaw } from './application/verifier.js';
export type { LimitedBy } from './catalog/library.js';
export { findCacheFolder } from './cache/cache-folder.js';
export { configurationWords } from './config/check-config.js';
export { homepage, ruleDocumentation } from './finding/documentation.js';
export type { AttackPath, BlastRadius, OpenedRoute, PathLink, ReachedEntity, Stage } from './finding/attack-path.js';
export type { Finding, Precision, Severity, Step } from './finding/finding.js';
export { comparePlaces, idOfPlace } from './finding/place.js';
export type { Place } from './finding/place.js';
export { checkRule } from './finding/rule.js';
export type { Report, Rule, RuleMeta } from './finding/rule.js';
export { listOptions } from './finding/rule-options.js';
export type { OptionSchema, RuleOptions } from './finding/rule-options.js';
export { controlsOf, listStandards } from './finding/standards.js';
export type { Control, StandardName } from './finding/standards.js';
export type { Entity, Identifier, IdentifierKind, SchemaProblem, SchemaResult } from './schema/entity.js';
export { SessionError } from './session.js';
export type { CacheOptions, RuleChoice, Session, SessionOptions, Summary } from './session.js';
export type {
  DocumentKind,
  Project,
  ProjectDocument,
  ProjectOptions,
  SkippedFile,
  SourceFile,
  WorkspacePackage,
} from './source/project.js';
export { openSession } from './open-session.js';
