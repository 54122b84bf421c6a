import type { Deployment } from '../deployment/deployment.js';
import type { Step } from '../finding/finding.js';
import { idOfPlace } from '../finding/place.js';
import type { ExternalValue } from '../program/value.js';
import type { WorkspacePackage } from '../source/project.js';
import { serverOf, type Server } from './binding.js';
import { Exposures } from './exposure.js';
import { placeOf } from './place-of.js';
import type { Route } from './route.js';

/** Which application serves which route. */
export class Servers {
  readonly #byPlace = new Map<string, Server>();
  readonly #of = new Map<Route, Server>();

  /** @param startup What was called while the modules ran. */
  add(route: Route, application: ExternalValue, startup: readonly ExternalValue[]): void {
    const id = idOfPlace(placeOf(application.origin));
    let server = this.#byPlace.get(id);
    if (!server || server.bindings.length === 0) {
      const made = serverOf(application, startup);
      if (!server || made.bindings.length > 0) this.#byPlace.set(id, (server = made));
    }
    this.#of.set(route, server);
  }

  of(route: Route): Server | undefined {
    return this.#of.get(route);
  }
}

/** The routes with what is known of where they can be reached from. */
export function locateRoutes(
  routes: readonly Route[],
  servers: Servers,
  deployment: Deployment,
  packages: readonly WorkspacePackage[],
  packageOf: (file: string) => string,
): readonly Route[] {
  const folderOf = (route: Route): string => packageOf(servers.of(route)?.file ?? route.place.file);
  const perFolder = new Map<string, Set<Server | undefined>>();
  const forPeople = new Map<Server | string, Route>();
  // Where the framework serves files, all routes of a package are of one application.
  const applicationOf = (route: Route): Server | string => servers.of(route) ?? `${route.framework} ${folderOf(route)}`;
  for (const route of routes) {
    const server = servers.of(route);
    const folder = folderOf(route);
    perFolder.set(folder, (perFolder.get(folder) ?? new Set()).add(server));
    if (isForPeople(route) && !forPeople.has(applicationOf(route))) forPeople.set(applicationOf(route), route);
  }
  const exposures = new Exposures(deployment, packages, [...perFolder.keys()]);
  return routes.map((route) => {
    const server = servers.of(route);
    const folder = folderOf(route);
    const others = (perFolder.get(folder)?.size ?? 1) - 1;
    const { listener, steps } = exposures.of(route.path, folder, server, others);
    const beside = forPeople.get(applicationOf(route));
    return Object.freeze({
      ...route,
      listener,
      listenerSteps: steps,
      servedBeside: beside && beside !== route ? stepOf(beside) : undefined,
    });
  });
}

/** It logs somebody in, or sets up an account. What staff and services use to log in has a path that says so. */
function isForPeople(route: Route): boolean {
  return (
    !route.internalPath &&
    (route.signsUp || (route.authenticates && !route.isGuarded() && route.mints.some(({ leaves }) => leaves)))
  );
}

function stepOf(route: Route): Step {
  const what = route.signsUp ? 'sets up accounts' : 'logs people in';
  return { place: route.place, message: `\`${route.title}\` of the same application ${what}` };
}
