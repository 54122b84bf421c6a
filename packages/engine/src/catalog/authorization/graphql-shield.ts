import type { Library } from '../library.js';

export const shieldTree = 'graphql-shield#shield()';
/** A rule of its own, made of a function: `rule('isUser', { cache })(async (parent, args, context) => …)`. */
export const shieldRule = 'graphql-shield#rule()()';
/** A rule that looks at the arguments alone. */
export const shieldInputRule = 'graphql-shield#inputRule()()';
export const shieldAllow = 'graphql-shield#allow';
export const shieldDeny = 'graphql-shield#deny';
export const shieldNot = 'graphql-shield#not()';
/** Rules of rules: all of them, or one. */
export const shieldAll: ReadonlySet<string> = new Set(['graphql-shield#and()', 'graphql-shield#chain()']);
export const shieldAny: ReadonlySet<string> = new Set(['graphql-shield#or()', 'graphql-shield#race()']);

/**
 * Rules are functions that run in front of a resolver: https://the-guild.dev/graphql/shield/docs. What they do is read
 * by application/frameworks/graph.
 */
export const graphqlShield: Library = {
  packages: ['graphql-shield'],
  calls: {
    'graphql-shield#shield()': { defers: true },
    'graphql-shield#rule()()': { defers: true },
    'graphql-shield#inputRule()()': { defers: true },
  },
};
