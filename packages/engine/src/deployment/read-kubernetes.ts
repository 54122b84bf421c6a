import type { ProjectDocument } from '../source/project.js';
import { isAtOrBelow, segmentsOf, type Exposure, type Listener, type Service } from './listener.js';
import { closedByNginx } from './read-nginx.js';
import { nameOfImage } from './read-compose.js';
import { readYaml, type YamlValue } from './yaml-value.js';

/** One object of a cluster. */
interface KubernetesObject {
  readonly kind: string;
  readonly name: string;
  readonly value: YamlValue;
}

const workloadKinds = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

/** The workloads of all manifests, with the services, ingresses, routes and policies that are about them. */
export function readKubernetes(files: readonly ProjectDocument[]): readonly Service[] {
  const objects = files.flatMap((file) => readYaml(file).flatMap((value) => readObject(value)));
  const ofKind = (kind: string): readonly KubernetesObject[] => objects.filter((object) => object.kind === kind);
  const cluster: Cluster = {
    services: ofKind('Service'),
    ingresses: ofKind('Ingress'),
    routes: ofKind('HTTPRoute'),
    gateways: ofKind('Gateway'),
    policies: ofKind('NetworkPolicy'),
  };
  return objects.filter(({ kind }) => workloadKinds.has(kind)).map((workload) => readWorkload(workload, cluster));
}

interface Cluster {
  readonly services: readonly KubernetesObject[];
  readonly ingresses: readonly KubernetesObject[];
  readonly routes: readonly KubernetesObject[];
  readonly gateways: readonly KubernetesObject[];
  readonly policies: readonly KubernetesObject[];
}

function readObject(value: YamlValue): readonly KubernetesObject[] {
  const kind = value.get('kind')?.text;
  if (kind === 'List') return (value.get('items')?.items ?? []).flatMap(readObject);
  return kind === undefined ? [] : [{ kind, name: value.get('metadata', 'name')?.text ?? '', value }];
}

function readWorkload({ kind, name, value }: KubernetesObject, cluster: Cluster): Service {
  const template = value.get('spec', 'template');
  const labels = template?.get('metadata', 'labels');
  const containers = template?.get('spec', 'containers')?.items ?? [];
  const ways = cluster.services
    .filter(({ value: service }) => selects(service.get('spec', 'selector'), labels))
    .flatMap((service) => waysThrough(service, containers, cluster));
  const closed = cluster.policies.find((policy) => isClosedBy(policy, labels));
  const inside: Listener = {
    port: undefined,
    exposureOf: () => 'internal',
    place: (closed?.value ?? value).place,
    message: closed
      ? `the policy \`${closed.name}\` lets other pods alone reach \`${name}\``
      : `no service of the manifests leads to the ${kind} \`${name}\` from outside`,
  };
  return {
    name,
    platform: 'kubernetes',
    names: containers.flatMap((container) => [
      ...(container.get('name')?.texts ?? []),
      ...(container.get('image')?.texts ?? []).map(nameOfImage),
    ]),
    folders: [],
    command: containers.flatMap((item) => ['command', 'args'].flatMap((key) => item.get(key)?.texts ?? [])).join(' '),
    isBuilt: true,
    listeners: closed || ways.length === 0 ? [inside] : ways,
  };
}

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/: every label of the selector is there. */
function selects(selector: YamlValue | undefined, labels: YamlValue | undefined): boolean {
  const asked = selector?.entries ?? [];
  return asked.length > 0 && asked.every(([key, value]) => labels?.get(key)?.text === value.text);
}

/**
 * A policy that names other pods of its own namespace, and nobody else, as those who may come in. One that names namespaces or
 * addresses may mean the very proxy in front: https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
function isClosedBy({ value }: KubernetesObject, labels: YamlValue | undefined): boolean {
  const spec = value.get('spec');
  const selector = spec?.get('podSelector', 'matchLabels');
  if (!selects(selector, labels) || spec?.get('podSelector', 'matchExpressions')) return false;
  const rules = spec?.get('ingress')?.items ?? [];
  const types = spec?.get('policyTypes')?.texts ?? ['Ingress'];
  return (
    types.includes('Ingress') &&
    rules.every((rule) => {
      const sources = rule.get('from')?.items ?? [];
      return (
        sources.length > 0 &&
        sources.every(
          (source) => source.get('podSelector') && !source.get('namespaceSelector') && !source.get('ipBlock'),
        )
      );
    })
  );
}

/** Ways from outside to a service, and the one inside the cluster where there are none. */
function waysThrough(
  service: KubernetesObject,
  containers: readonly YamlValue[],
  cluster: Cluster,
): readonly Listener[] {
  const spec = service.value.get('spec');
  const type = spec?.get('type')?.text ?? 'ClusterIP';
  const ports = (spec?.get('ports')?.items ?? []).map((port) => portOf(port, containers));
  const port = ports.length === 1 ? ports[0] : undefined;
  const ways: Listener[] = [];
  if (type === 'LoadBalancer' || type === 'NodePort') {
    const exposure = exposureOfService(service, type);
    const message = `the service \`${service.name}\` is of type ${type}`;
    for (const target of ports.length > 0 ? ports : [undefined])
      ways.push({
        port: target,
        exposureOf: () => exposure,
        place: (spec?.get('type') ?? service.value).place,
        message,
      });
  }
  for (const ingress of cluster.ingresses) ways.push(...waysOfIngress(ingress, service.name, port));
  for (const route of cluster.routes) ways.push(...waysOfRoute(route, service.name, port, cluster.gateways));
  const message = `the service \`${service.name}\` is of type ${type}, and nothing else leads to it from outside`;
  return ways.length > 0
    ? ways
    : [{ port, exposureOf: () => 'internal', place: (spec?.get('type') ?? service.value).place, message }];
}

