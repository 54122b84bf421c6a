import type { Route } from '@blastradius/engine';
import { ts } from 'ts-morph';
import { definitionsOf } from '../code/definitions.js';
import type { ProjectCode } from '../code/project-code.js';
import { calledName, collectNodes, isFunction } from '../code/syntax.js';
import type { FunctionNode } from '../code/syntax.js';
import { verbs } from './guard-site.js';

/** The functions that the registration of a route names, the handler among them; those of one argument aside. */
export function collectLayers(
  { place }: Route,
  except: ts.Node | undefined,
  code: ProjectCode,
): readonly FunctionNode[] {
  const file = code.find(place.file);
  const isRegistration = (node: ts.Node): node is ts.CallExpression =>
    ts.isCallExpression(node) && verbs.has(calledName(node) ?? '') && code.isWithin(place, node);
  return (file ? collectNodes(file, isRegistration) : [])
    .flatMap((call) => call.arguments.filter((argument) => argument !== except))
    .flatMap((argument) => definitionsOf(argument, code).filter(isFunction));
}
