import { createTextPlaces } from '../schema/text-places.js';
import type { ProjectDocument } from '../source/project.js';
import type { Exposure, Listener } from './listener.js';
import { readNginxBlocks, type Directive } from './nginx-blocks.js';

/** What a server of nginx hands on: to whom, and over which way. */
export interface ProxiedListener extends Listener {
  /** The host that it is handed to, a name of a service or of the machine itself. */
  readonly host: string;
}

/** Where a request goes that a location takes. */
interface Location {
  readonly kind: 'exact' | 'prefix' | 'firm' | 'pattern';
  readonly path: string;
  readonly block: readonly Directive[];
  readonly directive: Directive;
}

/** What the servers of a configuration of nginx hand on. */
export function readNginx(file: ProjectDocument): readonly ProxiedListener[] {
  const places = createTextPlaces(file.path, file.text);
  const top = readNginxBlocks(file.text);
  const http = [...top, ...blocksOf(top, 'http')];
  return blocksOf(http, 'server', true).flatMap((server) => {
    const locations = locationsOf(server);
    const inner = [...http, ...server];
    const exposure = exposureOfServer(server);
    return locations.flatMap((location): readonly ProxiedListener[] => {
      const pass = location.block.find(({ name }) => name === 'proxy_pass');
      const { hosts, uri } = targetOf(pass, inner);
      return hosts.map(({ host, port }) => ({
        host,
        port,
        place: places.place(location.directive.start, location.directive.end),
        message: `nginx hands \`${location.path}\` on to \`${host}\``,
        exposureOf: (asked) => exposureThrough(asked, location, uri, locations, server, exposure),
      }));
    });
  });
}

/** Whether a piece of configuration, as an ingress is given one, turns everybody away who asks for a path. */
export function closedByNginx(text: string, path: string): boolean {
  const block = readNginxBlocks(text);
  const location = findLocation(path, locationsOf(block));
  return location !== undefined && location !== 'unknown' && askedBy(location.block) === 'internal';
}

/** The inner directives of all blocks of a name; one list for each where `apart`. */
function blocksOf(directives: readonly Directive[], name: string): readonly Directive[];
function blocksOf(directives: readonly Directive[], name: string, apart: true): readonly (readonly Directive[])[];
function blocksOf(directives: readonly Directive[], name: string, apart = false): readonly unknown[] {
  const blocks = directives.filter((item) => item.name === name).map((item) => item.block ?? []);
  return apart ? blocks : blocks.flat();
}

function locationsOf(server: readonly Directive[]): readonly Location[] {
  return server.flatMap((directive): readonly Location[] => {
    if (directive.name !== 'location' || !directive.block) return [];
    const [first = '', second] = directive.words;
    const path = second ?? first;
    const kind = second === undefined ? 'prefix' : first === '=' ? 'exact' : first === '^~' ? 'firm' : 'pattern';
    return path.startsWith('@') ? [] : [{ kind, path, block: directive.block, directive }];
  });
}

/** Addresses of its own machine alone, or of all its networks. */
function exposureOfServer(server: readonly Directive[]): Exposure {
  const listens = server.filter(({ name }) => name === 'listen').map(({ words }) => words[0] ?? '');
  const isLocal = listens.length > 0 && listens.every((text) => /^(?:127\.|localhost|\[::1\]|unix:)/.test(text));
  return isLocal ? 'internal' : askedBy(server);
}

/** Who is let through: nobody from outside, whoever proves something, or everybody. */
function askedBy(block: readonly Directive[]): Exposure {
  const named = (name: string): readonly Directive[] => block.filter((item) => item.name === name);
  if (named('internal').length > 0) return 'internal';
  if (named('return').some(({ words }) => /^(?:4\d\d)$/.test(words[0] ?? ''))) return 'internal';
  const allows = named('allow').map(({ words }) => words[0] ?? '');
  const denies = named('deny').some(({ words }) => words[0] === 'all');
  const either = named('satisfy').some(({ words }) => words[0] === 'any');
  if (denies && !allows.some((address) => address === 'all' || address.endsWith('/0')) && !either) return 'internal';
  const asks =
    named('auth_request').some(({ words }) => words[0] !== 'off') ||
    named('auth_basic').some(({ words }) => words[0] !== 'off') ||
    named('auth_jwt').some(({ words }) => words[0] !== 'off') ||
    named('ssl_verify_client').some(({ words }) => words[0] === 'on');
  // Blocks of conditions and rewritten paths are not run.
  return asks || named('if').length > 0 || named('rewrite').length > 0 ? 'unknown' : 'public';
}

