import type { ClassFacts, FileFacts } from '../../facts/file-facts.js';
import { findTargetName, readDecorators } from './class-decorators.js';
import type { DeclarationFiles } from './declaration-files.js';
import { findReturned } from './find-returned.js';
import { beforeWriting, type Treatment } from './treated-fields.js';

/** What subscribers do to records of an entity before they are written. */
export type Subscribers = (entity: string) => readonly ((treatment: Treatment) => void)[];

/** `@EventSubscriber()` classes, of one entity where `listenTo` names it, of all otherwise: https://typeorm.io/docs/advanced-topics/listeners-and-subscribers */
export function collectSubscribers(files: DeclarationFiles): Subscribers {
  const subscribers: { readonly entity: string | undefined; readonly add: (treatment: Treatment) => void }[] = [];
  for (const file of files.all()) {
    for (const declared of file.classes) {
      const isSubscriber = readDecorators(files, file, declared.decorators, (source) => source === 'typeorm').some(
        ({ name }) => name === 'EventSubscriber',
      );
      if (!isSubscriber) continue;
      const add = (treatment: Treatment): void => {
        for (const { kind, name, function: id } of declared.members) {
          const fn = kind === 'method' && id !== undefined ? file.functions[id] : undefined;
          if (fn && beforeWriting.test(name)) treatment.addFunction(file, fn, declared);
        }
      };
      subscribers.push({ entity: findSubject(file, declared), add });
    }
  }
  return (entity) =>
    subscribers
      .filter((subscriber) => subscriber.entity === undefined || subscriber.entity === entity)
      .map(({ add }) => add);
}

function findSubject(file: FileFacts, declared: ClassFacts): string | undefined {
  const id = declared.members.find(({ name }) => name === 'listenTo')?.function;
  const fn = id === undefined ? undefined : file.functions[id];
  const returned = fn && findReturned(fn);
  return returned && findTargetName(file, returned);
}
