import type { Rule as EslintRule } from 'eslint';
import { ruleDocumentation } from '@blastradius/engine';
import type { Place, Rule, RuleOptions } from '@blastradius/engine';
import type { Problems } from './problems.js';

/** The head of a file, where there is no better place. */
const HEAD = { line: 1, column: 0 };

/** A rule of Blastradius as ESLint wants it. It looks its findings up: it visits nothing. */
export function createRule({ id, meta }: Rule, problems: Problems): EslintRule.RuleModule {
  return {
    meta: {
      type: 'problem',
      docs: { description: meta.description, url: ruleDocumentation(id), recommended: meta.recommended },
      schema: schemaOf(meta.options),
      messages: { finding: '{{message}}' },
    },
    create(context) {
      const found = problems.of(context, id, readOptions(context.options));
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

/** ESLint would hand defaults over as if somebody had given them, and hide those of the configuration: it is told none. */
function schemaOf(options: RuleOptions | undefined): NonNullable<EslintRule.RuleMetaData['schema']> {
  if (!options) return [];
  const properties = Object.entries(options.schema).map(([name, option]) => {
    if (option.type !== 'array' || !('enum' in option.items)) return [name, { ...option }] as const;
    return [name, { ...option, items: { enum: [...option.items.enum] } }] as const;
  });
  return [{ type: 'object', properties: Object.fromEntries(properties), additionalProperties: false }];
}

/** `undefined` where none are given: those of the configuration of Blastradius count then. ESLint has checked them. */
function readOptions([options]: readonly unknown[] = []): object | undefined {
  return typeof options === 'object' && options !== null ? options : undefined;
}

/** ESLint counts columns from 0 in what it is told, and from 1 in what it tells. */
function toLoc({ line, column, endLine, endColumn }: Place) {
  return { start: { line, column: column - 1 }, end: { line: endLine, column: endColumn - 1 } };
}
