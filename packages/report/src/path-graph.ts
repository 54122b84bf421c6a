import type { AttackPath, PathLink, Stage } from '@blastradius/engine';
import { orderPaths } from './order-paths.js';

export interface PathNode {
  readonly id: string;
  readonly kind: 'outside' | 'flaw' | 'meant' | 'data';
  /** What the attacker does, in a word; `undefined` for where they start and what they get. */
  readonly stage?: Stage;
  readonly text: string;
  readonly ruleId?: string;
  /** `src/token.ts:14` */
  readonly place?: string;
  /** What cuts a path there. */
  readonly repair?: string;
}

export interface PathEdge {
  readonly from: string;
  readonly to: string;
}

export interface PathGraph {
  readonly nodes: readonly PathNode[];
  readonly edges: readonly PathEdge[];
}

/** All paths in one picture. Those that begin alike share their beginning and nothing else, so that no way shows that is none. */
export function graphOf(paths: readonly AttackPath[]): PathGraph {
  const nodes = new Map<string, PathNode>();
  const edges = new Map<string, PathEdge>();
  const add = (key: string, node: Omit<PathNode, 'id'>): string => {
    const known = nodes.get(key);
    if (known) return known.id;
    const id = `n${String(nodes.size)}`;
    nodes.set(key, { id, ...node });
    return id;
  };
  const connect = (from: string, to: string): void => {
    edges.set(`${from} ${to}`, { from, to });
  };
  for (const path of orderPaths(paths)) {
    let before = add('outside', { kind: 'outside', text: 'the outside' });
    let way = '';
    // What the data is stands at the end of the path.
    for (const link of path.links.filter(({ stage }) => stage !== 'read')) {
      way += `\n${keyOf(link)}`;
      const here = add(way, nodeOf(link));
      connect(before, here);
      before = here;
    }
    for (const { name, fields } of path.radius.entities) {
      const text = fields.length > 0 ? `${name}: ${fields.join(', ')}` : name;
      connect(before, add(`data ${name}`, { kind: 'data', text }));
    }
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()] };
}

function keyOf({ stage, message, ruleId }: PathLink): string {
  return `${stage} ${ruleId ?? ''} ${message}`;
}

function nodeOf({ stage, message, ruleId, place, repair, cuts }: PathLink): Omit<PathNode, 'id'> {
  return {
    kind: ruleId === undefined ? 'meant' : 'flaw',
    stage,
    text: message.replaceAll('`', ''),
    place: `${place.file}:${String(place.line)}`,
    ...(ruleId === undefined ? {} : { ruleId }),
    ...(cuts && repair !== undefined ? { repair: repair.replaceAll('`', '') } : {}),
  };
}
