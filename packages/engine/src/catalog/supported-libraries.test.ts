import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { expect, it } from 'vitest';
import { createFrameworks } from '../application/frameworks/frameworks.js';
import { libraryAreas } from './libraries.js';
import type { CallEntry, Library } from './library.js';

const page = join(import.meta.dirname, '../../../../docs/supported-libraries.md');

/** What is known of a library, by the words of its entries. */
const known: readonly (readonly [words: string, has: (entry: CallEntry) => boolean])[] = [
  ['guards', (entry) => entry.guard?.proves !== undefined],
  ['permissions', (entry) => entry.authorizes !== undefined || entry.guard?.permits !== undefined],
  ['verification', (entry) => entry.proves !== undefined],
  ['reading without verification', (entry) => entry.decodes !== undefined || entry.readsOnlyWhen !== undefined],
  ['mints', (entry) => entry.mint !== undefined],
  ['signed links', (entry) => entry.link !== undefined],
  ['keys', (entry) => entry.keys !== undefined],
  ['queries', (entry) => entry.data !== undefined],
  ['hashes of passwords', (entry) => entry.hashesPassword === true],
  ['signatures made by hand', (entry) => entry.seals !== undefined],
  ['what was found out of the caller', (entry) => entry.gives !== undefined],
  ['answers', (entry) => entry.responds !== undefined || entry.answers !== undefined],
  ['effects on files and processes', (entry) => entry.effect !== undefined && entry.effect.adds !== true],
  ['jobs', (entry) => entry.effect?.adds === true],
  ['running what it is given', (entry) => entry.passes !== undefined && entry.passes !== 'receiver'],
  ['assertions', (entry) => entry.asserts === true],
  ['exemptions', (entry) => entry.guard?.exempts === true],
  ['limits', (entry) => entry.limits !== undefined],
  ['errors with a status', (entry) => entry.fails !== undefined],
  ['records', (entry) => entry.records !== undefined],
  ['contexts and transactions', (entry) => entry.passes !== undefined],
  ['forwarding', (entry) => entry.forwards === true],
  ['wrappers', (entry) => typeof entry.returns === 'number'],
];

function row(library: Library): string {
  const entries = Object.values(library.calls);
  const words = known.filter(([, has]) => entries.some(has)).map(([word]) => word);
  if (library.neutral) words.push('says nothing of the caller');
  return `| ${library.packages.map((name) => (name === 'global' ? 'built in' : `\`${name}\``)).join(', ')} | ${words.join(', ')} | ${String(entries.length)} |`;
}

it('lists what is known of each library', async () => {
  const routes = createFrameworks().flatMap(({ packages }) => packages.map((name) => `\`${name}\``));
  const chapters = Object.entries(libraryAreas).map(([area, libraries]) => {
    const rows = libraries.filter(({ packages }) => packages.length > 0).map(row);
    const title = area.charAt(0).toUpperCase() + area.slice(1);
    return [`## ${title}`, '', '| Packages | What is understood | Entries |', '| --- | --- | --: |', ...rows].join(
      '\n',
    );
  });
  const text = `# Supported libraries

What the catalog knows, generated from it by \`npx vitest run packages/engine/src/catalog/supported-libraries.test.ts -u\`. An entry is one way that
leads to a function, a constructor or a member. A library that is not here is unknown, and [a configuration](configuration.md) can describe it.

Routes are read of ${routes.sort().join(', ')}, of the resolver maps of Apollo Server and GraphQL Yoga with the rules of graphql-shield, of the routers of tRPC, of servers of
\`node:http\`, of files that a framework finds by their names (those of Next.js, Nuxt, Nitro, React Router, Remix, SvelteKit, Medusa and Vercel), and of
functions of AWS Lambda that the Serverless Framework, SAM or a program of the CDK puts behind a gateway.

${chapters.join('\n\n')}
`;
  const options = await resolveConfig(page);
  await expect(await format(text, { ...options, parser: 'markdown' })).toMatchFileSnapshot(page);
});
