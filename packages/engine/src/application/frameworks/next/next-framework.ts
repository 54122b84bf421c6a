import type { FileFacts } from '../../../facts/file-facts.js';
import type { ModuleRecord } from '../../../program/module-record.js';
import type { Value } from '../../../program/value.js';
import { Chain, fork } from '../../chain.js';
import { placeOf } from '../../place-of.js';
import { beforeHandler } from '../../unread-handler.js';
import { nextUrlOf } from '../../shapes/fetch-request-shape.js';
import { originOf, placeOfExport, wholeOf } from '../exported-values.js';
import type { FollowedProgram, FollowedRoute, Framework } from '../framework.js';
import { collectNextFiles, isOfNext, type NextFile } from './next-files.js';
import { NextMiddleware } from './next-middleware.js';
import { pageRoutes, startState } from './page-routes.js';
import { collectActions, followAction, followMadeAction } from './server-actions.js';
import { contextOf, NextShape } from './next-shape.js';

/** Exports of a `route.ts` that answer: https://nextjs.org/docs/app/api-reference/file-conventions/route */
const verbs: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Route handlers, API pages and server actions, each where its file lies. */
export class NextFramework implements Framework {
  // A site without any of them is no back end.
  readonly packages = [];
  readonly shape = new NextShape();

  keeps(): boolean {
    return false;
  }

  *routes(program: FollowedProgram): Iterable<FollowedRoute> {
    const files = collectNextFiles(program.interpreter.files, program.packages);
    const middlewares = middlewaresOf(files, program);
    for (const file of files) {
      const record = program.interpreter.module(file.facts.path);
      if (!record || file.kind === 'middleware') continue;
      const middleware = middlewares.get(file.root);
      if (file.kind === 'handler') yield* handlersOf(file, record, middleware, program, this.shape);
      else yield* pageRoutes(file.path, record, program, 'nextjs', middleware);
    }
    this.shape.request = undefined;
    for (const facts of program.interpreter.files.values())
      if (isOfNext(facts.path, program.packages)) yield* actionsOf(facts, program);
  }
}

/** A project has one; `proxy.ts` is the name that it has since version 16. */
function middlewaresOf(files: readonly NextFile[], program: FollowedProgram): ReadonlyMap<string, NextMiddleware> {
  const { interpreter, semantics } = program;
  const found = files.filter(({ kind }) => kind === 'middleware');
  return new Map(found.map((file) => [file.root, new NextMiddleware(file, interpreter, semantics)]));
}

function* handlersOf(
  file: NextFile,
  record: ModuleRecord,
  middleware: NextMiddleware | undefined,
  { interpreter, semantics }: FollowedProgram,
  shape: NextShape,
): Iterable<FollowedRoute> {
  const { facts, path } = file;
  for (const method of verbs) {
    const exported = placeOfExport(facts, method);
    const handler = interpreter.exported(record, method);
    if (!handler || handler.kind === 'undefined') continue;
    const site = exported ?? wholeOf(facts);
    const start = startState(site, middleware, method, path, interpreter, semantics);
    const state = beforeHandler(start, handler, semantics);
    const request = fork(state.request);
    request.properties.set('nextUrl', nextUrlOf(request, site));
    const args = [request, contextOf(request, path, site)];
    shape.request = request;
    yield {
      method,
      path,
      place: placeOf(site),
      handler: placeOf(originOf(handler, facts) ?? site),
      router: placeOf(wholeOf(facts)),
      framework: 'nextjs',
      state: { ...state, request },
      outcome: interpreter.follow(handler, undefinedValue, args, site, state.proofs),
      answersByReturn: true,
    };
  }
}

/** Any page may call an action, and the middleware sees the path of the page: it guards none of them. */
function* actionsOf(facts: FileFacts, { interpreter, semantics }: FollowedProgram): Iterable<FollowedRoute> {
  for (const { name, action, place } of collectActions(facts, interpreter)) {
    const common = {
      method: 'ACTION',
      path: name,
      place: placeOf(place),
      router: placeOf(wholeOf(facts)),
      framework: 'nextjs',
      answersByReturn: true,
    } as const;
    if (action.kind === 'external') {
      const { state, resolver, outcome } = followMadeAction(action, place, interpreter, semantics);
      yield { ...common, handler: placeOf(originOf(resolver, facts) ?? place), state, outcome };
      continue;
    }
    const { start } = new Chain(interpreter, semantics, place);
    const request = fork(start.request);
    yield {
      ...common,
      handler: placeOf({ file: action.file, span: action.facts }),
      state: { ...start, request },
      outcome: followAction(action, request, place, interpreter, semantics),
    };
  }
}

const undefinedValue: Value = { kind: 'undefined' };
