import { posix } from 'node:path';
import type { Deployment } from '../deployment/deployment.js';
import { widerOf, type Exposure, type Listener, type Platform, type Service } from '../deployment/listener.js';
import type { ProxiedListener } from '../deployment/read-nginx.js';
import type { Step } from '../finding/finding.js';
import type { WorkspacePackage } from '../source/project.js';
import type { Server } from './binding.js';

/** From where the routes of a server can be reached, and what says so. */
export interface Reachability {
  readonly listener: Exposure;
  /** The line that opens it or closes it; none where nothing is known. */
  readonly steps: readonly Step[];
}

const nothingKnown: Reachability = { listener: 'unknown', steps: [] };

/** Joins what the deployment files start with the packages of the project that serve routes. */
export class Exposures {
  readonly #servicesOf = new Map<string, readonly Service[]>();

  /** @param served Folders of the packages that serve routes. */
  constructor(
    readonly deployment: Deployment,
    readonly packages: readonly WorkspacePackage[],
    readonly served: readonly string[],
  ) {}

  /**
   * @param folder Of the package that serves the route.
   * @param server Where it is known which application serves it.
   * @param others How many other servers the package has: then the port decides which one a way leads to.
   */
  of(path: string, folder: string, server: Server | undefined, others: number): Reachability {
    const bindings = server?.bindings ?? [];
    if (bindings.length > 0 && bindings.every(({ isLocal }) => isLocal)) {
      const steps = bindings.map(({ place }) => ({ place, message: 'listens for its own machine alone' }));
      // A proxy on the same machine may hand requests on.
      return this.#proxiedTo([], server, path) ?? { listener: 'internal', steps: steps.slice(0, 1) };
    }
    const services = this.#startedFrom(folder);
    const ways = services.flatMap(({ listeners }) => listeners).filter((way) => leadsTo(way, server, others));
    const proxied = this.#proxiedTo(services, server, path);
    const own = strongest(ways, path);
    if (!own) return proxied?.listener === 'public' ? proxied : nothingKnown;
    if (own.listener !== 'public' && proxied)
      return widerOf(own.listener, proxied.listener) === own.listener ? own : proxied;
    return own;
  }

  #proxiedTo(services: readonly Service[], server: Server | undefined, path: string): Reachability | undefined {
    const names = new Set(services.map(({ name }) => name));
    const ports = new Set(server?.bindings.flatMap((binding) => binding.ports));
    const isOnMachine = ({ host, port }: ProxiedListener): boolean =>
      /^(?:localhost|127\.\d+\.\d+\.\d+|host\.docker\.internal)$/.test(host) && port !== undefined && ports.has(port);
    return strongest(
      this.deployment.proxied.filter((way) => names.has(way.host) || isOnMachine(way)),
      path,
    );
  }

  /** The services that run a package: those of a cluster or of functions, where there are any. */
  #startedFrom(folder: string): readonly Service[] {
    const known = this.#servicesOf.get(folder);
    if (known) return known;
    const all = this.deployment.services.filter((service) => this.#runs(service, folder));
    const of = (platform: Platform): readonly Service[] => all.filter((service) => service.platform === platform);
    // Compose is what people try things out with, where there is a cluster as well.
    const found = [of('kubernetes'), of('functions'), of('compose')].find((list) => list.length > 0) ?? [];
    this.#servicesOf.set(folder, found);
    return found;
  }

  #runs(service: Service, folder: string): boolean {
    // The nearest folder that the file names and that holds one package alone, or is within one.
    for (const named of service.folders) {
      const within = this.served.filter((item) => isWithin(item, named));
      const around = this.served.filter((item) => item !== '' && isWithin(named, item));
      const deepest = around.sort((a, b) => b.length - a.length)[0];
      if (deepest !== undefined) return deepest === folder;
      if (within.length === 1 && service.isBuilt) return within[0] === folder;
      if (within.length === 0 && this.served.includes('')) return folder === '';
    }
    const names = [service.name, ...service.names].map(bareName);
    const asked = this.#namesOf(folder);
    if (names.some((name) => asked.includes(name))) return true;
    const isMentioned = (item: string): boolean =>
      item !== '' && new RegExp(`(?:^|[\\s/"'])${escaped(item)}(?:$|[\\s/"'])`).test(service.command);
    const mentioned = this.served.filter((item) => isMentioned(item) || isMentioned(this.#packageName(item)));
    if (mentioned.length > 0) return mentioned.includes(folder);
    // One package that serves, one image that is made of the project.
    const made = this.deployment.services.filter(({ platform, isBuilt }) => platform === service.platform && isBuilt);
    return this.served.length === 1 && service.isBuilt && made.length === 1 && service.platform !== 'functions';
  }

  #packageName(folder: string): string {
    return this.packages.find(({ directory }) => directory === folder)?.name ?? '';
  }

  #namesOf(folder: string): readonly string[] {
    return [posix.basename(folder), this.#packageName(folder)].filter((name) => name !== '').map(bareName);
  }
}

/** `@shop/auth-service` and `auth` are one name. */
function bareName(name: string): string {
  return name
    .toLowerCase()
    .replace(/^@[^/]+\//, '')
    .replace(/[_.]/g, '-')
    .replace(/-(?:service|server|svc|api|app|backend)$/, '');
}

function isWithin(folder: string, outer: string): boolean {
  return outer === '' || folder === outer || folder.startsWith(`${outer}/`);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Where a package has several servers, a way without a port, or a server whose port nobody knows, may be of any. */
function leadsTo(way: Listener, server: Server | undefined, others: number): boolean {
  const ports = server?.bindings.flatMap((binding) => binding.ports) ?? [];
  if (way.port !== undefined && ports.length > 0 && others > 0) return ports.includes(way.port);
  return others === 0 || way.port === undefined;
}

function strongest(ways: readonly Listener[], path: string): Reachability | undefined {
  let best: Reachability | undefined;
  for (const way of ways) {
    const listener = way.exposureOf(path);
    if (best && widerOf(best.listener, listener) === best.listener) continue;
    best = { listener, steps: [{ place: way.place, message: way.message }] };
  }
  return best;
}
