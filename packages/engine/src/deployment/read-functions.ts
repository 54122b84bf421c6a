import { posix } from 'node:path';
import type { ProjectDocument } from '../source/project.js';
import { isAtOrBelow, segmentsOf, type Exposure, type Listener, type Service } from './listener.js';
import { readYaml, type YamlValue } from './yaml-value.js';

/** Functions of the Serverless Framework and of AWS SAM, with the events that call them over HTTP. */
export function readFunctions(file: ProjectDocument): readonly Service[] {
  const here = posix.dirname(file.path);
  return readYaml(file).flatMap((root) => [...readServerless(root, here), ...readSam(root, here)]);
}

/** https://www.serverless.com/framework/docs/providers/aws/events/apigateway, https://www.serverless.com/framework/docs/providers/aws/events/http-api */
function readServerless(root: YamlValue, here: string): readonly Service[] {
  const provider = root.get('provider');
  if (!provider) return [];
  const isPrivate = provider.get('endpointType')?.text?.toUpperCase() === 'PRIVATE';
  return (root.get('functions')?.entries ?? []).map(([name, value]) => {
    const events = value.get('events')?.items ?? [];
    const ways = events.flatMap((event) => {
      const http = event.get('http') ?? event.get('httpApi');
      if (!http) return [];
      const path = http.get('path')?.text ?? http.text?.split(/\s+/).pop() ?? '*';
      const asks = http.get('authorizer') ?? http.get('private');
      const exposure =
        isPrivate && event.get('http') ? 'internal' : asks && asks.text !== 'false' ? 'unknown' : 'public';
      return [wayOf(name, path, exposure, http)];
    });
    const url = value.get('url');
    if (url && url.text !== 'false') ways.push(wayOf(name, '*', url.get('authorizer') ? 'unknown' : 'public', url));
    return service(name, here, value.get('handler')?.text, ways);
  });
}

/** https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html */
function readSam(root: YamlValue, here: string): readonly Service[] {
  return (root.get('Resources')?.entries ?? []).flatMap(([name, resource]) => {
    if (resource.get('Type')?.text !== 'AWS::Serverless::Function') return [];
    const properties = resource.get('Properties');
    const all = root.get('Globals', 'Function');
    const setting = (key: string): string => properties?.get(key)?.text ?? all?.get(key)?.text ?? '';
    const ways = (properties?.get('Events')?.entries ?? []).flatMap(([, event]) => {
      const type = event.get('Type')?.text;
      if (type !== 'Api' && type !== 'HttpApi') return [];
      const auth = event.get('Properties', 'Auth', 'Authorizer')?.text;
      const api = event.get('Properties', type === 'Api' ? 'RestApiId' : 'ApiId');
      // An interface of its own may ask for more, wherever it is declared.
      const exposure =
        auth === 'NONE' || (auth === undefined && !api && !root.get('Globals', 'Api')) ? 'public' : 'unknown';
      return [
        wayOf(name, event.get('Properties', 'Path')?.text ?? '*', exposure, event.get('Properties', 'Path') ?? event),
      ];
    });
    const url = properties?.get('FunctionUrlConfig', 'AuthType');
    if (url) ways.push(wayOf(name, '*', url.text === 'NONE' ? 'public' : 'unknown', url));
    return [service(name, posix.join(here, setting('CodeUri')), setting('Handler'), ways)];
  });
}

function wayOf(name: string, path: string, exposure: Exposure, at: YamlValue): Listener {
  const written = path.startsWith('/') ? path : `/${path}`;
  return {
    port: undefined,
    exposureOf: (asked) => (takes(written, asked) ? exposure : 'internal'),
    place: at.place,
    message: `\`${written}\` calls the function \`${name}\``,
  };
}

/** `/orders/{id}` takes one segment, `/{proxy+}` and `*` all that are left. */
function takes(pattern: string, asked: string): boolean {
  const segments = segmentsOf(pattern);
  const open = segments.findIndex((segment) => segment === '*' || /^\{\w+\+\}$/.test(segment));
  const fixed = (open < 0 ? segments : segments.slice(0, open)).map((item) => (/^\{\w+\}$/.test(item) ? '*' : item));
  const inner = segmentsOf(asked);
  if (open < 0 ? inner.length !== fixed.length : inner.length < fixed.length) return false;
  return fixed.every((segment, index) => segment === '*' || isAtOrBelow(inner[index] ?? '', segment));
}

function service(name: string, folder: string, handler: string | undefined, listeners: readonly Listener[]): Service {
  const file = posix.normalize(posix.join(folder, posix.dirname(handler ?? '')));
  return {
    name,
    platform: 'functions',
    names: [],
    folders: file.startsWith('..') ? [] : [file === '.' ? '' : file],
    command: '',
    isBuilt: true,
    listeners,
  };
}
