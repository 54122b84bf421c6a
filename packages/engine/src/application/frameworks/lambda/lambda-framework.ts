import { cdkRegistering } from '../../../catalog/frameworks/aws-cdk.js';
import type { DeployedFunction, FunctionRoute } from '../../../deployment/deployed-function.js';
import type { FileFacts } from '../../../facts/file-facts.js';
import type { Place } from '../../../finding/place.js';
import type { Outcome } from '../../../program/interpreter.js';
import { memberOf, optionsOf, undefinedValue, type Origin, type Value } from '../../../program/value.js';
import { Chain, fork, type ChainState } from '../../chain.js';
import { placeOf } from '../../place-of.js';
import type { Guard } from '../../route.js';
import { withVisit, type Visit } from '../../visit.js';
import { exportedBy, placeOfExport, wholeOf } from '../exported-values.js';
import type { FollowedProgram, FollowedRoute, Framework } from '../framework.js';
import { collectCdkFunctions } from './cdk-functions.js';
import { GatewayGuards } from './gateway-guards.js';
import { answered, LambdaCallback } from './lambda-answer.js';
import { contextOf, eventOf, isEvent, LambdaShape } from './lambda-event.js';
import { handlerOf, middyCalling, type LayeredHandler } from './middy-handler.js';
import { typedHandlersOf } from './typed-handlers.js';

/** The code of a function. */
interface Found {
  readonly facts: FileFacts;
  readonly exported: string;
  readonly value: Value;
}

/** Functions of AWS Lambda, where a deployment file says which requests call them, or their types that some do. */
export class LambdaFramework implements Framework {
  readonly packages = ['@middy/core'];
  readonly shape = new LambdaShape();

  keeps(path: string): boolean {
    return (path.startsWith('aws-cdk-lib') || path.startsWith('@aws-cdk/')) && cdkRegistering.test(path);
  }

  *routes(program: FollowedProgram): Iterable<FollowedRoute> {
    const { interpreter, semantics, startup, packages } = program;
    const functions = [...program.functions, ...collectCdkFunctions(startup, packages)];
    const guards = new GatewayGuards(interpreter, semantics, (name, { deployment }) => {
      const named = functions.find((item) => item.name === name && item.deployment.file === deployment.file);
      return named && findCode(named, program)?.value;
    });
    const served = new Set<string>();
    for (const deployed of functions) {
      const found = findCode(deployed, program);
      if (!found) continue;
      served.add(`${found.facts.path}#${found.exported}`);
      const handler = handlerOf(found.value);
      if (!handler) continue;
      for (const route of deployed.routes) {
        const before = (start: ChainState, visit: Visit): ChainState =>
          guards.behind(start, route.demands, deployed, visit);
        yield* follow(found, handler, route, deployed.deployment, before, program);
      }
    }
    for (const facts of interpreter.files.values())
      for (const exported of typedHandlersOf(facts)) {
        if (served.has(`${facts.path}#${exported}`)) continue;
        const record = interpreter.module(facts.path);
        const value = record && interpreter.exported(record, exported);
        const handler = value && handlerOf(value);
        if (!value || !handler) continue;
        const found = { facts, exported, value };
        const place = placeOf(siteOf(found));
        yield* follow(found, handler, anywhere, place, (start) => withUnknownGateway(start, place), program);
      }
  }
}

/** A function that no file of the project deploys. */
const anywhere: FunctionRoute = { method: 'ALL', path: '/*', written: '/{proxy+}', demands: [] };

function withUnknownGateway(state: ChainState, place: Place): ChainState {
  const why = 'is set up in no file of the project';
  const guard: Guard = { name: 'gateway', place, verdict: 'unknown', why };
  return { ...state, guards: [...state.guards, guard], unknown: true };
}

const extensions: readonly string[] = ['.ts', '.js', '.mts', '.mjs', '.cts', '.cjs', '/index.ts', '/index.js'];

function findCode({ modules, exported }: DeployedFunction, { interpreter }: FollowedProgram): Found | undefined {
  for (const module of modules)
    for (const extension of extensions) {
      const facts = interpreter.files.get(module + extension);
      const value = exportedBy(facts?.path, exported, interpreter);
      if (facts && value) return { facts, exported, value };
    }
  return undefined;
}

/** Where the function is exported that the cloud calls. */
function siteOf({ facts, exported }: Found): Origin {
  return placeOfExport(facts, exported) ?? wholeOf(facts);
}

function* follow(
  found: Found,
  { layers, handler }: LayeredHandler,
  route: FunctionRoute,
  router: Place,
  before: (start: ChainState, visit: Visit) => ChainState,
  program: FollowedProgram,
): Iterable<FollowedRoute> {
  const { interpreter, semantics } = program;
  const { method, path, written } = route;
  const site = siteOf(found);
  const chain = new Chain(interpreter, semantics, site, middyCalling(semantics));
  const visit: Visit = { method, path, base: '', exactCase: true, exact: true };
  let state = before(chain.start, visit);
  for (const layer of layers) state = chain.after(state, layer, visit);
  const request = fork(state.request);
  // Without them the function is not called by this route.
  for (const [, name] of path.matchAll(/\/:(\w+)(?=\/|$)/g))
    if (name) memberOf(memberOf(request, 'params'), name).answers.isThere = true;
  const routeKey = method === 'ALL' ? undefined : `${method} ${written}`;
  const callback = new LambdaCallback(interpreter);
  const args = [eventOf(request, routeKey, written), contextOf(request), callback.value];
  const outcome = withVisit(request, visit, () =>
    interpreter.follow(handler, undefinedValue, args, site, state.proofs),
  );
  // An adapter hands the whole event to an application, which has routes of its own.
  if (isHandedOn(outcome)) return;
  yield {
    method,
    path,
    place: placeOf(site),
    handler: placeOf(handler.kind === 'function' ? { file: handler.file, span: handler.facts } : site),
    router,
    framework: 'lambda',
    state: { ...state, request },
    outcome: answered(outcome, callback.answers),
    answersByReturn: true,
  };
}

function isHandedOn({ value }: Outcome): boolean {
  return optionsOf(value).some(
    (option) => option.value.kind === 'external' && option.value.call?.args.some((arg) => isEvent(arg)) === true,
  );
}
