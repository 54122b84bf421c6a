import { controlsOf, homepage, ruleDocumentation } from '@blastradius/engine';
import type { Finding, Place, Rule, SkippedFile, StandardName } from '@blastradius/engine';
import type {
  ArtifactLocation,
  CodeFlow,
  Location,
  Log,
  Message,
  Notification,
  PhysicalLocation,
  ReportingDescriptor,
  ReportingDescriptorRelationship,
  Result,
  ToolComponent,
} from 'sarif';
import { artifactUri } from './artifact-uri.js';
import { compareText } from './compare-text.js';
import type { FindingsReport } from './findings-report.js';
import { lineHasher } from './line-hasher.js';
import { orderFindings } from './order-findings.js';
import { orderSkipped } from './order-skipped.js';
import { toJson } from './to-json.js';

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** Name of the analysed root (SARIF 2.1.0, 3.14.14). It stands without a URI: where the root lies is the reader's affair. */
const rootId = 'SRCROOT';

/** SARIF 2.1.0: one run, the evidence of each finding as a code flow. */
export function sarifFindings({ tool, summary, findings, rules, readText }: FindingsReport): string {
  const ordered = rules.toSorted((a, b) => compareText(a.id, b.id));
  const indexes = new Map(ordered.map((rule, index) => [rule.id, index]));
  const lineHash = cachedLineHash(readText);
  const taxonomies = taxonomiesOf(ordered);
  const log: Log = {
    $schema: schema,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: tool.name,
            version: tool.version,
            informationUri: homepage,
            rules: ordered.map((rule) => descriptor(rule, taxonomies)),
            ...(taxonomies.length > 0 && {
              supportedTaxonomies: taxonomies.map(({ name }, index) => ({ name, index })),
            }),
          },
        },
        ...(taxonomies.length > 0 && { taxonomies: [...taxonomies] }),
        invocations: [
          { executionSuccessful: true, toolExecutionNotifications: orderSkipped(summary.skipped).map(notification) },
        ],
        originalUriBaseIds: { [rootId]: { description: { text: 'The analysed root.' } } },
        columnKind: 'utf16CodeUnits',
        results: orderFindings(findings).map((finding) => result(finding, indexes.get(finding.ruleId), lineHash)),
      },
    ],
  };
  return toJson(log);
}

interface Publication {
  readonly name: string;
  readonly organization: string;
  readonly informationUri: string;
  readonly version?: string;
  /** How its controls are written in `tags`. */
  readonly tag: (id: string) => string;
}

const publications: Readonly<Record<StandardName, Publication>> = {
  CWE: {
    name: 'CWE',
    organization: 'MITRE',
    informationUri: 'https://cwe.mitre.org',
    tag: (id) => `external/cwe/cwe-${id.replace('CWE-', '').padStart(3, '0')}`,
  },
  'OWASP API Security Top 10 2023': {
    name: 'OWASP-API',
    organization: 'OWASP',
    version: '2023',
    informationUri: 'https://owasp.org/API-Security/editions/2023/en/0x11-t10/',
    tag: (id) => `owasp/${id}`,
  },
  'OWASP ASVS 5.0.0': {
    name: 'OWASP-ASVS',
    organization: 'OWASP',
    version: '5.0.0',
    informationUri: 'https://owasp.org/www-project-application-security-verification-standard/',
    tag: (id) => `asvs/${id}`,
  },
  'ISMS-P': {
    name: 'ISMS-P',
    organization: 'KISA',
    informationUri: 'https://isms.kisa.or.kr',
    tag: (id) => `isms-p/${id}`,
  },
};

/** Standards as taxonomies (SARIF 2.1.0, 3.14.8 and 3.19.3): CWE by bare numbers, as other tools write it. */
function taxonomiesOf(rules: readonly Rule[]): readonly ToolComponent[] {
  const controls = rules.flatMap(({ meta }) => controlsOf(meta));
  return Object.entries(publications).flatMap(([standard, { name, organization, informationUri, version }]) => {
    const titles = new Map(
      controls.filter((each) => each.standard === standard).map(({ id, title }) => [taxonId(id), title]),
    );
    if (titles.size === 0) return [];
    const taxa = [...titles]
      .toSorted(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))
      .map(([id, title]): ReportingDescriptor => ({
        id,
        ...(title !== undefined && { shortDescription: { text: title } }),
      }));
    return [
      { name, organization, ...(version !== undefined && { version }), informationUri, isComprehensive: false, taxa },
    ];
  });
}