/** The port of the container: `targetPort` is a number, or the name of one of its ports. */
function portOf(port: YamlValue, containers: readonly YamlValue[]): number | undefined {
  const target = port.get('targetPort') ?? port.get('port');
  if (target?.number !== undefined) return target.number;
  const named = containers
    .flatMap((container) => container.get('ports')?.items ?? [])
    .find((item) => item.get('name')?.text === target?.text);
  return named?.get('containerPort')?.number;
}

function exposureOfService({ value }: KubernetesObject, type: string): Exposure {
  const annotations = annotationsOf(value);
  const ranges = value.get('spec', 'loadBalancerSourceRanges')?.texts ?? [];
  if (ranges.length > 0 && !ranges.some((range) => range.endsWith('/0'))) return 'internal';
  if (type !== 'LoadBalancer') return 'public';
  return annotations.some(isInternalBalancer) ? 'internal' : 'public';
}

/** https://kubernetes.io/docs/concepts/services-networking/service/#internal-load-balancer, by cloud. */
function isInternalBalancer([key, value]: readonly [string, string]): boolean {
  return (
    (/load-balancer-internal$/.test(key) && /^(?:true|0\.0\.0\.0\/0)$/.test(value)) ||
    (/(?:load-balancer-scheme|load-balancer-type|internal-load-balancer|ingress\.kubernetes\.io\/scheme)$/.test(key) &&
      /^(?:internal|private)$/i.test(value))
  );
}

function annotationsOf(value: YamlValue): readonly (readonly [string, string])[] {
  return (value.get('metadata', 'annotations')?.entries ?? []).map(([key, item]) => [key, item.text ?? ''] as const);
}

/** https://kubernetes.io/docs/concepts/services-networking/ingress/#path-types */
function waysOfIngress(ingress: KubernetesObject, service: string, port: number | undefined): readonly Listener[] {
  const { value, name } = ingress;
  const annotations = annotationsOf(value);
  const className =
    value.get('spec', 'ingressClassName')?.text ??
    annotations.find(([key]) => key === 'kubernetes.io/ingress.class')?.[1];
  const exposure = exposureOfIngress(annotations, className ?? '');
  const rewrites = annotations.some(
    ([key, text]) => /\/(?:rewrite-target|use-regex|app-root)$/.test(key) && text !== 'false',
  );
  const snippets = annotations.filter(([key]) => /-snippet$/.test(key)).map(([, text]) => text);
  const rules = value.get('spec', 'rules')?.items ?? [];
  const paths = rules.flatMap((rule) => rule.get('http', 'paths')?.items ?? []);
  const backends = paths
    .map((path) => ({
      path: path.get('path')?.text ?? '/',
      exact: path.get('pathType')?.text === 'Exact',
      service: path.get('backend', 'service', 'name')?.text ?? path.get('backend', 'serviceName')?.text,
      at: path.get('path') ?? path,
    }))
    .filter((item) => item.service !== undefined);
  const ways = backends
    .filter((backend) => backend.service === service)
    .map(({ path, exact, at }): Listener => {
      const covers = (asked: string): Exposure => {
        if (rewrites) return exposure === 'internal' ? exposure : 'unknown';
        const isCovered = exact ? sameSegments(asked, path) : isAtOrBelow(asked, path);
        // A longer path of the same ingress wins.
        const taken = backends.some(
          (other) =>
            other.service !== service &&
            segmentsOf(other.path).length > segmentsOf(path).length &&
            (other.exact ? sameSegments(asked, other.path) : isAtOrBelow(asked, other.path)),
        );
        if (!isCovered || taken) return 'internal';
        return snippets.some((snippet) => closedByNginx(snippet, asked)) ? 'internal' : exposure;
      };
      return {
        port,
        exposureOf: covers,
        place: at.place,
        message: `the ingress \`${name}\` sends \`${path}\` to \`${service}\``,
      };
    });
  const fallback = value.get('spec', 'defaultBackend', 'service', 'name');
  if (fallback?.text === service)
    ways.push({
      port,
      exposureOf: () => exposure,
      place: fallback.place,
      message: `the ingress \`${name}\` sends what is left to \`${service}\``,
    });
  return ways;
}

