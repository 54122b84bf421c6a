import type { AttackPath } from '@blastradius/engine';
import { orderPaths } from './order-paths.js';
import { toJson } from './to-json.js';

/** The contract of `blastradius paths --format json`. `cut` is the index of the link at which it is cut most cheaply. */
export function jsonPaths(paths: readonly AttackPath[]): string {
  return toJson({
    schemaVersion: 1,
    paths: orderPaths(paths).map(({ title, entity, links, cut, radius }) => ({
      title,
      entity,
      cut: links.indexOf(cut),
      links: links.map(({ stage, message, ruleId, place, repair, cuts, steps }) => ({
        stage,
        message,
        // Left out where things work as they are meant to.
        ruleId,
        file: place.file,
        line: place.line,
        column: place.column,
        repair,
        cuts,
        steps: steps.map((step) => ({
          file: step.place.file,
          line: step.place.line,
          column: step.place.column,
          message: step.message,
        })),
      })),
      radius: {
        routes: radius.routes.map((route) => ({
          title: route.title,
          file: route.place.file,
          line: route.place.line,
        })),
        entities: radius.entities.map(({ name, fields }) => ({ name, fields: [...fields] })),
      },
    })),
  });
}
