import type { CallExpression, Expression, FileFacts } from '../../facts/file-facts.js';
import type { DeclarationFiles } from './declaration-files.js';
import { findValue, lastName, stringOf } from './literal-values.js';
import { beforeWriting, type Treatment } from './treated-fields.js';

/** Part of the name of every event before something is written. */
const before = /before/i;

interface HookCall {
  readonly file: FileFacts;
  readonly call: CallExpression;
}

/** Hooks of Sequelize's models, wherever they are registered: https://sequelize.org/docs/v6/other-topics/hooks */
export class ModelHooks {
  /** By the name of the model as it is written before the call; connections have hooks for all of their models. */
  readonly #calls = new Map<string, HookCall[]>();

  constructor(files: DeclarationFiles) {
    for (const file of files.all()) {
      for (const { call } of files.callsNear(file, before)) {
        if (call.callee.kind !== 'member') continue;
        const { property, object } = call.callee;
        const event = property === 'addHook' || property === 'hook' ? stringOf(call.args[0]) : property;
        if (event === undefined || !beforeWriting.test(event)) continue;
        const name = lastName(object) ?? (object.kind === 'this' ? 'this' : '');
        const known = this.#calls.get(name);
        if (known) known.push({ file, call });
        else this.#calls.set(name, [{ file, call }]);
      }
    }
  }

  /** Adds what the hooks of one model change: those of its options, of calls on it, and of the connection. */
  addTo(treatment: Treatment, model: string, file: FileFacts, options: Expression | undefined): void {
    const own = findValue(treatment.files.findProperties(file, options), 'hooks');
    if (own) {
      const hooks = treatment.files.findProperties(file, own);
      if (!hooks) treatment.addAll();
      for (const hook of hooks ?? []) if (beforeWriting.test(hook.key)) treatment.addHook(hook.file, hook.value);
    }
    for (const [name, calls] of this.#calls) {
      if (name !== model && !/^(this|sequelize|connection|db|database|client|orm)$/i.test(name)) continue;
      for (const hook of calls) {
        if (name === 'this' && hook.file !== file) continue;
        treatment.addHook(hook.file, hook.call.args.at(-1));
      }
    }
  }
}
