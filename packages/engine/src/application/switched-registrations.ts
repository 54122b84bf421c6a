import { segmentsOf } from '../deployment/listener.js';
import type { Expression, FileFacts, Span, Statement } from '../facts/file-facts.js';
import { textOf, type ExternalValue } from '../program/value.js';

/** What the tests ask for around routes that only some environments have. */
const environment =
  /^(?:env|environment|NODE_ENV|APP_ENV|stage|.*[dD]ev(?:elopment)?|.*[pP]rod(?:uction)?|.*(?:debug|Debug|DEBUG).*|isTest|enable\w*|.*[eE]nabled|ENABLE_\w+)$/;

/** Paths that are registered or mounted inside of an `if` that asks for the environment or for a switch, and what they start with. */
export class SwitchedRegistrations {
  #paths: readonly (readonly string[])[] | undefined;

  /** @param startup What was called while the modules ran. */
  constructor(readonly startup: readonly ExternalValue[]) {}

  /** Whether a route with a segment in its path may be one of them. */
  covers(path: string, segment: string): boolean {
    this.#paths ??= collectSwitched(this.startup);
    const text = `/${segmentsOf(path.toLowerCase()).join('/')}/`;
    return this.#paths.some((own) => own.includes(segment) && text.includes(`/${own.join('/')}/`));
  }
}

function collectSwitched(startup: readonly ExternalValue[]): readonly (readonly string[])[] {
  const found: (readonly string[])[] = [];
  for (const call of new Set(startup.flatMap((value) => value.knownCalls()))) {
    const path = textOf(call.call?.args[0]);
    if (path?.startsWith('/') && isSwitched(call.origin.file, call.origin.span))
      found.push(segmentsOf(path.toLowerCase()));
  }
  return found;
}

function isSwitched(file: FileFacts, span: Span): boolean {
  return [file.body, ...file.functions.map(({ body }) => body ?? [])].some((body) => isWithinSwitch(body, span));
}

function isWithinSwitch(statements: readonly Statement[], span: Span): boolean {
  return statements.some((statement) => {
    if (statement.start > span.start || statement.end < span.end) return false;
    switch (statement.kind) {
      case 'if':
        return (
          asksForEnvironment(statement.test) ||
          [statement.whenTrue, statement.whenFalse].some((inner) => isWithinSwitch(inner, span))
        );
      case 'block':
      case 'loop':
        return isWithinSwitch(statement.body, span);
      case 'try':
        return [statement.block, statement.handler ?? []].some((inner) => isWithinSwitch(inner, span));
      default:
        return false;
    }
  });
}

function asksForEnvironment(test: Expression): boolean {
  switch (test.kind) {
    case 'name':
      return environment.test(test.name);
    case 'member':
      return environment.test(test.property);
    case 'binary':
    case 'logical':
      return asksForEnvironment(test.left) || asksForEnvironment(test.right);
    case 'unary':
      return asksForEnvironment(test.operand);
    case 'call':
      return asksForEnvironment(test.callee);
    default:
      return false;
  }
}
