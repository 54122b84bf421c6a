export { findPrivateKeyHeader, isPublicKeyText } from './armoured-keys.js';
export type { Assignment } from './assignments/assignment.js';
export { readAssignments } from './assignments/read-assignments.js';
export { findKeyMaterial } from './find-key-material.js';
export type { KeyMaterialOptions } from './find-key-material.js';
export type { KeyFile, KeyForm, KeyMaterial } from './key-material.js';
export { settingsFileOf } from './settings-file.js';
export type { SettingsFile, SettingsFormat, SettingsUse } from './settings-file.js';
export { writtenValueOf } from './written-value.js';
