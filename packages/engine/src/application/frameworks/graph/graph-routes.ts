import {
  externalValue,
  memberOf,
  propertyOf,
  unknownValue,
  type ExternalValue,
  type Origin,
  type Value,
} from '../../../program/value.js';

/** A field of `Query`, `Mutation` or `Subscription` with its resolver. */
export interface GraphOperation {
  readonly method: string;
  readonly name: string;
  readonly resolver: Value;
  /** The object that holds the fields. */
  readonly map: Origin;
  /** What makes the context that resolvers are handed, where the server is told. */
  readonly context: Value | undefined;
}

const servers = /^(@apollo\/server|apollo-server(-\w+)?|graphql-yoga)#(ApolloServer|createYoga)\(\)$/;
const schemas =
  /^(graphql-tools|@graphql-tools\/schema|graphql-yoga|apollo-server(-\w+)?)#(makeExecutableSchema|createSchema)\(\)$/;
const roots: Readonly<Record<string, string>> = { Query: 'QUERY', Mutation: 'MUTATION', Subscription: 'SUBSCRIPTION' };

/** A call that makes a graph server or its schema. */
export function isGraphServer(path: string): boolean {
  return servers.test(path) || schemas.test(path);
}

/** Operations of the graph servers that the program makes. */
export function collectGraphOperations(calls: Iterable<ExternalValue>): readonly GraphOperation[] {
  const operations = new Map<string, GraphOperation>();
  for (const call of calls) {
    if (!isGraphServer(call.path)) continue;
    const options = call.call?.args[0];
    const resolvers =
      propertyOf(options, 'resolvers') ?? propertyOf(schemaOptions(propertyOf(options, 'schema')), 'resolvers');
    const context = propertyOf(options, 'context');
    for (const map of resolvers?.kind === 'array' ? resolvers.items : resolvers ? [resolvers] : []) {
      for (const [root, method] of Object.entries(roots)) {
        const fields = propertyOf(map, root);
        if (fields?.kind !== 'object') continue;
        for (const [name, resolver] of fields.properties)
          if (!operations.has(`${method} ${name}`) || context)
            operations.set(`${method} ${name}`, { method, name, resolver, map: fields.origin, context });
      }
    }
  }
  return [...operations.values()];
}

/** `new ApolloServer({ schema: makeExecutableSchema({ resolvers }) })` */
function schemaOptions(schema: Value | undefined): Value | undefined {
  return schema?.kind === 'external' && schemas.test(schema.path) ? schema.call?.args[0] : undefined;
}

/** What a resolver is called with: parent, arguments, context, information. */
export function resolverArguments(request: ExternalValue, made: Value | undefined): readonly Value[] {
  const context = made ?? externalValue('express#Request', request.origin);
  return [unknownValue, memberOf(request, 'args'), context, unknownValue];
}
