import { createRequire } from 'node:module';
import { isAbsolute } from 'node:path';
import { SessionError } from '../session-error.js';
import { findPathWithin, resolvePath } from '../source/absolute-path.js';
import type { Project } from '../source/project.js';
import { readText } from '../source/read-text.js';
import { checkConfig, type KnownRule } from './check-config.js';
import type * as CodeNode from './code-node.js';
import type { ConfigNode } from './config-node.js';
import type { Config } from './config.js';
import { ConfigFile } from './config-file.js';
import { readJsonNode } from './json-node.js';

const require = createRequire(import.meta.url);

const extensions = ['ts', 'mts', 'mjs', 'js', 'cjs', 'json'];

/**
 * Reads the configuration as data: nothing of it is executed.
 *
 * @param project Its root is all that is asked for, so that `include` and `exclude` can be known before it is opened.
 * @param configPath Absolute or relative to the root; without it the file is found by its name at the root.
 * @param rules The rules that there are, for errors about unknown ones and about their options.
 * @throws {SessionError} names the place in the file, and what is allowed there.
 */
export function readConfig(
  project: Pick<Project, 'root'>,
  configPath: string | undefined,
  rules?: readonly KnownRule[],
): Config {
  const file = configPath === undefined ? findConfigFile(project.root) : readNamedFile(project.root, configPath);
  if (file === undefined) {
    return {
      ...checkConfig(new ConfigFile('', ''), { kind: 'object', offset: 0, entries: [] }, rules),
      file: undefined,
    };
  }
  return checkConfig(file, file.path.endsWith('.json') ? readJsonNode(file) : readCode(file), rules);
}

/** Loads what lowers code, which most configurations are not. */
function readCode(file: ConfigFile): ConfigNode {
  const { readCodeNode } = require('./code-node.js') as typeof CodeNode;
  return readCodeNode(file);
}

function findConfigFile(root: string): ConfigFile | undefined {
  const found: ConfigFile[] = [];
  for (const extension of extensions) {
    const name = `blastradius.config.${extension}`;
    const { text, reason } = readText(resolvePath(root, name), 1);
    if (text !== undefined) found.push(new ConfigFile(name, text));
    // ENOTDIR: the root is a file. Whoever opens the project says so in better words.
    else if (!/ENO(ENT|TDIR)$/.test(reason)) throw new SessionError(`${name} ${reason}.`);
  }
  const [first, second] = found;
  if (first !== undefined && second !== undefined) {
    throw new SessionError(`There are two configurations, ${first.path} and ${second.path}: keep one of them.`);
  }
  return first;
}

function readNamedFile(root: string, configPath: string): ConfigFile {
  const absolute = resolvePath(root, configPath);
  const shown = (isAbsolute(configPath) ? findPathWithin(root, absolute) : undefined) ?? configPath;
  const { text, reason } = readText(absolute, 1);
  if (text === undefined) {
    throw new SessionError(
      reason.endsWith('ENOENT')
        ? `The configuration ${shown} does not exist: correct its path, or leave it out to have it found at the root.`
        : `The configuration ${shown} ${reason}.`,
    );
  }
  if (!extensions.some((extension) => shown.endsWith(`.${extension}`))) {
    throw new SessionError(`The configuration ${shown} is of no kind that can be read: ${extensions.join(', ')}.`);
  }
  return new ConfigFile(shown, text);
}
