import type { Access, Place, Route } from '@blastradius/engine';
import { ts } from 'ts-morph';
import { asksForNoRole, collectOwnerTests } from '../checks/owner-tests.js';
import type { ProjectCode } from '../code/project-code.js';
import { removeItem } from '../code/remove-item.js';
import { shortText, unwrap } from '../code/syntax.js';
import { exposedWithoutTie } from '../exposed-rules.js';
import type { Candidate, Deserved } from '../mutant.js';
import type { StudiedProject } from '../studied-project.js';

/**
 * Takes out of a query the column that binds it to the caller, where another column takes its value from the request.
 *
 * A route deserves a finding where, by the sound model, a rule would report it if the query were not bound, without what the query itself
 * shows about whose the records are, and where no test on the way compares the caller with anything.
 */
export function* removeFilter(project: StudiedProject): Iterable<Candidate> {
  const { application, code } = project;
  const bound = new Map<FilterProperty, { readonly route: Route; readonly access: Access }[]>();
  for (const route of application.routes) {
    for (const access of route.accesses) {
      for (const property of callerProperties(access, code)) {
        bound.set(property, [...(bound.get(property) ?? []), { route, access }]);
      }
    }
  }
  for (const [property, uses] of bound) {
    const place = code.placeOf(property);
    const deserves: Deserved[] = [];
    const tolerates: Deserved[] = [];
    for (const { route, access } of uses) {
      const isGone = (evidence: Place): boolean => code.isWithin(evidence, property.parent);
      const ruleIds = exposedWithoutTie({ route, isGone }, access, application, project.rules);
      if (ruleIds.length === 0) continue;
      // What is found without the caller may be somebody else, and a token for them.
      tolerates.push({ ruleIds: ['no-caller-chosen-subject'], entity: route.title });
      const isOnlyTie = asksForNoRole(route) && collectOwnerTests(route, access, code).length === 0;
      (isOnlyTie ? deserves : tolerates).push({ ruleIds, entity: route.title });
    }
    const kind = 'remove-ownership-conjunct';
    if (deserves.length > 0) {
      const description = `leave \`${shortText(property)}\` out of the query`;
      yield {
        kind,
        place,
        description,
        edits: [removeItem(property, property.parent.properties, code)],
        deserves,
        orElse: [],
        tolerates,
      };
    } else {
      const reason =
        tolerates.length > 0 ? 'something else asks for the owner or a role' : 'no rule wants the query bound';
      yield { kind, place, reason };
    }
  }
}

type FilterProperty = ts.PropertyAssignment | ts.ShorthandPropertyAssignment;

/** The properties that bind a query to the caller, beside one that the request fills. */
function callerProperties({ place, tie, input, columns }: Access, code: ProjectCode): readonly FilterProperty[] {
  if (tie !== 'filter' || input === undefined) return [];
  const names = new Set(
    columns.flatMap(({ from, column }) => (from === 'caller' ? (column?.split('.')[0] ?? []) : [])),
  );
  const filters = code
    .nodesAt(place)
    .filter(ts.isCallExpression)
    .flatMap((call) => filterOf(call, code) ?? []);
  return filters
    .filter(({ properties }) => properties.length > 1)
    .flatMap(({ properties }) => properties.filter(isNamed).filter(({ name }) => names.has(name.getText())));
}

function isNamed(property: ts.ObjectLiteralElementLike): property is FilterProperty {
  return ts.isPropertyAssignment(property) || ts.isShorthandPropertyAssignment(property);
}

/** `{ where: { … } }`, or the object itself where the library takes it bare. */
function filterOf(
  { arguments: [first] }: ts.CallExpression,
  code: ProjectCode,
): ts.ObjectLiteralExpression | undefined {
  const options = first && objectOf(first, code);
  const where = options?.properties.find(({ name }) => name?.getText() === 'where');
  if (!where) return options;
  if (ts.isPropertyAssignment(where)) return objectOf(where.initializer, code);
  return ts.isShorthandPropertyAssignment(where)
    ? declaredObject(code.checker.getShorthandAssignmentValueSymbol(where), code)
    : undefined;
}

function objectOf(expression: ts.Expression, code: ProjectCode): ts.ObjectLiteralExpression | undefined {
  const inner = unwrap(expression);
  if (ts.isObjectLiteralExpression(inner)) return inner;
  return ts.isIdentifier(inner) ? declaredObject(code.checker.getSymbolAtLocation(inner), code) : undefined;
}

function declaredObject(symbol: ts.Symbol | undefined, code: ProjectCode): ts.ObjectLiteralExpression | undefined {
  const [declaration] = symbol?.declarations ?? [];
  const value = declaration && ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  return value && objectOf(value, code);
}
