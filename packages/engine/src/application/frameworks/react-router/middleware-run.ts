import { presetsWithoutFlags } from '../../../catalog/frameworks/react-router.js';
import { optionsOf, type Value } from '../../../program/value.js';
import { readProperty } from '../../where-of.js';

export type MiddlewareExport = 'middleware' | 'unstable_middleware';

/** Whether what a module exports under such a name is run. */
export interface MiddlewareRun {
  readonly runs: boolean | 'unknown';
  /** Why it is not, for a person. */
  readonly why: string;
}

type Version = readonly [major: number, minor: number];

/** Versions that do the same: https://reactrouter.com/upgrading/future */
interface Era {
  readonly from: Version;
  /** What they look for in a module. */
  readonly name?: MiddlewareExport;
  /** What `future` of `react-router.config` has to set for it. */
  readonly flag?: string;
}

const flag = 'v8_middleware';
const flagged: Era = { from: [7, 9], name: 'middleware', flag };
const eras: readonly Era[] = [
  { from: [0, 0] },
  { from: [7, 3], name: 'unstable_middleware', flag: 'unstable_middleware' },
  flagged,
  { from: [8, 0], name: 'middleware' },
];

/**
 * @param range The versions of React Router that `package.json` takes, `^7.9.0`; `undefined` for Remix, which has no middlewares.
 * @param config What `react-router.config` exports; `undefined` where there is none.
 */
export function middlewareRun(
  name: MiddlewareExport,
  range: string | undefined,
  config: Value | undefined,
): MiddlewareRun {
  const possible = range === undefined ? eras.slice(0, 1) : erasOf(range, config);
  const answers = new Set(possible.map((era) => runsIn(era, name, config)));
  const [only = 'unknown'] = answers;
  return { runs: answers.size === 1 ? only : 'unknown', why: reasonOf(possible.at(-1), name) };
}

function erasOf(range: string, config: Value | undefined): readonly Era[] {
  const taken = erasIn(range);
  // No other version takes this flag.
  return taken.includes(flagged) && flagIn(config, flag) !== undefined ? [flagged] : taken;
}

function erasIn(range: string): readonly Era[] {
  const [, sign, major, minor] = /^([\^~]?)v?(\d+)(?:\.(\d+))?(?:\.[\dx*].*|\.[x*])?$/.exec(range.trim()) ?? [];
  if (major === undefined) return eras;
  const lowest: Version = [Number(major), Number(minor ?? 0)];
  const highest: Version = sign === '^' || minor === undefined ? [lowest[0], Infinity] : lowest;
  return eras.filter(({ from }, index) => {
    const next = eras[index + 1];
    return !isBefore(highest, from) && (!next || isBefore(lowest, next.from));
  });
}

function isBefore(a: Version, b: Version): boolean {
  return a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);
}

function runsIn(era: Era, name: MiddlewareExport, config: Value | undefined): boolean | 'unknown' {
  if (era.name !== name) return false;
  return era.flag === undefined || (flagIn(config, era.flag) ?? false);
}

function reasonOf(era: Era | undefined, name: MiddlewareExport): string {
  if (!era?.name) return 'never runs, as this version has no middlewares of routes';
  if (era.name !== name) return `never runs, as React Router looks for \`${era.name}\``;
  return `never runs, as \`react-router.config\` does not set \`future.${String(era.flag)}\``;
}

/** A flag as it is set; `undefined` where it is not written. */
function flagIn(config: Value | undefined, name: string): boolean | 'unknown' | undefined {
  if (!config) return undefined;
  const [only, ...others] = optionsOf(config);
  if (!only || others.length > 0) return 'unknown';
  const future = readProperty(config, 'future');
  const set = readProperty(future, name);
  if (set?.kind === 'literal') return Boolean(set.value);
  if (set) return set.kind === 'undefined' ? undefined : 'unknown';
  return isWhole(config) && (!future || isWhole(future)) && !mayBePreset(config) ? undefined : 'unknown';
}

/** Whether all properties of an object are known. */
function isWhole(value: Value): boolean {
  return value.kind === 'object' && value.spread.every((spread) => isWhole(spread));
}

/** Whether a preset may set flags of its own: https://reactrouter.com/how-to/presets */
function mayBePreset(config: Value): boolean {
  const presets = readProperty(config, 'presets');
  if (!presets) return false;
  if (presets.kind !== 'array' || presets.open) return true;
  return presets.items.some((item) => item.kind !== 'external' || !presetsWithoutFlags.has(item.path));
}
