export { findingsFormats, formatFindings } from './format-findings.js';
export type { FindingsFormat } from './format-findings.js';
export type { FindingsReport, Tool } from './findings-report.js';
export { formatPaths, pathsFormats } from './format-paths.js';
export type { PathsFormat } from './format-paths.js';
export type { FormatOptions } from './format-options.js';
export { formatRoutes, routesFormats } from './format-routes.js';
export type { RoutesFormat } from './format-routes.js';
