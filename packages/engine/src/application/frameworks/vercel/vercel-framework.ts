import type { FileFacts } from '../../../facts/file-facts.js';
import { externalValue, type ExternalValue } from '../../../program/value.js';
import type { FollowedProgram, FollowedRoute, Framework } from '../framework.js';
import { pageRoutes } from '../next/page-routes.js';

const functionFile = /^api\/((?:[^/]+\/)*[^/_.][^/]*)\.(?:ts|js|mjs)$/;

/**
 * Functions of Vercel: each file below `api/` of a package answers under its own path, and is imported by none:
 * https://vercel.com/docs/functions/runtimes/node-js
 */
export const vercelFramework: Framework = {
  packages: [],

  keeps: () => false,

  *routes(program: FollowedProgram): Iterable<FollowedRoute> {
    const { interpreter, packages } = program;
    const roots = packages
      .filter(({ dependencies }) => !servers.some((name) => dependencies.has(name)))
      .map(({ directory }) => (directory === '' ? '' : `${directory}/`));
    const files = [...interpreter.files.values()].flatMap((facts) => {
      const root = roots.find((folder) => facts.path.startsWith(`${folder}api/`));
      const path = root === undefined ? undefined : functionFile.exec(facts.path.slice(root.length))?.[1];
      return path === undefined ? [] : [{ facts, path }];
    });
    if (files.length === 0) return;
    const imported = importedFiles(program);
    for (const { facts, path } of files) {
      const record = imported.has(facts.path) ? undefined : interpreter.module(facts.path);
      if (!record || !isFunction(facts, program)) continue;
      yield* pageRoutes(`/api/${written(path)}`, record, program, 'vercel');
    }
  },
};

/** Where one of them serves, a folder of this name has another meaning. */
const servers: readonly string[] = ['next', 'express', 'fastify', 'koa', 'hono', '@nestjs/core', '@hapi/hapi'];

function importedFiles({ interpreter }: FollowedProgram): ReadonlySet<string> {
  const found = new Set<string>();
  for (const facts of interpreter.files.values())
    for (const source of [...facts.imports.map((item) => item.source), ...facts.required]) {
      const target = interpreter.resolve(facts.path, source);
      if (target !== undefined) found.add(target);
    }
  return found;
}

/** Whether the default export answers by the response that it is handed. */
function isFunction(facts: FileFacts, { interpreter, semantics }: FollowedProgram): boolean {
  const record = interpreter.module(facts.path);
  const handler = record && interpreter.exported(record, 'default');
  if (handler?.kind !== 'function' || handler.facts.parameters.length !== 2) return false;
  const origin = { file: facts, span: handler.facts };
  const request = externalValue('express#Request', origin);
  const response = externalValue('express#Response', origin);
  const { events } = interpreter.follow(handler, { kind: 'undefined' }, [request, response], origin, []);
  return events.some(({ call }) => isOf(call, response) && semantics.catalog.find(call.at)?.responds !== undefined);
}

function isOf({ receiver }: ExternalValue, response: ExternalValue): boolean {
  return receiver === response;
}

/** `users/[id]`, `users/index` */
function written(path: string): string {
  return path.replace(/\/?\bindex$/, '').replace(/\[(\w+)\]/g, ':$1');
}
