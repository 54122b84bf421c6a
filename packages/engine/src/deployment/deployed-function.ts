import type { Place } from '../finding/place.js';

/** What a gateway asks of a request before it calls a function. */
export interface Demand {
  /** As the deployment file calls it. */
  readonly name: string;
  readonly place: Place;
  /** What it verifies itself: a token, the signature of a service, a key that clients share. */
  readonly proves?: 'token' | 'signature' | 'api-key';
  /** Or the function of the same file that decides; where there is neither, nobody can tell. */
  readonly decidedBy?: string;
}

/** A way on which a request over HTTP comes to a function. */
export interface FunctionRoute {
  /** `ALL` for any method. */
  readonly method: string;
  /** With parameters as `:name`, and `*name` for all that is left. */
  readonly path: string;
  /** The same as the gateway writes it: `/orders/{id}`. */
  readonly written: string;
  readonly demands: readonly Demand[];
}

/** A function that a cloud runs for each request, as a deployment file names it. */
export interface DeployedFunction {
  readonly name: string;
  /** The file that deploys it: its functions are one application. */
  readonly deployment: Place;
  /** Where its code may lie, relative to the root and without an extension, the likeliest first. */
  readonly modules: readonly string[];
  /** What of the module is called. */
  readonly exported: string;
  readonly routes: readonly FunctionRoute[];
}

/** `GET`, `any` → `ALL`; several in one text are none that is known. */
export function methodOf(text: string | undefined): string {
  const method = text?.toUpperCase() ?? 'ANY';
  return /^[A-Z]+$/.test(method) && method !== 'ANY' ? method : 'ALL';
}

/** `orders/{id}` → `/orders/:id`, `/{proxy+}` → `/*proxy`, `*` and `$default` → `/*`. */
export function shownFunctionPath(written: string): string {
  const segments = written.replace(/^\$default$/, '*').split('/');
  return `/${segments
    .filter(Boolean)
    .map((segment) => segment.replace(/^\{(\w+)\+\}$/, '*$1').replace(/\{(\w+)\}/g, ':$1'))
    .join('/')}`;
}

/** `src/orders.get` in a folder: the module and its export. */
export function codeOf(
  folder: string,
  handler: string,
): { readonly module: string; readonly exported: string } | undefined {
  const at = handler.lastIndexOf('.');
  if (at <= handler.lastIndexOf('/')) return undefined;
  const module = [folder, handler.slice(0, at)].filter((part) => part !== '' && part !== '.').join('/');
  return { module, exported: handler.slice(at + 1) };
}

/** Where the source of compiled code may lie: `dist/orders` → `src/orders`, `orders`. */
export function sourcesOf(module: string): readonly string[] {
  const built = /(^|\/)(?:dist|build|lib|out|\.build|\.esbuild|\.aws-sam\/build)\//;
  if (!built.test(module)) return [module];
  return [module, module.replace(built, '$1src/'), module.replace(built, '$1')];
}
