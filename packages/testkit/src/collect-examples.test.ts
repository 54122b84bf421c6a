import { describe, expect, it } from 'vitest';
import { collectExamples, ExampleError } from './collect-examples.js';

const page = `# A rule

\`\`\`ts
outside();
\`\`\`

## Examples

### ❌ Incorrect

Some words.

\`\`\`ts
// src/app.ts
app();

// src/keys.ts
key();
\`\`\`

#### Nest

\`\`\`
# .env
KEY=1
-- db/init.sql
select 1;
\`\`\`

### Correct

~~~js
// app.js
// a comment
sound();
~~~

## Options

\`\`\`ts
options();
\`\`\`
`;

describe('collectExamples', () => {
  it('reads the blocks below both headings, each a project of its own', () => {
    expect(collectExamples(page)).toEqual([
      {
        verdict: 'incorrect',
        line: 13,
        files: new Map([
          ['src/app.ts', 'app();\n\n'],
          ['src/keys.ts', 'key();\n'],
        ]),
      },
      {
        verdict: 'incorrect',
        line: 23,
        files: new Map([
          ['.env', 'KEY=1\n'],
          ['db/init.sql', 'select 1;\n'],
        ]),
      },
      { verdict: 'correct', line: 32, files: new Map([['app.js', '// a comment\nsound();\n']]) },
    ]);
  });

  it.each([
    ['### Correct\n```ts\nf();\n```', 'which file it is'],
    ['### Correct\n```ts\n```', 'is empty'],
    ['### Correct\n```ts\n// a.ts\n// a.ts\n```', 'opens a.ts twice'],
    ['### Correct\n```ts\n// a.ts', 'never closed'],
  ])('rejects %j', (markdown, problem) => {
    expect(() => collectExamples(markdown)).toThrow(ExampleError);
    expect(() => collectExamples(markdown)).toThrow(new RegExp(`^line 2: .*${problem}`));
  });
});