/** The host behind `proxy_pass http://name:port/path`, servers of an upstream by its name. */
function targetOf(
  pass: Directive | undefined,
  around: readonly Directive[],
): { readonly hosts: readonly { host: string; port: number | undefined }[]; readonly uri: string | undefined } {
  const [, address, uri] = /^https?:\/\/([^/]+)(\/.*)?$/.exec(pass?.words[0] ?? '') ?? [];
  if (address === undefined) return { hosts: [], uri };
  const upstream = around.find(({ name, words }) => name === 'upstream' && words[0] === address);
  const servers = upstream?.block?.filter(({ name }) => name === 'server').map(({ words }) => words[0] ?? '');
  return { hosts: (servers ?? [address]).map(hostAndPort), uri };
}

function hostAndPort(address: string): { host: string; port: number | undefined } {
  const [host = '', port] = address.split(':');
  return { host, port: port !== undefined && /^\d+$/.test(port) ? Number(port) : undefined };
}

/** With a path of its own, `proxy_pass` puts it in the place of the location's: https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass */
function exposureThrough(
  asked: string,
  location: Location,
  uri: string | undefined,
  locations: readonly Location[],
  server: readonly Directive[],
  exposure: Exposure,
): Exposure {
  if (exposure === 'internal') return exposure;
  if (location.kind === 'pattern' || uri?.includes('$')) return 'unknown';
  const outside =
    uri === undefined ? asked : asked.startsWith(uri) ? location.path + asked.slice(uri.length) : undefined;
  if (outside === undefined) return 'internal';
  const taken = findLocation(outside, locations);
  if (taken === 'unknown') return 'unknown';
  if (taken !== location) return 'internal';
  const inherits = location.block.some(({ name }) => name === 'allow' || name === 'deny') ? [] : server;
  const inherited = inherits.filter(({ name }) => name === 'allow' || name === 'deny');
  const own = askedBy([...location.block, ...inherited]);
  return own === 'public' ? exposure : own;
}

/** The location that takes a request: https://nginx.org/en/docs/http/ngx_http_core_module.html#location */
function findLocation(path: string, locations: readonly Location[]): Location | 'unknown' | undefined {
  const exact = locations.find((location) => location.kind === 'exact' && location.path === path);
  if (exact) return exact;
  let best: Location | undefined;
  for (const location of locations)
    if (
      (location.kind === 'prefix' || location.kind === 'firm') &&
      path.startsWith(location.path) &&
      location.path.length > (best?.path.length ?? -1)
    )
      best = location;
  if (best?.kind === 'firm') return best;
  for (const location of locations) {
    if (location.kind !== 'pattern') continue;
    const matches = patternTakes(location.path, path);
    if (matches === true) return location;
    if (matches === undefined) return 'unknown';
  }
  return best;
}

/** Patterns are not run: `^/internal` and `\.(js|css)$` are told by their form, and of others nothing is known. */
function patternTakes(pattern: string, path: string): boolean | undefined {
  if (/^\\?\.\(?[\w|?*+:\\.]+\)?\$$/.test(pattern)) return path.includes('.') ? undefined : false;
  const [, prefix] = /^\^((?:\/[\w-]+)+)(?:\/?(?:\(?\.[*+]\)?)?\$?|\(\/\|\$\)|\/)?$/.exec(pattern) ?? [];
  if (prefix === undefined) return undefined;
  return path === prefix || path.startsWith(`${prefix}/`);
}
