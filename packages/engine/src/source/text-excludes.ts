import { posix } from 'node:path';
import { limits } from '../limits.js';
import type { ExcludeReason } from './default-excludes.js';
import { browserFolderNames } from './default-excludes.js';

const javaScript = /\.[cm]?jsx?$/;

const leadingComments = /^(?:\s+|#![^\n]*|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|['"]use \w+['"];?)*/;
const generatedMark =
  /@generated\b|\bDO NOT (?:EDIT|MODIFY)\b|\bauto(?:matically)?[ -]?generated\b[\s\S]*\bdo not (?:edit|modify|change)\b/i;
const browserGlobal =
  /(?<![.\w])(?:document|window|navigator|localStorage)\.|(?<![.\w])\$\(|\bjQuery\b|\bdefine\.amd\b/;
const moduleSyntax = /(?<![.\w])(?:require\(|module\.exports\b|exports\.\w)|^\s*(?:import|export)\b/m;

/** The reason to leave a code file out that only its text can tell. */
export function findTextExclude(path: string, text: string): ExcludeReason | undefined {
  if (isGenerated(text)) return 'generated';
  if (isBrowserScript(path, text)) return 'browser script';
  if (javaScript.test(path) && isMinified(text)) return 'minified';
  return undefined;
}

function isGenerated(text: string): boolean {
  const comments = leadingComments.exec(text.slice(0, limits.generatedMarkCharacters));
  return comments !== null && generatedMark.test(comments[0]);
}

function isMinified(text: string): boolean {
  if (text.length < limits.minifiedCharacters) return false;
  let lines = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++;
  return text.length / lines > limits.minifiedLineCharacters;
}

function isBrowserScript(path: string, text: string): boolean {
  const extension = posix.extname(path);
  if (extension !== '.js' && extension !== '.mjs') return false;
  if (
    !path
      .split('/')
      .slice(0, -1)
      .some((folder) => browserFolderNames.has(folder))
  )
    return false;
  return browserGlobal.test(text) || !moduleSyntax.test(text);
}
