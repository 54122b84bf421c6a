import type { Interpreter } from '../../program/interpreter.js';
import { externalValue, type ExternalValue } from '../../program/value.js';
import type { OddShape } from '../catalog-semantics.js';
import { groupProperty } from '../where-of.js';

/** `where((group) => group.where('ownerId', id).orWhere('public', true))`: what is asked for in there holds or fails together. */
export const builderShape: OddShape = {
  evaluates: (_path, entry) => entry?.groups === true,

  evaluateCall(call: ExternalValue, interpreter: Interpreter): undefined {
    const asked = call.call?.args.find((arg) => arg.kind === 'function');
    if (!asked || call.receiver?.kind !== 'external' || call.findProperty(groupProperty)) return;
    const group = externalValue(call.receiver.at, call.origin, undefined, { args: [], construct: false });
    group.run = call.run;
    call.properties.set(groupProperty, group);
    interpreter.call(asked, [group], call.origin, group);
  },
};
