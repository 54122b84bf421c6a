import { ts } from 'ts-morph';
import { calledFunctions, definitionsOf } from '../code/definitions.js';
import type { ProjectCode } from '../code/project-code.js';
import { calledName, collectNodes, isFunction, unwrap } from '../code/syntax.js';

/** A place where a guard is put in front of routes: an item of a list that can be taken out. */
export interface GuardSite {
  readonly item: ts.Expression;
  /** The call, decorator or array that the list belongs to. */
  readonly holder: ts.CallExpression | ts.ArrayLiteralExpression;
  /** Ids of the guards that the item can be. */
  readonly guards: ReadonlySet<string>;
}

/** Calls that register a handler: what stands last in them is the handler, and no guard. */
export const verbs: ReadonlySet<string> = new Set(['get', 'post', 'put', 'patch', 'delete', 'head', 'options']);

/** Calls that put every one of their arguments in front of routes. */
const layers = new Set(['use', 'all', 'UseGuards', 'useGlobalGuards', 'apply']);

/** All places where one of the guards is applied, in the order of files and places. */
export function collectGuardSites(guards: ReadonlyMap<ts.Node, string>, code: ProjectCode): readonly GuardSite[] {
  const sites: GuardSite[] = [];
  for (const file of code.files) {
    for (const holder of collectNodes(file, isHolder)) {
      for (const item of itemsOf(holder)) {
        const ids = matches(item, guards, code, ts.isArrayLiteralExpression(holder));
        if (ids.size > 0) sites.push({ item, holder, guards: ids });
      }
    }
  }
  return sites;
}

/** The items among which a guard stands. */
export function listOf(holder: GuardSite['holder']): ts.NodeArray<ts.Expression> {
  return ts.isCallExpression(holder) ? holder.arguments : holder.elements;
}

/** What the routes of a site stand in, where that is written beside it: the registration, the method, the controller. */
export function scopeOf({ holder }: GuardSite): ts.Node | undefined {
  if (ts.isDecorator(holder.parent)) return holder.parent.parent;
  return ts.isCallExpression(holder) && verbs.has(calledName(holder) ?? '') ? holder : undefined;
}

function isHolder(node: ts.Node): node is GuardSite['holder'] {
  if (ts.isArrayLiteralExpression(node)) return true;
  if (!ts.isCallExpression(node)) return false;
  const name = calledName(node) ?? '';
  return layers.has(name) || (verbs.has(name) && ts.isPropertyAccessExpression(unwrap(node.expression)));
}

function itemsOf(holder: GuardSite['holder']): readonly ts.Expression[] {
  const isVerb = ts.isCallExpression(holder) && !layers.has(calledName(holder) ?? '');
  return isVerb ? holder.arguments.slice(0, -1) : listOf(holder);
}

function matches(
  item: ts.Expression,
  guards: ReadonlyMap<ts.Node, string>,
  code: ProjectCode,
  inArray: boolean,
): ReadonlySet<string> {
  const provided = inArray ? providedGuard(item) : undefined;
  const ids = new Set<string>();
  for (const expression of provided ? [provided] : behindWrappers(item, code)) {
    for (const definition of definitionsOf(expression, code)) {
      const id = guards.get(definition);
      // A class in an array is a provider, an import or an export of a module: that applies nothing.
      if (id !== undefined && (provided || !inArray || isFunction(definition) || ts.isCallExpression(definition)))
        ids.add(id);
    }
  }
  return ids;
}

/** `{ provide: APP_GUARD, useClass: TokenGuard }`. */
function providedGuard(item: ts.Expression): ts.Expression | undefined {
  if (!ts.isObjectLiteralExpression(item)) return undefined;
  const valueOf = (name: string): ts.Expression | undefined =>
    item.properties.filter(ts.isPropertyAssignment).find((property) => property.name.getText() === name)?.initializer;
  return valueOf('provide')?.getText() === 'APP_GUARD'
    ? (valueOf('useClass') ?? valueOf('useExisting') ?? valueOf('useValue'))
    : undefined;
}

/** `asyncHandler(requireUser)`: a function of a package that takes a guard gives that guard back. */
function behindWrappers(item: ts.Expression, code: ProjectCode): readonly ts.Expression[] {
  const inner = unwrap(item);
  const isForeignCall = ts.isCallExpression(inner) && calledFunctions(inner, code).length === 0;
  return isForeignCall ? [inner, ...inner.arguments] : [inner];
}