function sameSegments(a: string, b: string): boolean {
  return isAtOrBelow(a, b) && segmentsOf(a).length === segmentsOf(b).length;
}

/** What a controller asks of whoever comes, https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/ */
function exposureOfIngress(annotations: readonly (readonly [string, string])[], className: string): Exposure {
  const text = (pattern: RegExp): string | undefined => annotations.find(([key]) => pattern.test(key))?.[1];
  const ranges = text(/\/(?:whitelist-source-range|allowlist-source-range|inbound-cidrs)$/);
  if (ranges !== undefined && !/\/0(?:\s|,|$)/.test(ranges)) return 'internal';
  if (annotations.some(isInternalBalancer) || /(?:^|[-_.])(?:internal|private)(?:$|[-_.])/i.test(className))
    return 'internal';
  const asks = /\/(?:auth-url|auth-signin|auth-type|auth-tls-secret|router\.middlewares|plugins)$/;
  return text(asks) === undefined ? 'public' : 'unknown';
}

/** https://gateway-api.sigs.k8s.io/api-types/httproute/ */
function waysOfRoute(
  { name, value }: KubernetesObject,
  service: string,
  port: number | undefined,
  gateways: readonly KubernetesObject[],
): readonly Listener[] {
  const parents = value.get('spec', 'parentRefs')?.items ?? [];
  const exposure = exposureOfGateway(parents, gateways);
  const ways: Listener[] = [];
  for (const rule of value.get('spec', 'rules')?.items ?? []) {
    const backends = (rule.get('backendRefs')?.items ?? []).flatMap((item) => item.get('name')?.text ?? []);
    if (!backends.includes(service)) continue;
    const filters = (rule.get('filters')?.items ?? []).flatMap((item) => item.get('type')?.text ?? []);
    const moved = filters.some((type) => type === 'URLRewrite' || type === 'ExtensionRef');
    const matches = rule.get('matches')?.items ?? [];
    const paths = matches.length > 0 ? matches.map((match) => match.get('path')) : [undefined];
    paths.forEach((path) => {
      const written = path?.get('value')?.text ?? '/';
      const type = path?.get('type')?.text ?? 'PathPrefix';
      const covers = (asked: string): Exposure => {
        if (moved || type === 'RegularExpression') return exposure === 'internal' ? exposure : 'unknown';
        const isCovered = type === 'Exact' ? sameSegments(asked, written) : isAtOrBelow(asked, written);
        return isCovered ? exposure : 'internal';
      };
      const message = `the route \`${name}\` of the gateway sends \`${written}\` to \`${service}\``;
      ways.push({ port, exposureOf: covers, place: (path ?? rule).place, message });
    });
  }
  return ways;
}

/** Within a mesh the parent of a route is a service; of a gateway that is not in the manifests, nobody knows where it listens. */
function exposureOfGateway(parents: readonly YamlValue[], gateways: readonly KubernetesObject[]): Exposure {
  const asked = parents.filter((parent) => (parent.get('kind')?.text ?? 'Gateway') === 'Gateway');
  if (asked.length === 0) return 'internal';
  const exposures = asked.map((parent): Exposure => {
    const gateway = gateways.find(({ name }) => name === parent.get('name')?.text);
    if (!gateway) return 'unknown';
    const { value } = gateway;
    const infrastructure = (value.get('spec', 'infrastructure', 'annotations')?.entries ?? []).map(
      ([key, item]) => [key, item.text ?? ''] as const,
    );
    const className = value.get('spec', 'gatewayClassName')?.text ?? '';
    const isInternal =
      [...annotationsOf(value), ...infrastructure].some(isInternalBalancer) ||
      /(?:^|[-_.])(?:internal|private|rilb|mesh)(?:$|[-_.])/i.test(className);
    return isInternal ? 'internal' : 'public';
  });
  return exposures.includes('public') ? 'public' : exposures.includes('unknown') ? 'unknown' : 'internal';
}

/** Objects of a cluster have a kind. */
export function isKubernetes(file: ProjectDocument): boolean {
  return file.kind === 'manifest' && /^kind: /m.test(file.text);
}
