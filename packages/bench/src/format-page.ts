import { formatResults } from './format-results.js';
import type { Results } from './format-results.js';

/** The page `docs/performance.md`, whole: no number in it is typed. */
export function formatPage(results: Results): string {
  return `# Performance

What Blastradius costs, as ratios to the least that has to be done anyway. This page is written by the command that it names; nothing in it
is typed, and a ratio says more than its seconds: they belong to one machine.

${formatResults(results)}

## How each line is measured

- All programs of a line run by turns over the same files, ${String(results.runs)} times each, as whole processes with their start. A ratio is taken in each
  round, and the median of the rounds is shown. _From_ has the medians of the times, and the ratio of processor time of all threads.
- **floor**: parses each file with the compiler of TypeScript, visits each node once and drops the file. Nobody who reads TypeScript
  with that compiler is faster.
- **cold**: the cache folder is removed before the run. **warm**: the run after that one, with nothing changed. **a comment of one
  file changed**: the run after that, with a comment added to the file of median size; nothing is analysed then, nor after an edit of a
  function that no finding comes by. **the code of one file changed**: with an export added to it, after
  which that file is parsed, and everything is analysed.
- **peak memory**: the high-water mark of the process.
- **ESLint**: its Node interface lints the folder, with \`@typescript-eslint/parser\` and either no rule at all or \`recommended\`, or
  as many rules as that has which do nothing: what those cost is the price that ESLint asks for rules, and a part of what ours cost.
- **keystroke**: one process lints ${String(results.edits)} unsaved texts of the file of median size, each with and without the plugin, with one change in the
  text each time. The difference is taken text by text. A text that is not saved shows what was found before, where it stands by now (see
  [ESLint](eslint.md)).
- **saved**: the same process lints the file five times more, each time with another export in it that was saved, two seconds apart. What follows from it is
  made in a thread of its own, for which ESLint waits for a second at most: where that is what was measured, the findings come later.
- The generated project is a NestJS and an Express application and two libraries in one workspace: controllers and routers, services,
  DTOs, entities, types, plain functions and classes, with a long tail of large files. Tests stand beside them and are not counted, because
  they are not analysed. It is the same text every time; how precise the rules are cannot be seen from it.
- A bar that is meant for one size stands only there.
${results.peers === undefined ? '' : peersNote}`;
}

const peersNote = `- **Other tools**: those that npm installs, in the versions of \`packages/bench/src/peers/peers.ts\`, each as it is recommended. They look for
  other things than Blastradius does; what is compared is what running them costs.
`;
