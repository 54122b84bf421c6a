import type { Place } from '../finding/place.js';

/** `unknown`: something stands in between that may or may not let a request through. */
export type Exposure = 'public' | 'internal' | 'unknown';

/** A way to a process of the project, as one deployment file lays it. */
export interface Listener {
  /** The port on which the process is asked; `undefined` where the file does not say. */
  readonly port: number | undefined;
  /** From where a request for a path of the process gets to it over this way. */
  exposureOf(path: string): Exposure;
  readonly place: Place;
  /** One clause for a person: `publishes port 4000 of \`auth\``. */
  readonly message: string;
}

/** Which deployment it is of: the files of one say nothing of the others. */
export type Platform = 'compose' | 'kubernetes' | 'functions' | 'proxy';

/** A process that a deployment file starts, with the ways to it. */
export interface Service {
  /** As the file calls it. */
  readonly name: string;
  readonly platform: Platform;
  /** Further names that may be those of a package: the target of the build, the image, the container. */
  readonly names: readonly string[];
  /** Folders that the file names for it, relative to the root: the context of its build, where its Dockerfile or its handler lies. */
  readonly folders: readonly string[];
  /** What it runs, as far as the file says. */
  readonly command: string;
  /** Whether it is made from the project, and not of an image of somebody else's. */
  readonly isBuilt: boolean;
  readonly listeners: readonly Listener[];
}

/** Segments of a path without empty ones. */
export function segmentsOf(path: string): readonly string[] {
  return path.split('/').filter(Boolean);
}

/** Whether a path lies at or below another one, by whole segments; a parameter or a wildcard may be any. */
export function isAtOrBelow(path: string, prefix: string): boolean {
  const inner = segmentsOf(path);
  const outer = segmentsOf(prefix);
  return outer.length <= inner.length && outer.every((segment, index) => isSame(inner[index] ?? '', segment));
}

function isSame(segment: string, asked: string): boolean {
  return segment === asked || segment.startsWith(':') || segment === '*';
}

/** The stronger of two ways: who gets in by one of them is in. */
export function widerOf(a: Exposure, b: Exposure): Exposure {
  const order: readonly Exposure[] = ['internal', 'unknown', 'public'];
  return order.indexOf(a) >= order.indexOf(b) ? a : b;
}
