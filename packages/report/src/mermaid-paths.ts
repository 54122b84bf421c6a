import type { AttackPath } from '@blastradius/engine';
import { graphOf, type PathNode } from './path-graph.js';
import { printable } from './printable.js';

/** A flow chart for Markdown: https://mermaid.js.org/syntax/flowchart.html */
export function mermaidPaths(paths: readonly AttackPath[]): string {
  const { nodes, edges } = graphOf(paths);
  return [
    'flowchart LR',
    ...nodes.map((node) => `  ${node.id}${shapeOf(node)}:::${node.kind}`),
    ...edges.map(({ from, to }) => `  ${from} --> ${to}`),
    '  classDef outside fill:#263238,color:#ffffff,stroke:#263238',
    '  classDef flaw fill:#ffebee,color:#1a1a1a,stroke:#c62828',
    '  classDef meant fill:#f5f5f5,color:#1a1a1a,stroke:#9e9e9e',
    '  classDef data fill:#fff8e1,color:#1a1a1a,stroke:#ef6c00',
    '',
  ].join('\n');
}

function shapeOf(node: PathNode): string {
  const { kind, stage, text, ruleId, repair } = node;
  const lines = [
    ...(stage === undefined ? [] : [`<b>${stage}</b>`]),
    quoted(text),
    ...(ruleId === undefined ? [] : [`<i>${ruleId}</i>`]),
    ...(repair === undefined ? [] : [`✂ ${quoted(repair)}`]),
  ];
  const label = `"${lines.join('<br/>')}"`;
  return kind === 'data' ? `[(${label})]` : kind === 'outside' ? `([${label}])` : `[${label}]`;
}

/** https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters */
function quoted(text: string): string {
  return printable(text).replace(/[#&<>"`]/g, (character) => `#${String(character.charCodeAt(0))};`);
}
