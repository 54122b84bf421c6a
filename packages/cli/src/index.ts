export type { Analysis } from './analysis.js';
export type { Io, TextStream } from './io.js';
export { run } from './main.js';
