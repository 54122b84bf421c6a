import { posix } from 'node:path';
import { cdkAuthorizers, cdkFunctions, cdkRegistering } from '../../../catalog/frameworks/aws-cdk.js';
import {
  codeOf,
  methodOf,
  shownFunctionPath,
  sourcesOf,
  type DeployedFunction,
  type Demand,
  type FunctionRoute,
} from '../../../deployment/deployed-function.js';
import { propertyOf, textOf, type ExternalValue, type Value } from '../../../program/value.js';
import type { WorkspacePackage } from '../../../source/project.js';
import { nestedItems } from '../../nested-items.js';
import { placeOf } from '../../place-of.js';

/** A resource of an interface, by the way that leads to it. */
interface Resource {
  readonly api: ExternalValue;
  readonly path: string;
  /** Options for all methods below, the innermost first. */
  readonly defaults: readonly Value[];
}

/** Functions that a program of the CDK puts behind a gateway: https://docs.aws.amazon.com/cdk/api/v2 */
export function collectCdkFunctions(
  startup: readonly ExternalValue[],
  packages: readonly WorkspacePackage[],
): readonly DeployedFunction[] {
  return [...new Set(startup)]
    .filter(({ path }) => cdkRegistering.test(path))
    .flatMap((call) => new Registration(call, packages).functions());
}

/** One call that lays a way to a function. */
class Registration {
  /** Functions that decide who gets through. */
  readonly #authorizers: DeployedFunction[] = [];

  constructor(
    readonly call: ExternalValue,
    readonly packages: readonly WorkspacePackage[],
  ) {}

  functions(): readonly DeployedFunction[] {
    const { call } = this;
    const args = call.call?.args ?? [];
    const served = call.path.endsWith('.addFunctionUrl()')
      ? this.#byAddress(args[0])
      : call.path.endsWith('.addRoutes()')
        ? this.#byRoutes(args[0])
        : call.path.endsWith('LambdaRestApi()')
          ? this.#byProxy(args[2])
          : this.#byMethod(args);
    return served ? [served, ...this.#authorizers] : [];
  }

  /** `new LambdaRestApi(this, 'Api', { handler })` */
  #byProxy(properties: Value | undefined): DeployedFunction | undefined {
    const handler = propertyOf(properties, 'handler');
    const proxy = propertyOf(properties, 'proxy');
    if (!handler || (proxy?.kind === 'literal' && proxy.value === false)) return undefined;
    const options = propertyOf(properties, 'defaultMethodOptions');
    return this.#deployed(handler, [routeOf('ANY', '/{proxy+}', this.#demandsOf(options ? [options] : []))]);
  }

  /** `resource.addMethod('GET', new LambdaIntegration(handler), options)` */
  #byMethod(args: readonly Value[]): DeployedFunction | undefined {
    const [method, integration, options] = args;
    const resource = resourceOf(this.call.receiver);
    const handler = integration && integratedIn(integration);
    if (!resource || !handler) return undefined;
    const properties = resource.api.call?.args[2];
    const defaults = [...resource.defaults, propertyOf(properties, 'defaultMethodOptions')];
    const settings = [options, ...defaults].filter((setting) => setting !== undefined);
    const route = routeOf(textOf(method), resource.path, this.#demandsOf(settings));
    return this.#deployed(handler, [route], resource.api);
  }

