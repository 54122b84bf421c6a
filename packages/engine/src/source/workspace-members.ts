import { posix } from 'node:path';
import picomatch from 'picomatch';
import { errorCode, readText } from './read-text.js';
import { isRecord, isStringArray, parseJson } from './parse-json.js';
import type { PathMatcher } from './path-matcher.js';
import { normalizeGlob } from './path-matcher.js';
import type { SkippedFile } from './project.js';
import { yaml } from './yaml-parser.js';

/**
 * The folders that the root's workspace names: `pnpm-workspace.yaml`, `workspaces` of `package.json` (npm, yarn, bun) or `packages`
 * of `lerna.json`. Where two packages have one name, a member is meant and not a template or an example.
 */
export function readWorkspaceMembers(root: string, problems: SkippedFile[]): PathMatcher {
  const globs = [
    ...readPnpm(root, problems),
    ...readJsonGlobs(root, 'package.json', 'workspaces'),
    ...readJsonGlobs(root, 'lerna.json', 'packages'),
  ];
  const positive = picomatch(globs.filter((glob) => !glob.startsWith('!')).map(normalizeGlob));
  const negative = picomatch(globs.filter((glob) => glob.startsWith('!')).map((glob) => normalizeGlob(glob.slice(1))));
  return (folder) => folder === '' || (positive(folder) && !negative(folder));
}

function readPnpm(root: string, problems: SkippedFile[]): readonly string[] {
  const file = 'pnpm-workspace.yaml';
  const { text } = readText(posix.join(root, file), 1);
  if (text === undefined) return [];
  try {
    const content: unknown = yaml().parse(text);
    const packages = isRecord(content) ? content['packages'] : undefined;
    return isStringArray(packages) ? packages : [];
  } catch (error) {
    problems.push({ file, reason: `is not valid YAML: ${firstLine(errorCode(error))}; its packages are not known` });
    return [];
  }
}

/** What is wrong with a `package.json` is reported where it is read as a package. */
function readJsonGlobs(root: string, file: string, field: string): readonly string[] {
  const { text } = readText(posix.join(root, file), 1);
  if (text === undefined) return [];
  const { value } = parseJson(text);
  const globs = isRecord(value) ? value[field] : undefined;
  const list = isRecord(globs) ? globs['packages'] : globs;
  return isStringArray(list) ? list : [];
}

function firstLine(text: string): string {
  return text.split('\n', 1).join('');
}
