import { posix } from 'node:path';
import type { ProjectDocument } from '../source/project.js';
import {
  codeOf,
  methodOf,
  shownFunctionPath,
  sourcesOf,
  type DeployedFunction,
  type Demand,
  type FunctionRoute,
} from './deployed-function.js';
import { readYaml, type YamlValue } from './yaml-value.js';

/** Functions of the Serverless Framework and of AWS SAM, with what their gateways ask of a request. */
export function readDeployedFunctions(file: ProjectDocument): readonly DeployedFunction[] {
  const here = posix.dirname(file.path);
  return readYaml(file).flatMap((root) => [...readServerless(root, here), ...readSam(root, here)]);
}

/** https://www.serverless.com/framework/docs/providers/aws/events/apigateway, https://www.serverless.com/framework/docs/providers/aws/events/http-api */
function readServerless(root: YamlValue, here: string): readonly DeployedFunction[] {
  const functions = root.get('functions');
  if (!root.get('provider') || !functions) return [];
  const names = new Set(functions.entries.map(([name]) => name));
  return functions.entries.flatMap(([name, value]) => {
    const code = codeOf(here, value.get('handler')?.text ?? '');
    if (!code) return [];
    const routes = (value.get('events')?.items ?? []).flatMap((event): readonly FunctionRoute[] => {
      const rest = event.get('http');
      const http = rest ?? event.get('httpApi');
      if (!http) return [];
      const [written = '', short] = (http.text ?? '').trim().split(/\s+/).reverse();
      const path = http.get('path')?.text ?? (written === '' ? '*' : written);
      const demands = rest ? restDemands(rest, root, names) : httpDemands(http, root, names);
      return [routeOf(http.get('method')?.text ?? short, path, demands)];
    });
    const url = value.get('url');
    if (url && url.text !== 'false') routes.push(routeOf(undefined, '*', urlDemands(url.get('authorizer'))));
    return [functionOf(name, functions, sourcesOf(code.module), code.exported, routes)];
  });
}

function restDemands(http: YamlValue, root: YamlValue, functions: ReadonlySet<string>): readonly Demand[] {
  const demands: Demand[] = [];
  const authorizer = http.get('authorizer');
  if (authorizer) demands.push(restAuthorizer(authorizer, root, functions));
  const isPrivate = http.get('private');
  if (isPrivate && isPrivate.text !== 'false')
    demands.push({ name: 'API key', place: isPrivate.place, proves: 'api-key' });
  return demands;
}

function restAuthorizer(authorizer: YamlValue, root: YamlValue, functions: ReadonlySet<string>): Demand {
  const name = authorizer.text ?? authorizer.get('name')?.text;
  const type = authorizer.get('type')?.text ?? authorizer.text;
  const { place } = authorizer;
  if (/^aws_iam$/i.test(type ?? '')) return { name: 'IAM', place, proves: 'signature' };
  const arn = authorizer.get('arn') ?? authorizer;
  if (/^cognito_user_pools$/i.test(type ?? '') || isUserPool(arn, root))
    return { name: name ?? 'Cognito', place, proves: 'token' };
  if (name !== undefined && functions.has(name)) return { name, place, decidedBy: name };
  return { name: name ?? 'authorizer', place };
}

function isUserPool(arn: YamlValue, root: YamlValue): boolean {
  if (arn.text?.startsWith('arn:aws:cognito-idp:')) return true;
  const resource = referenceOf(arn);
  const type = resource === undefined ? undefined : root.get('resources', 'Resources', resource, 'Type')?.text;
  return type === 'AWS::Cognito::UserPool';
}

function httpDemands(http: YamlValue, root: YamlValue, functions: ReadonlySet<string>): readonly Demand[] {
  const authorizer = http.get('authorizer');
  if (!authorizer) return [];
  const { place } = authorizer;
  const type = authorizer.get('type')?.text ?? authorizer.text;
  if (/^aws_iam$/i.test(type ?? '')) return [{ name: 'IAM', place, proves: 'signature' }];
  const name = authorizer.text ?? authorizer.get('name')?.text ?? 'authorizer';
  if (type?.toLowerCase() === 'jwt') return [{ name, place, proves: 'token' }];
  const declared = root.get('provider', 'httpApi', 'authorizers', name);
  if (!declared?.isMap) return [{ name, place }];
  const kind = declared.get('type')?.text?.toLowerCase() ?? 'jwt';
  if (kind === 'jwt') return [{ name, place: declared.place, proves: 'token' }];
  const decidedBy = declared.get('functionName')?.text;
  return [{ name, place, ...(decidedBy !== undefined && functions.has(decidedBy) ? { decidedBy } : {}) }];
}

function urlDemands(authorizer: YamlValue | undefined): readonly Demand[] {
  if (!authorizer) return [];
  const isIam = /^aws_iam$/i.test(authorizer.text ?? '');
  return [{ name: 'IAM', place: authorizer.place, ...(isIam ? { proves: 'signature' } : {}) }];
}

