import { lambdaEventTypes, lambdaHandlerTypes } from '../../../catalog/frameworks/aws-lambda.js';
import type { FileFacts, FunctionFacts, Statement, TypeReference } from '../../../facts/file-facts.js';

/** Exports whose types say that a gateway calls them: `export const handler: APIGatewayProxyHandlerV2`. */
export function typedHandlersOf(facts: FileFacts): readonly string[] {
  const isOfLambda = (names: ReadonlySet<string>, type: TypeReference | undefined): boolean =>
    type !== undefined && isImported(type, names, facts);
  if (!facts.imports.some(({ source }) => source === 'aws-lambda')) return [];
  const takesEvent = ({ parameters }: FunctionFacts): boolean => isOfLambda(lambdaEventTypes, parameters[0]?.type);
  return facts.exports.flatMap((item) => {
    if (item.kind !== 'local') return [];
    const declared = facts.body.find((statement) => nameOf(statement) === item.local);
    if (declared?.kind === 'function') {
      const made = facts.functions[declared.id];
      return made && takesEvent(made) ? [item.exported] : [];
    }
    if (declared?.kind !== 'let') return [];
    const { type, value } = declared;
    if (isOfLambda(lambdaHandlerTypes, type)) return [item.exported];
    const made = value?.kind === 'function' ? facts.functions[value.id] : undefined;
    return made && takesEvent(made) ? [item.exported] : [];
  });
}

function nameOf(statement: Statement): string | undefined {
  if (statement.kind === 'function') return statement.name;
  return statement.kind === 'let' && statement.pattern.kind === 'name' ? statement.pattern.name : undefined;
}

function isImported({ name }: TypeReference, names: ReadonlySet<string>, { imports }: FileFacts): boolean {
  const [head, member] = name.split('.');
  const found = imports.find(({ local, source }) => local === head && source === 'aws-lambda');
  return found !== undefined && names.has(member ?? found.imported);
}
