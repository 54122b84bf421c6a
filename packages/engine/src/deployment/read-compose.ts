import { posix } from 'node:path';
import type { ProjectDocument } from '../source/project.js';
import type { Exposure, Listener, Service } from './listener.js';
import { readYaml, type YamlValue } from './yaml-value.js';

/** What stands in front of others: whom it lets through to whom is written elsewhere. */
const proxyImage = /(?:^|\/)(?:nginx|nginx-proxy|traefik|caddy|haproxy|envoy|kong|apisix|cloudflared|ngrok)(?:[:@]|$)/;

/** The services of a Compose file: https://docs.docker.com/reference/compose-file/services/ */
export function readCompose(file: ProjectDocument): readonly Service[] {
  return readYaml(file).flatMap((root) => {
    const services = root.get('services')?.entries ?? [];
    const hasProxy = services.some(([, service]) => proxyImage.test(service.get('image')?.text ?? ''));
    return services.map(([name, service]) => readService(name, service, file, hasProxy));
  });
}

function readService(name: string, service: YamlValue, file: ProjectDocument, hasProxy: boolean): Service {
  const here = posix.dirname(file.path);
  const build = service.get('build');
  const context = substituted(build?.text ?? build?.get('context')?.text ?? (build ? '.' : ''));
  const dockerfile = build?.get('dockerfile')?.text;
  const image = service.get('image')?.text;
  const folders = build
    ? [
        ...(dockerfile === undefined ? [] : [folderWithin(here, context, posix.dirname(dockerfile))]),
        folderWithin(here, context),
      ]
    : [];
  return {
    name,
    platform: 'compose',
    names: [
      build?.get('target')?.text,
      service.get('container_name')?.text,
      image === undefined ? undefined : nameOfImage(image),
    ].filter((item) => item !== undefined),
    folders: folders.filter((folder) => folder !== undefined),
    command: ['command', 'entrypoint'].flatMap((key) => service.get(key)?.texts ?? []).join(' '),
    isBuilt: build !== undefined,
    listeners: listenersOf(name, service, hasProxy),
  };
}

/** `registry/team/auth-service:1.2` is called `auth-service`. */
export function nameOfImage(image: string): string {
  return posix.basename(image).replace(/[:@].*$/, '');
}

function listenersOf(name: string, service: YamlValue, hasProxy: boolean): readonly Listener[] {
  const ports = service.get('ports')?.items ?? [];
  const published = ports.flatMap((port) => readPort(name, port) ?? []);
  const network = service.get('network_mode');
  if (network?.text === 'host')
    return [wayTo('public', undefined, network, `\`${name}\` shares the network of its host`)];
  const routed = labelsOf(service).find(([label]) => /^traefik\.http\.routers\.|^caddy(?:_|$)/.test(label));
  // Who is let through by such a rule is said in the language of the proxy.
  if (routed) return [...published, wayTo('unknown', undefined, routed[1], `a proxy routes requests to \`${name}\``)];
  if (published.length > 0) return published;
  const exposure = hasProxy ? 'unknown' : 'internal';
  return [wayTo(exposure, undefined, service, `\`${name}\` publishes no port`)];
}

function wayTo(exposure: Exposure, port: number | undefined, at: YamlValue, message: string): Listener {
  return { port, exposureOf: () => exposure, place: at.place, message };
}

/** `"127.0.0.1:8080:3000"`, `{ target: 3000, published: 8080, host_ip: 127.0.0.1 }`: without an address, all of the host's. */
function readPort(name: string, port: YamlValue): Listener | undefined {
  const written = port.isMap ? writtenOut(port) : port.text;
  if (written === undefined || /\/udp$/.test(written)) return undefined;
  const text = substituted(written).replace(/\/tcp$/, '');
  const [, address, host, container] =
    /^(?:(\[[\d:a-f]*\]|[^:]*):(?=[^:]*:))?(?:([^:]*):)?(\d+)(?:-\d+)?$/.exec(text) ?? [];
  if (container === undefined)
    return wayTo('unknown', undefined, port, `a port of \`${name}\` is published as a setting says`);
  const target = Number(container);
  if (address !== undefined && /^(?:127\.|\[?::1|localhost$)/.test(address))
    return wayTo('internal', target, port, `port ${container} of \`${name}\` is published to its own host alone`);
  if (address !== undefined && !/^(?:0\.0\.0\.0|\[?::\]?|)$/.test(address))
    return wayTo('unknown', target, port, `port ${container} of \`${name}\` is published at one address`);
  const as = host === undefined || host === '' || host === container ? '' : ` as ${host}`;
  return wayTo('public', target, port, `port ${container} of \`${name}\` is published${as}`);
}

function writtenOut(port: YamlValue): string | undefined {
  const [target, published, address] = ['target', 'published', 'host_ip'].map((key) => port.get(key)?.text);
  if (target === undefined || port.get('protocol')?.text === 'udp') return undefined;
  return address === undefined ? `${published ?? ''}:${target}` : `${address}:${published ?? ''}:${target}`;
}

function labelsOf(service: YamlValue): readonly (readonly [string, YamlValue])[] {
  const labels = service.get('labels');
  return [
    ...(labels?.entries ?? []),
    ...(labels?.items ?? []).map((item) => [(item.text ?? '').split('=', 1).join(''), item] as const),
  ];
}

/** `${NAME:-8080}` is 8080 where nobody sets it. */
function substituted(text: string): string {
  return text.replace(/\$\{\w+:?-([^}]*)\}/g, '$1');
}

/** A folder relative to the root; `undefined` where it lies outside of it, or on another machine. */
function folderWithin(...parts: readonly string[]): string | undefined {
  const joined = posix.normalize(posix.join(...parts)).replace(/\/$/, '');
  if (joined.startsWith('..') || joined.startsWith('/') || parts.some((part) => /^https?:|^git@|\$/.test(part)))
    return undefined;
  return joined === '.' ? '' : joined;
}