/** https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html */
function readSam(root: YamlValue, here: string): readonly DeployedFunction[] {
  const resources = root.get('Resources');
  if (!resources) return [];
  const names = new Set(resources.entries.filter(([, value]) => isFunction(value)).map(([name]) => name));
  return resources.entries.flatMap(([name, resource]) => {
    if (!isFunction(resource)) return [];
    const setting = (key: string): string =>
      resource.get('Properties', key)?.text ?? root.get('Globals', 'Function', key)?.text ?? '';
    const folder = posix.join(here, setting('CodeUri'));
    const code = codeOf(folder.replace(/\/$/, ''), setting('Handler'));
    if (!code) return [];
    const entries = resource.get('Metadata', 'BuildProperties', 'EntryPoints')?.texts ?? [];
    const built = entries.map((entry) => posix.join(folder, entry.replace(/\.[cm]?[jt]sx?$/, '')));
    const routes = (resource.get('Properties', 'Events')?.entries ?? []).flatMap(([, event]) => {
      const type = event.get('Type')?.text;
      const properties = event.get('Properties');
      if (type !== 'Api' && type !== 'HttpApi') return [];
      const written = properties?.get('Path')?.text ?? '*';
      return [routeOf(properties?.get('Method')?.text, written, samDemands(event, type, root, names))];
    });
    const url = resource.get('Properties', 'FunctionUrlConfig', 'AuthType');
    if (url) routes.push(routeOf(undefined, '*', url.text === 'NONE' ? [] : urlDemands(url)));
    // Where a module was bundled, its name is that of the bundle.
    const modules = entries.length === 1 ? built : [...sourcesOf(code.module), ...built];
    return [functionOf(name, resources, modules, code.exported, routes)];
  });
}

function isFunction(resource: YamlValue): boolean {
  return resource.get('Type')?.text === 'AWS::Serverless::Function';
}

/** https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-controlling-access-to-apis.html */
function samDemands(
  event: YamlValue,
  type: string,
  root: YamlValue,
  functions: ReadonlySet<string>,
): readonly Demand[] {
  const own = event.get('Properties', 'Auth');
  const reference = event.get('Properties', type === 'Api' ? 'RestApiId' : 'ApiId');
  const declared = reference && root.get('Resources', referenceOf(reference) ?? '', 'Properties');
  const globals = root.get('Globals', type);
  const from = (...keys: readonly string[]): YamlValue | undefined => declared?.get(...keys) ?? globals?.get(...keys);
  const place = reference?.place ?? event.place;
  // A description of the interface, or one of another stack, may ask for anything.
  const isElsewhere = (reference && !declared) ?? (from('DefinitionBody') ?? from('DefinitionUri')) !== undefined;
  const authorizer = own?.get('Authorizer') ?? from('Auth', 'DefaultAuthorizer');
  const demands: Demand[] = [];
  const name = authorizer?.text;
  if (authorizer && name === 'AWS_IAM') demands.push({ name: 'IAM', place: authorizer.place, proves: 'signature' });
  else if (authorizer && name !== 'NONE') {
    const found = name === undefined ? undefined : from('Auth', 'Authorizers', name);
    demands.push(samAuthorizer(name ?? 'authorizer', found, authorizer, functions));
  } else if (!authorizer && isElsewhere) demands.push({ name: 'gateway', place });
  const key = own?.get('ApiKeyRequired') ?? from('Auth', 'ApiKeyRequired');
  if (key?.text === 'true') demands.push({ name: 'API key', place: key.place, proves: 'api-key' });
  return demands;
}

function samAuthorizer(
  name: string,
  declared: YamlValue | undefined,
  named: YamlValue,
  functions: ReadonlySet<string>,
): Demand {
  const place = declared?.place ?? named.place;
  if (declared?.get('UserPoolArn') ?? declared?.get('JwtConfiguration')) return { name, place, proves: 'token' };
  const decidedBy = referenceOf(declared?.get('FunctionArn'));
  return { name, place, ...(decidedBy !== undefined && functions.has(decidedBy) ? { decidedBy } : {}) };
}

/** `!Ref Api`, `!GetAtt Authorizer.Arn` and their long forms: the resource that is meant. */
function referenceOf(value: YamlValue | undefined): string | undefined {
  const long = value?.get('Ref') ?? value?.get('Fn::GetAtt');
  const text = value?.text ?? long?.text ?? long?.items[0]?.text ?? value?.items[0]?.text;
  return text?.split('.')[0];
}

function routeOf(method: string | undefined, written: string, demands: readonly Demand[]): FunctionRoute {
  const path = written.startsWith('/') || written.startsWith('$') ? written : `/${written}`;
  return { method: methodOf(method), path: shownFunctionPath(written), written: path, demands };
}

function functionOf(
  name: string,
  file: YamlValue,
  modules: readonly string[],
  exported: string,
  routes: readonly FunctionRoute[],
): DeployedFunction {
  return { name, deployment: file.place, modules, exported, routes };
}
