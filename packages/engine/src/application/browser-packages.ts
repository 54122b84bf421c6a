import { libraries } from '../catalog/libraries.js';
import { drawsOnScreen, metInBrowsers, servesToo } from '../catalog/platform/browser.js';
import type { WorkspacePackage } from '../source/project.js';

/** Nobody depends on what Node or a browser brings. */
const known = new Set(libraries.flatMap(({ packages }) => packages).filter((name) => !metInBrowsers.has(name)));

/**
 * The folders of packages that are made for a browser and nothing else, told by what they depend on: a library that draws on a
 * screen, and none that serves, signs or stores. A package that depends on one of the workspace that does so is none of them, nor is the root, whose
 * dependencies may be those of all.
 */
export function findBrowserPackages(packages: readonly WorkspacePackage[]): readonly string[] {
  const serving = new Set(packages.filter(({ dependencies }) => serves(dependencies)).map(({ name }) => name));
  return packages
    .filter(
      ({ directory, dependencies }) =>
        directory !== '' &&
        some(dependencies.keys(), (name) => drawsOnScreen.has(name)) &&
        !serves(dependencies) &&
        !some(dependencies.keys(), (name) => serving.has(name)),
    )
    .map(({ directory }) => directory);
}

function serves(dependencies: ReadonlyMap<string, string>): boolean {
  return some(dependencies.keys(), (name) => known.has(name) || servesToo.test(name));
}

function some(names: Iterable<string>, test: (name: string) => boolean): boolean {
  for (const name of names) if (test(name)) return true;
  return false;
}
