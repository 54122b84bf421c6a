import { ts } from 'ts-morph';
import { definitionsOf } from '../code/definitions.js';
import type { ProjectCode } from '../code/project-code.js';
import { calledName, collectNodes, collectOwnNodes, isFunction, shortText, unwrap } from '../code/syntax.js';
import { verbs } from '../guards/guard-site.js';
import type { Candidate } from '../mutant.js';
import type { StudiedProject } from '../studied-project.js';
import { keep } from './keep.js';

/** Puts a handler of Express into a function that hands its rejection on, as older versions of the framework need it. */
export function* wrapHandler({ code, application }: StudiedProject): Iterable<Candidate> {
  const places = application.routes.filter(({ framework }) => framework === 'express').map(({ place }) => place);
  for (const file of code.files) {
    const own = places.filter((place) => place.file === code.pathOf(file));
    const isRegistration = (node: ts.Node): node is ts.CallExpression =>
      ts.isCallExpression(node) && verbs.has(calledName(node) ?? '') && own.some((place) => code.isWithin(place, node));
    for (const { arguments: layers } of collectNodes(file, isRegistration)) {
      const handler = layers.at(-1);
      if (!handler || !isPlainHandler(handler, code)) continue;
      const called = isFunction(unwrap(handler)) ? `(${handler.getText()})` : handler.getText();
      const text = `(req, res, next) => Promise.resolve(${called}(req, res, next)).catch(next)`;
      yield keep('wrap-handler', handler, `wrap \`${shortText(handler)}\``, [code.replace(handler, text)], code);
    }
  }
}

/** A function by name or in place, that takes no error and does not ask what it is called on. */
function isPlainHandler(handler: ts.Expression, code: ProjectCode): boolean {
  const inner = unwrap(handler);
  if (!ts.isIdentifier(inner) && !ts.isPropertyAccessExpression(inner) && !isFunction(inner)) return false;
  const definitions = definitionsOf(inner, code);
  return (
    definitions.length > 0 &&
    definitions.every((node) => isFunction(node) && node.parameters.length < 4 && !usesThis(node))
  );
}

function usesThis(node: ts.Node): boolean {
  const isThis = (inner: ts.Node): inner is ts.ThisExpression => inner.kind === ts.SyntaxKind.ThisKeyword;
  return !ts.isArrowFunction(node) && collectOwnNodes(node, isThis).length > 0;
}
