import { expect, it } from 'vitest';
import { readNginx } from './read-nginx.js';

function read(server: string, around = '') {
  const text = `events {}\nhttp {\n${around}\nserver {\n${server}\n}\n}\n`;
  return readNginx({ path: 'nginx.conf', kind: 'nginx', text });
}

function exposureOf(path: string, server: string): string {
  const exposures = new Set(read(server).map((way) => way.exposureOf(path)));
  return exposures.has('public') ? 'public' : exposures.has('unknown') ? 'unknown' : 'internal';
}

const all = 'location / { proxy_pass http://api:3000; }';

it.each([
  ['/internal', all, 'public'],
  ['/internal', 'location /api { proxy_pass http://api; }', 'internal'],
  ['/internal', `${all} location /internal { deny all; }`, 'internal'],
  ['/internal/x', `${all} location /internal { deny all; }`, 'internal'],
  ['/internal/x', `${all} location = /internal { deny all; }`, 'public'],
  ['/internal', `${all} location /internal { return 404; }`, 'internal'],
  ['/internal', `${all} location /internal { internal; proxy_pass http://api; }`, 'internal'],
  ['/internal', `${all} location /internal { allow 10.0.0.0/8; deny all; proxy_pass http://api; }`, 'internal'],
  ['/internal', `${all} location /internal { allow all; proxy_pass http://api; }`, 'public'],
  ['/internal', `${all} location /internal { auth_basic "staff"; proxy_pass http://api; }`, 'unknown'],
  ['/internal', `${all} location ~ ^/internal { deny all; }`, 'internal'],
  ['/internal', `${all} location ~ ^/(a|i)n { deny all; }`, 'unknown'],
  ['/internal', `${all} location ~ \\.(js|css)$ { root /srv; }`, 'public'],
  ['/internal', `location ^~ /internal { proxy_pass http://api; } location ~ n { deny all; }`, 'public'],
  ['/internal/x', 'location /api/ { proxy_pass http://api/; }', 'public'],
  ['/internal/x', 'location /api/ { proxy_pass http://api/; } location /api/internal { deny all; }', 'internal'],
  ['/internal/x', 'location /api/ { proxy_pass http://api/v1/; }', 'internal'],
  ['/internal', `listen 127.0.0.1:80; ${all}`, 'internal'],
  ['/internal', `listen unix:/run/nginx.sock; ${all}`, 'internal'],
  ['/internal', `ssl_verify_client on; ${all}`, 'unknown'],
  ['/internal', `deny all; ${all}`, 'internal'],
  ['/internal', `# location / { proxy_pass http://api; }`, 'internal'],
])('reaches %s behind %s', (path, server, expected) => {
  expect(exposureOf(path, server)).toBe(expected);
});

it('follows an upstream to its servers and gives the place of the location', () => {
  const ways = read(
    `  location / { proxy_pass http://backend; }`,
    'upstream backend { server auth:4000 weight=2; server 127.0.0.1:4001; }',
  );
  expect(ways).toMatchObject([
    { host: 'auth', port: 4000, place: { file: 'nginx.conf', line: 5, column: 3, endColumn: 13 } },
    { host: '127.0.0.1', port: 4001 },
  ]);
});

it.each(['{', '}', '}}}', 'server {', 'server { location', 'location "', 'a { '.repeat(5000), '"\\', '${', '\0'])(
  'ends on %s',
  (text) => {
    expect(() => readNginx({ path: 'nginx.conf', kind: 'nginx', text })).not.toThrow();
  },
);
