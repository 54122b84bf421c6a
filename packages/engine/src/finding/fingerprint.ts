import { createHash } from 'node:crypto';

/** 32 hexadecimal digits that stay the same while lines move: made of the rule, what it is about, the file and the sink. */
export function fingerprintOf(ruleId: string, file: string, entity: string, sink: string): string {
  return createHash('sha256').update([ruleId, file, entity, sink].join('\u0000')).digest('hex').slice(0, 32);
}
