import { spawnSync } from 'node:child_process';
import { Failure } from './failure.js';
import type { Io } from './io.js';

/** One work tree, asked with the settings that a hook hands down. */
export class Git {
  readonly #top: string;
  readonly #env: Io['env'];

  private constructor(top: string, env: Io['env']) {
    this.#top = top;
    this.#env = env;
  }

  /**
   * The work tree that a folder lies in.
   * @throws {Failure} where there is no git, or no work tree.
   */
  static open(folder: string, shownFolder: string, { cwd, env }: Io): Git {
    const own = ownEnvironment(env);
    const result = run(topLevel, folder, own);
    if (result.status !== 0) throw new Failure(describeMissing(result.stderr, shownFolder));
    const top = withoutLineEnd(result.stdout);
    // A hook names the index that is about to be committed, and only for its own repository.
    const isOfHook = own['GIT_INDEX_FILE'] === undefined || withoutLineEnd(run(topLevel, cwd, own).stdout) === top;
    return new Git(top, isOfHook ? own : { ...own, GIT_INDEX_FILE: undefined });
  }

  /** Absolute, as git writes it: with slashes, and without links. */
  get top(): string {
    return this.#top;
  }

  /** Standard output of a command that runs at the top of the work tree. */
  ask(args: readonly string[], input?: string): Buffer {
    const { status, stdout, stderr } = run(args, this.#top, this.#env, input);
    if (status === 0) return stdout;
    throw new Failure(`--staged asks git what is staged, and \`git ${args[0] ?? ''}\` says: ${firstLine(stderr)}`);
  }
}

const topLevel = ['rev-parse', '--show-toplevel'];

interface Result {
  readonly status: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

function run(args: readonly string[], folder: string, env: Io['env'], input = ''): Result {
  // No process of the repository's choice watches files, and paths are no patterns.
  const options = ['--no-optional-locks', '--literal-pathspecs', '-c', 'core.fsmonitor=false', '-C', folder];
  const { error, status, stdout, stderr } = spawnSync('git', [...options, ...args], {
    // What git says is understood in English.
    env: { ...env, LC_ALL: 'C' },
    input,
    maxBuffer: Infinity,
  });
  if (error) throw new Failure(describeError(error));
  return { status, stdout, stderr: stderr.toString() };
}

/**
 * In a linked work tree, hooks are handed the folder of the repository, by which git takes any folder for the top of
 * the work tree. It finds the same one by itself.
 */
function ownEnvironment(env: Io['env']): Io['env'] {
  return env['GIT_WORK_TREE'] === undefined ? { ...env, GIT_DIR: undefined } : env;
}

function describeError(error: Error): string {
  return 'code' in error && error.code === 'ENOENT'
    ? 'git was not found, and --staged asks it what is staged: install it, or leave out --staged.'
    : `git could not be run, and --staged asks it what is staged: ${error.message}.`;
}

function describeMissing(stderr: string, shownFolder: string): string {
  return /not a git repository/.test(stderr)
    ? `${shownFolder} is in no git repository, so nothing is staged there: leave out --staged to check it as it is.`
    : `--staged asks git what is staged in ${shownFolder}, and it says: ${firstLine(stderr)}`;
}

function firstLine(stderr: string): string {
  return (stderr.split('\n')[0] ?? '').replace(/^(fatal|error): /, '');
}

function withoutLineEnd(output: Buffer): string {
  return output.toString().replace(/\r?\n$/, '');
}