function taxonId(id: string): string {
  return id.replace(/^CWE-/, '');
}

function relationshipsOf({ meta }: Rule, taxonomies: readonly ToolComponent[]): ReportingDescriptorRelationship[] {
  return controlsOf(meta).map(({ standard, id }) => {
    const { name } = publications[standard];
    const index = taxonomies.findIndex((taxonomy) => taxonomy.name === name);
    return { target: { id: taxonId(id), toolComponent: { name, index } }, kinds: ['relevant'] };
  });
}

function descriptor(rule: Rule, taxonomies: readonly ToolComponent[]): ReportingDescriptor {
  const { id, meta } = rule;
  const relationships = relationshipsOf(rule, taxonomies);
  const page = ruleDocumentation(id);
  const references = [...meta.cwe.map((number) => `CWE-${number}`), ...meta.owasp.map((risk) => `OWASP ${risk}:2023`)];
  const sentence = meta.description.replace(/\.?$/, '.');
  return {
    id,
    name: pascalCase(id),
    shortDescription: { text: sentence },
    fullDescription: { text: [sentence, references.join(', ')].filter((part) => part !== '').join(' ') },
    helpUri: page,
    help: {
      text: `${sentence} How it is decided, examples and remedies: ${page}`,
      markdown: `${sentence} [How it is decided, examples and remedies](${page})`,
    },
    defaultConfiguration: { level: meta.severity },
    ...(relationships.length > 0 && { relationships }),
    properties: {
      tags: ['security', ...controlsOf(meta).map((control) => publications[control.standard].tag(control.id))],
      precision: meta.precision,
      'problem.severity': meta.severity,
      'security-severity': meta.securitySeverity.toFixed(1),
    },
  };
}

function result(
  finding: Finding,
  ruleIndex: number | undefined,
  lineHash: (place: Place) => string | undefined,
): Result {
  const hash = lineHash(finding.place);
  return {
    ruleId: finding.ruleId,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: finding.severity,
    message: message(finding.message),
    locations: [{ physicalLocation: physicalLocation(finding.place) }],
    ...evidence(finding),
    partialFingerprints: {
      'blastradius/v1': finding.fingerprint,
      ...(hash === undefined ? {} : { primaryLocationLineHash: hash }),
    },
    properties: { entity: finding.entity, precision: finding.precision },
  };
}

/** The steps twice: as a path to walk, and as places beside the finding for viewers that show no path. */
function evidence({ steps }: Finding): { codeFlows?: CodeFlow[]; relatedLocations?: Location[] } {
  if (steps.length === 0) return {};
  const locations = steps.map((step) => ({
    physicalLocation: physicalLocation(step.place),
    message: message(step.message),
  }));
  return {
    codeFlows: [{ threadFlows: [{ locations: locations.map((location) => ({ location })) }] }],
    relatedLocations: locations.map((location, index) => ({ id: index + 1, ...location })),
  };
}

function notification({ file, reason }: SkippedFile): Notification {
  return {
    level: 'warning',
    message: message(`${file} is not analysed: ${reason}`),
    locations: [{ physicalLocation: { artifactLocation: artifactLocation(file) } }],
  };
}

function physicalLocation(place: Place): PhysicalLocation {
  return {
    artifactLocation: artifactLocation(place.file),
    region: {
      startLine: place.line,
      startColumn: place.column,
      endLine: place.endLine,
      endColumn: place.endColumn,
    },
  };
}

function artifactLocation(file: string): ArtifactLocation {
  return { uri: artifactUri(file), uriBaseId: rootId };
}

/** `[a](b)` in a plain text message is a link (SARIF 2.1.0, 3.11.6); code that looks like one is not. */
function message(text: string): Message {
  return { text: text.replaceAll('](', '\\](') };
}

function pascalCase(id: string): string {
  return id.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function cachedLineHash(readText: FindingsReport['readText']): (place: Place) => string | undefined {
  const hashers = new Map<string, (line: number) => string | undefined>();
  return ({ file, line }) => {
    const known = hashers.get(file);
    if (known !== undefined) return known(line);
    const text = readText?.(file);
    const hasher = text === undefined ? () => undefined : lineHasher(text);
    hashers.set(file, hasher);
    return hasher(line);
  };
}