  /** `api.addRoutes({ path, methods, integration, authorizer })` */
  #byRoutes(options: Value | undefined): DeployedFunction | undefined {
    const { receiver } = this.call;
    const path = textOf(propertyOf(options, 'path'));
    const integration = propertyOf(options, 'integration');
    const handler = integration && integratedIn(integration);
    if (path === undefined || !handler || receiver?.kind !== 'external') return undefined;
    const properties = receiver.call?.args[2];
    const usual = propertyOf(properties, 'defaultAuthorizer');
    const own = propertyOf(options, 'authorizer');
    const authorizer = own ?? usual;
    const demands = authorizer ? this.#demandBy(authorizer) : [];
    const methods = propertyOf(options, 'methods');
    const named = methods ? [...nestedItems(methods)].map(lastOf) : ['ANY'];
    return this.#deployed(
      handler,
      named.map((method) => routeOf(method, path, demands)),
      receiver,
    );
  }

  /** `handler.addFunctionUrl({ authType })`; where it is not said, the signature of a service is asked for. */
  #byAddress(options: Value | undefined): DeployedFunction | undefined {
    const { receiver } = this.call;
    const type = propertyOf(options, 'authType');
    const place = placeOf(this.call.origin);
    const demands: readonly Demand[] =
      type && lastOf(type) === 'NONE' ? [] : [{ name: 'IAM', place, proves: 'signature' }];
    return receiver && this.#deployed(receiver, [routeOf('ANY', '/*', demands)]);
  }

  #demandsOf(settings: readonly Value[]): readonly Demand[] {
    const first = (name: string): Value | undefined => {
      for (const setting of settings) {
        const value = propertyOf(setting, name);
        if (value && value.kind !== 'undefined') return value;
      }
      return undefined;
    };
    const type = first('authorizationType');
    const authorizer = first('authorizer');
    const place = placeOf(this.call.origin);
    const named = type && lastOf(type);
    const key = first('apiKeyRequired');
    const isKeyed = key?.kind === 'literal' && key.value === true;
    const keyed: readonly Demand[] = isKeyed ? [{ name: 'API key', place, proves: 'api-key' }] : [];
    // What is set out in a method of its own goes before what holds for all.
    const isOpen = named === 'NONE' && !(settings[0] && propertyOf(settings[0], 'authorizer'));
    if (isOpen) return keyed;
    if (named === 'IAM') return [{ name: 'IAM', place, proves: 'signature' }, ...keyed];
    if (authorizer) return [...this.#demandBy(authorizer), ...keyed];
    // Options that cannot be read may ask for anything.
    const isUnread = settings.some((setting) => setting.kind !== 'object') || named !== undefined;
    return isUnread ? [{ name: 'gateway', place }, ...keyed] : keyed;
  }

  #demandBy(authorizer: Value): readonly Demand[] {
    if (authorizer.kind === 'undefined') return [];
    if (authorizer.kind !== 'external') return [{ name: 'authorizer', place: placeOf(this.call.origin) }];
    const place = placeOf(authorizer.origin);
    const kind = lastOf(authorizer).replace(/\(\)$/, '');
    const known = cdkAuthorizers.get(kind);
    if (known === 'nobody') return [];
    if (known !== undefined && known !== 'function') return [{ name: kind, place, proves: known }];
    const args = authorizer.call?.args ?? [];
    const handler = known === 'function' ? [propertyOf(args[2], 'handler'), ...args].find(isFunction) : undefined;
    const decided = handler && this.#deployed(handler, []);
    if (!decided) return [{ name: kind, place }];
    this.#authorizers.push(decided);
    return [{ name: kind, place, decidedBy: decided.name }];
  }

  #deployed(value: Value, routes: readonly FunctionRoute[], api?: ExternalValue): DeployedFunction | undefined {
    if (!isFunction(value)) return undefined;
    const [, id, properties] = value.call?.args ?? [];
    const code = codeIn(properties);
    if (!code) return undefined;
    const name = `${textOf(id) ?? ''} ${value.origin.file.path}:${String(value.origin.span.start)}`;
    const folders = this.packages.map(({ directory }) => directory).filter((folder) => isWithin(value, folder));
    const modules = ['', ...folders].flatMap((folder) => sourcesOf(posix.join(folder, code.module)));
    // The functions of one interface are one application.
    const deployment = { ...placeOf((api ?? value).origin), file: this.call.origin.file.path };
    return { name, deployment, modules: [...new Set(modules)], exported: code.exported, routes };
  }
}

function isWithin({ origin }: ExternalValue, folder: string): boolean {
  return folder !== '' && origin.file.path.startsWith(`${folder}/`);
}

function isFunction(value: Value | undefined): value is ExternalValue {
  return value?.kind === 'external' && value.call !== undefined && cdkFunctions.test(value.path);
}

/** `{ entry: 'lambda/orders.ts', handler }`, `{ code: Code.fromAsset('lambda'), handler: 'orders.handler' }` */
function codeIn(properties: Value | undefined): ReturnType<typeof codeOf> {
  const handler = textOf(propertyOf(properties, 'handler'));
  const entry = textOf(propertyOf(properties, 'entry'));
  if (entry !== undefined)
    return { module: entry.replace(/\.[cm]?[jt]sx?$/, ''), exported: handler?.split('.').pop() ?? 'handler' };
  const code = propertyOf(properties, 'code');
  const folder = code?.kind === 'external' ? textOf(code.call?.args[0]) : undefined;
  return folder === undefined || handler === undefined ? undefined : codeOf(folder, handler);
}

function integratedIn(integration: Value): Value | undefined {
  if (integration.kind !== 'external' || !lastOf(integration).endsWith('Integration()')) return undefined;
  return integration.call?.args.find(isFunction);
}

function resourceOf(value: Value | undefined): Resource | undefined {
  if (value?.kind !== 'external') return undefined;
  const { receiver, call, path } = value;
  if (path.endsWith('.root') && receiver?.kind === 'external') return { api: receiver, path: '', defaults: [] };
  const [, method] = /\.(addResource|getResource|resourceForPath|addProxy)\(\)$/.exec(path) ?? [];
  const around = method === undefined ? undefined : resourceOf(receiver);
  if (!around) return undefined;
  const [name, options] = call?.args ?? [];
  const part = method === 'addProxy' ? '{proxy+}' : textOf(name)?.replace(/^\//, '');
  if (part === undefined) return undefined;
  const own = propertyOf(method === 'addProxy' ? name : options, 'defaultMethodOptions');
  return {
    api: around.api,
    path: `${around.path}/${part}`,
    defaults: own ? [own, ...around.defaults] : around.defaults,
  };
}

/** `HttpMethod.GET` → `GET` */
function lastOf(value: Value): string {
  if (value.kind !== 'external') return textOf(value) ?? '';
  return value.path.slice(Math.max(value.path.lastIndexOf('.'), value.path.lastIndexOf('#')) + 1);
}

function routeOf(method: string | undefined, written: string, demands: readonly Demand[]): FunctionRoute {
  return { method: methodOf(method), path: shownFunctionPath(written), written: written || '/', demands };
}
