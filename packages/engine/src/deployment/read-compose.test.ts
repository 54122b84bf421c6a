import { expect, it } from 'vitest';
import { readCompose } from './read-compose.js';

function read(text: string) {
  return readCompose({ path: 'ops/docker-compose.yml', kind: 'compose', text });
}

function exposureOfPort(port: string): unknown {
  const [service] = read(`services:\n  api:\n    build: .\n    ports: [${port}]\n`);
  return service?.listeners.map((listener) => [listener.port, listener.exposureOf('/')]);
}

it.each([
  [`'3000:3000'`, [[3000, 'public']]],
  [`'3000'`, [[3000, 'public']]],
  [`3000`, [[3000, 'public']]],
  [`'8080:3000/tcp'`, [[3000, 'public']]],
  [`'0.0.0.0:8080:3000'`, [[3000, 'public']]],
  [`'127.0.0.1:8080:3000'`, [[3000, 'internal']]],
  [`'127.0.0.1::3000'`, [[3000, 'internal']]],
  [`'[::1]:8080:3000'`, [[3000, 'internal']]],
  [`'10.0.0.4:8080:3000'`, [[3000, 'unknown']]],
  [`'\${BIND:-127.0.0.1}:8080:3000'`, [[3000, 'internal']]],
  [`'\${BIND}:8080:3000'`, [[3000, 'unknown']]],
  [`'\${PORT:-8080}:3000'`, [[3000, 'public']]],
  [`'8080:\${PORT}'`, [[undefined, 'unknown']]],
  [`'53:53/udp'`, [[undefined, 'internal']]],
  [`{ target: 3000, published: '8080' }`, [[3000, 'public']]],
  [`{ target: 3000, published: '8080', host_ip: 127.0.0.1 }`, [[3000, 'internal']]],
])('reads the port %s', (port, expected) => {
  expect(exposureOfPort(port)).toEqual(expected);
});

it('takes a service without ports for internal, unless a proxy stands in front of it', () => {
  const alone = read(`services:\n  api: { build: ., expose: ['3000'] }\n`);
  expect(alone[0]?.listeners[0]?.exposureOf('/')).toBe('internal');
  const behind = read(`services:\n  api: { build: . }\n  edge: { image: 'traefik:v3', ports: ['80:80'] }\n`);
  expect(behind[0]?.listeners[0]?.exposureOf('/')).toBe('unknown');
});

it('merges what an anchor brings and gives the place of the port', () => {
  const [service] = read(`x-web: &web\n  ports: ['80:3000']\nservices:\n  api:\n    <<: *web\n    build: ../api\n`);
  expect(service?.listeners[0]).toMatchObject({
    port: 3000,
    place: { file: 'ops/docker-compose.yml', line: 2, column: 11 },
  });
  expect(service?.folders).toEqual(['api']);
});

it('names the folders of a build', () => {
  const [service] = read(
    `services:\n  api:\n    build: { context: .., dockerfile: apps/api/Dockerfile, target: auth }\n`,
  );
  expect(service).toMatchObject({ folders: ['apps/api', ''], names: ['auth'], isBuilt: true });
});

it.each([
  'services: [',
  'services: { a: &a { <<: *a } }',
  '- 1',
  '',
  'services: { api: null }',
  'services: { api: { ports: 3 } }',
])('does not fail on %s', (text) => {
  expect(() => read(text).flatMap(({ listeners }) => listeners.map((way) => way.exposureOf('/')))).not.toThrow();
});
