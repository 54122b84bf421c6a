import type { ExternalValue } from '../program/value.js';
import { statusIn } from './refusal.js';

/** The status that an answer is sent with, where the call itself or the one in front of it says so. */
export function statusOf(call: ExternalValue): number | undefined {
  if (call.path.endsWith('.sendStatus()')) return statusIn(call.call?.args[0]);
  if (call.path.endsWith('.redirect()')) return 302;
  // A fluent response is the response itself: the status that was set last before this call, in the order of calls.
  const response = call.receiver;
  if (response?.kind !== 'external') return undefined;
  const index = response.calls.indexOf(call);
  const before = response.calls[index - 1];
  if (
    before &&
    /\.(status|code|writeHead)\(\)$/.test(before.path) &&
    before.origin.span.start >= call.origin.span.start &&
    before.origin.span.end <= call.origin.span.end
  ) {
    return statusIn(before.call?.args[0]);
  }
  return undefined;
}
