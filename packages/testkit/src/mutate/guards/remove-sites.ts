import { ts } from 'ts-morph';
import type { ProjectCode } from '../code/project-code.js';
import { removeItem } from '../code/remove-item.js';
import { calledName } from '../code/syntax.js';
import type { Edit } from '../edit.js';
import { listOf } from './guard-site.js';
import type { GuardSite } from './guard-site.js';

/** Takes guards out of the lists that they stand in, and with the last one of a list the call or decorator itself. */
export function removeSites(sites: readonly GuardSite[], code: ProjectCode): readonly Edit[] {
  const holders = new Set(sites.map((site) => site.holder));
  return [...holders].flatMap((holder) => {
    const items = new Set(sites.filter((site) => site.holder === holder).map((site) => site.item));
    const whole = wholeOf(holder, items);
    const file = code.pathOf(holder);
    return whole ? [{ file, ...whole, text: '' }] : [...items].map((item) => removeItem(item, listOf(holder), code));
  });
}

/** The statement, link of a chain or decorator that has nothing left to do without these items. */
function wholeOf(
  holder: GuardSite['holder'],
  items: ReadonlySet<ts.Expression>,
): { readonly start: number; readonly end: number } | undefined {
  if (!ts.isCallExpression(holder)) return undefined;
  if (holder.arguments.some((argument) => !items.has(argument) && !isPath(argument))) return undefined;
  const name = calledName(holder);
  if (name === 'UseGuards') return ts.isDecorator(holder.parent) ? spanOf(holder.parent) : undefined;
  if (name !== 'use' && name !== 'all' && name !== 'apply') return undefined;
  const statement = ts.findAncestor(holder, ts.isExpressionStatement);
  if (name === 'apply' || statement?.expression === holder) return statement && spanOf(statement);
  const callee = holder.expression;
  return ts.isPropertyAccessExpression(callee) ? { start: callee.expression.end, end: holder.end } : undefined;
}

function isPath(argument: ts.Expression): boolean {
  return ts.isStringLiteralLike(argument) || ts.isRegularExpressionLiteral(argument);
}

function spanOf(node: ts.Node): { readonly start: number; readonly end: number } {
  return { start: node.getStart(), end: node.end };
}
