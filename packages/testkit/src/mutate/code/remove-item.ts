import type { ts } from 'ts-morph';
import type { Edit } from '../edit.js';
import type { ProjectCode } from './project-code.js';

/** Takes an item out of a list, with the comma that parted it from its neighbour. */
export function removeItem<Item extends ts.Node>(item: Item, list: ts.NodeArray<Item>, code: ProjectCode): Edit {
  const index = list.indexOf(item);
  const next = list[index + 1];
  const start = next ? item.pos : (list[index - 1]?.end ?? item.pos);
  return { file: code.pathOf(item), start, end: next?.pos ?? item.end, text: '' };
}
