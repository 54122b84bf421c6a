import { isBuiltin } from 'node:module';
import type { Catalog } from '../catalog/catalog.js';
import { neutralPackages } from '../catalog/neutral/middlewares.js';
import { calmClients, platformClients, throwingClients } from '../catalog/platform/http-clients.js';
import { limits } from '../limits.js';
import { conditionsSince, type Condition } from '../program/condition.js';
import type { Event } from '../program/semantics.js';
import { codeOf } from './answer-status.js';
import type { AccessPath } from '../program/access-path.js';
import { optionsOf, type ExternalValue, type Value } from '../program/value.js';
import { inputOf } from './input-of.js';

/** Words for what has to do with who somebody is. */
const aboutIdentity =
  /auth|session|token|jwt|user|account|login|signed_?in|identity|principal|credential|permission|access|guard|protect|verif|check|signature|webhook|api_?key|secret|member|tenant|role/i;
/** Functions that take something apart or put it together, and ask nobody. */
const plain =
  /^(parse|decode|extract|split|read|strip|normali[sz]e|format|serialize|stringify|create|make|build|new|init|use|with|log|info|debug|warn|error|trace|set|to[A-Z]|from[A-Z])/;
/** Functions that find the request by themselves: `await auth()`, `await getServerSession()`. */
const findsCaller =
  /^(auth|session|user|(get|load|fetch|require|current|validate|verify|check|ensure)[A-Za-z]*(auth|session|user|account|identity|member)[A-Za-z]*|protect)$/i;
const credential =
  /^(cookies|signedCookies)\.|^headers\.(authorization|proxy-authorization|cookie|[\w-]*(key|token|session|auth|secret|jwt|ticket)[\w-]*)/i;
/** Tokens and keys that say nothing of the caller: of forms, puzzles and repeated requests. */
const ofForms = /csrf|xsrf|captcha|turnstile|idempoten|request-id|lang|locale|theme|consent/i;

/** Headers that say nothing of who sends them. */
const plainHeader =
  /^headers\.(user-agent|accept[\w-]*|content-[\w-]*|host|origin|referer|if-[\w-]*|cache-control|x-forwarded-[\w-]*|x-real-ip|x-request-id|cf-[\w-]*|traceparent|range)\b/i;

/** Whether it is a header that says nothing of who sends it. */
export function isPlainHeader(input: string): boolean {
  return plainHeader.test(input);
}

/** Whether it is where a credential comes with a request, by its name. */
export function isCredentialInput(input: string): boolean {
  return credential.test(input) && !ofForms.test(input);
}

/**
 * Whether a function of something outside of the project, which the catalog does not describe, may be one that says who the caller is, by
 * its name. What it says nobody knows.
 */
export function mayVerify(path: AccessPath, catalog: Catalog): boolean {
  if (!path.isCall) return false;
  if (clientOf(path) !== undefined) return true;
  return isUnread(path, catalog) && !plain.test(nameOf(path)) && aboutIdentity.test(path.text);
}

/** Whether a path leads into a package that the catalog says nothing of. */
export function isUnread({ root }: AccessPath, catalog: Catalog): boolean {
  const packageName = root.step.slice(0, -1);
  if (!root.step.endsWith('#') || packageName === 'global' || packageName === 'express') return false;
  return !neutralPackages.has(packageName) && !isBuiltin(packageName) && !catalog.knows(packageName);
}

/** How a client that asks another server takes an answer that is an error; `undefined` where it is none. */
function clientOf(path: AccessPath): 'throws' | 'calm' | undefined {
  const packageName = path.root.step.slice(0, -1);
  if (throwingClients.has(packageName)) return 'throws';
  if (calmClients.has(packageName)) return 'calm';
  if (packageName !== 'global') return undefined;
  const isOf = (name: string): boolean => path.text.startsWith(`global#${name}()`);
  return isOf(platformClients.calm) ? 'calm' : isOf(platformClients.throwing) ? 'throws' : undefined;
}

/** Which outcome of it lets the caller on: that it returns at all, that what it gives is truthy, or something within that. */
export function yesOf(path: AccessPath, isCheck: boolean): 'returns' | 'truthy' | 'held' {
  const client = clientOf(path);
  if (client === undefined) return isCheck ? 'returns' : 'truthy';
  if (client === 'throws') return 'returns';
  // The answer is there, and what it says is within it.
  return path.text.indexOf('()') === path.text.length - 2 ? 'held' : 'truthy';
}

/** Whether it is handed what comes with a request to say who sends it, or the request itself, or finds it on its own. */
export function looksAtCaller(call: ExternalValue, catalog: Catalog): boolean {
  const args = call.call?.args ?? [];
  // `(await fetch(url, { headers })).json()`
  if (call.receiver?.kind === 'external' && call.receiver.call && looksAtCaller(call.receiver, catalog)) return true;
  if (args.length === 0) return findsCaller.test(nameOf(call.at));
  return args.some((value) => holdsCredential(value, catalog)) || findsCaller.test(nameOf(call.at));
}

function holdsCredential(value: Value, catalog: Catalog, depth = 0): boolean {
  if (depth > limits.credentialDepth) return false;
  return optionsOf(value).some(({ value: option }) => {
    if (option.kind === 'object')
      return [...option.properties.values(), ...option.spread].some((item) =>
        holdsCredential(item, catalog, depth + 1),
      );
    if (option.kind === 'external' && option.path === 'express#Request') return true;
    const input = inputOf(option, catalog);
    if (input !== undefined) return /^(headers|cookies|signedCookies)\b/.test(input) && !isPlainHeader(input);
    // What another such function has made of it: `verify(tokenOf(req))`.
    return (
      option.kind === 'external' &&
      option.call !== undefined &&
      option.call.args.some((arg) => holdsCredential(arg, catalog, depth + 1))
    );
  });
}

/** The name of the function that is called. */
export function nameOf(path: AccessPath): string {
  let named: AccessPath | undefined = path;
  while (named?.isCall) named = named.parent;
  return named?.step ?? '';
}

/**
 * Whether a stranger is turned away on one side of a test that asks what nobody can look into, and every way goes on from the other one:
 * what a container gives, what was put into a table by name.
 */
export function refusesInTheDark(
  events: readonly Event[],
  ways: readonly (Condition | undefined)[],
  catalog: Catalog,
): boolean {
  return events.some((event) => {
    const test = event.condition;
    const entry = test?.values.some((value) => isDark(value, catalog)) ? catalog.find(event.call.at) : undefined;
    if (!test || entry?.responds === undefined) return false;
    const code = codeOf(event, entry.status, events, catalog);
    return (
      (code === 401 || code === 403) &&
      ways.length > 0 &&
      ways.every((way) =>
        conditionsSince(way, undefined).some(
          ({ origin, truthy }) => origin.span === test.origin.span && truthy !== test.truthy,
        ),
      )
    );
  });
}

/** Whether it is what something unknown says, or what is kept with the application says when it is called. */
function isDark(value: Value, catalog: Catalog): boolean {
  if (value.kind === 'unknown') return true;
  if (value.kind !== 'external') return false;
  if (value.path === 'global#!()') return value.call?.args.some((arg) => isDark(arg, catalog)) ?? false;
  if (!value.call)
    return value.receiver !== undefined && value.receiver.kind === 'external' && isDark(value.receiver, catalog);
  return (
    /^express#Request\.\w+\..*\(\)$/.test(value.path) &&
    !catalog.find(value.at) &&
    inputOf(value, catalog) === undefined
  );
}
