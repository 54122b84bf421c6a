import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { openSession } from '@blastradius/engine';
import type { Route } from '@blastradius/engine';
import { afterAll, describe, expect, it } from 'vitest';

/** What `ask.ts` of a folder exports. */
interface Oracle {
  /** Sends an anonymous request to the running application; the status of its answer. */
  readonly ask: (method: string, path: string) => Promise<number>;
  readonly close?: () => Promise<void> | void;
  /** Titles of routes that the linter cannot decide, `GET /users/:id`. */
  readonly undecided?: readonly string[];
  /** Titles of registrations whose last function is a guard of later ones: nothing of their own can be asked for. */
  readonly guardsLater?: readonly string[];
}

const root = fileURLToPath(new URL('../../../fixtures/oracle/', import.meta.url));
const config = join(root, 'blastradius.config.json');
const frameworks = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());

const everyMethod = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** `/users/:id/*rest` → `/users/1/1`. */
function pathToAskFor(path: string): string {
  return path.replace(/\{([^{}]*)\}/g, '$1').replace(/:\w+(\([^)]*\))?\??|\*\w*/g, '1');
}

async function statusesOf(oracle: Oracle, { method, path }: Route): Promise<readonly number[]> {
  const statuses: number[] = [];
  for (const asked of method === 'ALL' ? everyMethod : [method])
    statuses.push(await oracle.ask(asked, pathToAskFor(path)));
  return statuses;
}

const rejects = (status: number): boolean => status === 401 || status === 403;
/** The application answers, and not the framework in its place. */
const answers = (status: number): boolean => status < 400;

describe.each(frameworks)('$name and the linter agree', async ({ name }) => {
  const directory = join(root, name);
  const oracle = (await import(pathToFileURL(join(directory, 'ask.ts')).href)) as Oracle;
  const undecided = new Set(oracle.undecided);
  const session = openSession(directory, { rules: [], config });
  const registered = session.application().routes;
  const routes = registered.filter((route) => !oracle.guardsLater?.includes(route.title));

  afterAll(() => oracle.close?.());

  it('on ten routes or more, read in whole', () => {
    expect(session.summary().skipped).toEqual([]);
    expect(session.application().limits).toEqual([]);
    expect(routes.length).toBeGreaterThanOrEqual(10);
    expect(new Set(routes.map((route) => route.authentication))).toEqual(
      new Set(['guarded', 'open', ...(undecided.size > 0 ? ['unknown'] : [])]),
    );
    expect(registered.map((route) => route.title)).toEqual(
      expect.arrayContaining([...undecided, ...(oracle.guardsLater ?? [])]),
    );
  });

  it.each(routes)('on $title', async (route) => {
    const statuses = await statusesOf(oracle, route);
    // A route that cannot be decided is still one that is served.
    const said = undecided.has(route.title) ? 'unknown' : statuses.every(rejects) ? 'guarded' : 'open';
    expect(statuses.filter((status) => !rejects(status) && !answers(status))).toEqual([]);
    expect(`${route.title} ${route.authentication}`).toBe(`${route.title} ${said}`);
  });
});
