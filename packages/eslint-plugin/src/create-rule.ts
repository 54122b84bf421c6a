import type { Rule as EslintRule } from 'eslint';
import { ruleDocumentation } from '@blastradius/engine';
import type { Place, Rule } from '@blastradius/engine';
import type { Problems } from './problems.js';

/** The head of a file, where there is no better place. */
const HEAD = { line: 1, column: 0 };

/** A rule of Blastradius as ESLint wants it. It looks its findings up: it visits nothing. */
export function createRule({ id, meta }: Rule, problems: Problems): EslintRule.RuleModule {
  return {
    meta: {
      type: 'problem',
      docs: { description: meta.description, url: ruleDocumentation(id), recommended: meta.recommended },
      schema: [],
      messages: { finding: '{{message}}' },
    },
    create(context) {
      const found = problems.of(context, id);
      // Most files are clean: nothing to call for them.
      if (found.length === 0) return {};
      return {
        Program() {
          for (const { message, place } of found) {
            context.report({ loc: place ? toLoc(place) : HEAD, messageId: 'finding', data: { message } });
          }
        },
      };
    },
  };
}

/** ESLint counts columns from 0 in what it is told, and from 1 in what it tells. */
function toLoc({ line, column, endLine, endColumn }: Place) {
  return { start: { line, column: column - 1 }, end: { line: endLine, column: endColumn - 1 } };
}
