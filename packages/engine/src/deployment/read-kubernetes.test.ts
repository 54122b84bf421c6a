import { expect, it } from 'vitest';
import { readKubernetes } from './read-kubernetes.js';

const workload = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: api }
spec:
  template:
    metadata: { labels: { app: api, tier: web } }
    spec: { containers: [{ name: main, image: 'registry.example.com/shop/api:1', ports: [{ name: http, containerPort: 3000 }] }] }
`;
const service = (spec: string, annotations = '{}') => `
kind: Service
metadata: { name: api, annotations: ${annotations} }
spec: { selector: { app: api }, ports: [{ port: 80, targetPort: http }], ${spec} }
`;
const ingress = (paths: string, annotations = '{}', className = 'nginx') => `
kind: Ingress
metadata: { name: web, annotations: ${annotations} }
spec: { ingressClassName: ${className}, rules: [{ http: { paths: [${paths}] } }] }
`;
const to = (path: string, name = 'api', type = 'Prefix') =>
  `{ path: ${path}, pathType: ${type}, backend: { service: { name: ${name} } } }`;
const route = (matches: string, rest = '') => `
kind: HTTPRoute
metadata: { name: web }
spec: { parentRefs: [{ name: edge }], rules: [{ matches: [${matches}], backendRefs: [{ name: api }] ${rest} }] }
`;
const gateway = (className: string) => `
kind: Gateway
metadata: { name: edge }
spec: { gatewayClassName: ${className} }
`;
const policy = (from: string) => `
kind: NetworkPolicy
metadata: { name: closed }
spec: { podSelector: { matchLabels: { app: api } }, policyTypes: [Ingress], ingress: [{ from: [${from}] }] }
`;

function exposureOf(path: string, ...objects: readonly string[]): string {
  const text = [workload, ...objects].join('---');
  const [found] = readKubernetes([{ path: 'k8s.yaml', kind: 'manifest', text }]);
  const exposures = new Set(found?.listeners.map((listener) => listener.exposureOf(path)));
  return exposures.has('public') ? 'public' : exposures.has('unknown') ? 'unknown' : 'internal';
}

const cluster = service('type: ClusterIP');

it.each([
  ['no service', '/internal', [], 'internal'],
  ['a service of the cluster', '/internal', [cluster], 'internal'],
  ['a load balancer', '/internal', [service('type: LoadBalancer')], 'public'],
  ['a port of the node', '/internal', [service('type: NodePort')], 'public'],
  [
    'an internal load balancer',
    '/internal',
    [service('type: LoadBalancer', `{ service.beta.kubernetes.io/aws-load-balancer-internal: 'true' }`)],
    'internal',
  ],
  [
    'a balancer for one network',
    '/',
    [service('type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8]')],
    'internal',
  ],
  ['a service of other pods', '/', [service('type: LoadBalancer').replace('app: api }', 'app: other }')], 'internal'],
  ['a path in front of it', '/internal/x', [cluster, ingress(to('/internal'))], 'public'],
  ['the root', '/internal/x', [cluster, ingress(to('/'))], 'public'],
  ['another path', '/internal/x', [cluster, ingress(to('/api'))], 'internal'],
  ['half a segment', '/internal-chat', [cluster, ingress(to('/internal'))], 'internal'],
  ['an exact path', '/internal/x', [cluster, ingress(to('/internal', 'api', 'Exact'))], 'internal'],
  [
    'a longer path of another service',
    '/internal/x',
    [cluster, ingress(`${to('/')}, ${to('/internal', 'other')}`)],
    'internal',
  ],
  ['an ingress of another service', '/internal', [cluster, ingress(to('/', 'other'))], 'internal'],
  ['an internal class', '/internal', [cluster, ingress(to('/'), '{}', 'nginx-internal')], 'internal'],
  [
    'a list of addresses',
    '/internal',
    [cluster, ingress(to('/'), '{ nginx.ingress.kubernetes.io/whitelist-source-range: 10.0.0.0/8 }')],
    'internal',
  ],
  [
    'a log-in at the ingress',
    '/internal',
    [cluster, ingress(to('/'), '{ nginx.ingress.kubernetes.io/auth-url: https://id.example.com }')],
    'unknown',
  ],
  [
    'a path that is rewritten',
    '/internal',
    [cluster, ingress(to('/'), `{ nginx.ingress.kubernetes.io/rewrite-target: '/$1' }`)],
    'unknown',
  ],
  [
    'a snippet that closes it',
    '/internal/x',
    [cluster, ingress(to('/'), `{ nginx.ingress.kubernetes.io/server-snippet: 'location /internal { deny all; }' }`)],
    'internal',
  ],
  [
    'a route of a gateway',
    '/internal',
    [cluster, gateway('gke-l7-global-external'), route('{ path: { value: / } }')],
    'public',
  ],
  ['a route without matches', '/internal', [cluster, gateway('istio'), route('')], 'public'],
  [
    'a route for another path',
    '/internal',
    [cluster, gateway('istio'), route('{ path: { value: /api } }')],
    'internal',
  ],
  [
    'a route of an internal gateway',
    '/',
    [cluster, gateway('gke-l7-rilb'), route('{ path: { value: / } }')],
    'internal',
  ],
  ['a route of a gateway elsewhere', '/', [cluster, route('{ path: { value: / } }')], 'unknown'],
  [
    'a policy for pods',
    '/',
    [service('type: LoadBalancer'), policy('{ podSelector: { matchLabels: { app: web } } }')],
    'internal',
  ],
  ['a policy for a namespace', '/', [service('type: LoadBalancer'), policy('{ namespaceSelector: {} }')], 'public'],
])('with %s in the manifests', (_, path, objects, expected) => {
  expect(exposureOf(path, ...objects)).toBe(expected);
});

it('names the container port that a service leads to, and the image', () => {
  const text = [workload, service('type: LoadBalancer')].join('---');
  const [found] = readKubernetes([{ path: 'k8s.yaml', kind: 'manifest', text }]);
  expect(found).toMatchObject({ name: 'api', names: ['main', 'api'] });
  expect(found?.listeners[0]).toMatchObject({ port: 3000, place: { file: 'k8s.yaml' } });
});
