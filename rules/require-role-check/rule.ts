import type { Access, Application, Effect, Guard, Route, Rule } from '@blastradius/engine';

interface Options {
  readonly ignore: readonly string[];
  readonly minimumSiblings: number;
}

const rule: Rule<Options> = {
  id: 'require-role-check',
  meta: {
    description: "An operation on everybody's data asks for no more than being logged in",
    severity: 'error',
    precision: 'medium',
    recommended: false,
    cwe: [285, 862],
    owasp: ['API5'],
    asvs: ['8.2.1'],
    ismsP: ['2.5.5', '2.6.3'],
    securitySeverity: 7.6,
    options: {
      schema: {
        ignore: {
          type: 'array',
          items: { type: 'string', minLength: 1 },
          description: 'entities of which every caller who is logged in may see or change all records',
        },
        minimumSiblings: {
          type: 'integer',
          minimum: 1,
          description:
            'how many routes of a router have to check a permission for the one that does not to be an oversight',
        },
      },
      defaults: { ignore: [], minimumSiblings: 3 },
    },
  },
  check(application, report, { ignore, minimumSiblings }) {
    const oddOnes = collectOddOnes(application.routes, minimumSiblings);
    const oddWriters = collectOddWriters(application.routes, minimumSiblings);
    for (const route of application.routes) {
      if (!route.isGuarded() || !route.followed || route.isForServices() || route.onPurpose) continue;
      const odd = oddOnes.get(route);
      if (!odd && route.authorization.length > 0) continue;
      const found = odd ?? oddWriters.get(route) ?? administrative(route) ?? forEverybody(route, application, ignore);
      if (!found) continue;
      report({
        message: `\`${route.title}\` ${found.reason}. Ask for the role that may do this, before it is done.`,
        place: route.place,
        entity: route.title,
        sink: found.name,
        steps: [
          { place: route.place, message: `\`${route.title}\` is registered` },
          ...route.guards.map((guard) => ({ place: guard.place, message: `\`${guard.name}\` ${guard.why}` })),
          ...found.steps,
        ],
      });
    }
  },
};

/** As evidence, some of the routes that ask are enough. */
const shownSiblings = 3;

interface Flaw {
  readonly reason: string;
  readonly name: string;
  readonly steps: Effect['steps'];
}

/** Routes that alone among those of their router or controller lack the permission check of all the others. */
function collectOddOnes(routes: readonly Route[], minimumSiblings: number): ReadonlyMap<Route, Flaw> {
  const found = new Map<Route, Flaw>();
  for (const siblings of byRouter(routes)) {
    const shared = new Set(siblings.map(idsOfChecks).reduce((a, b) => a.filter((id) => b.includes(id))));
    const asks = (route: Route): boolean => idsOfChecks(route).some((id) => !shared.has(id));
    const asking = siblings.filter(asks);
    const others = siblings.filter((route) => !asking.includes(route));
    const [odd] = others;
    if (!odd || others.length > 1 || asking.length < minimumSiblings) continue;
    const effect = odd.effects.find((item) => item.kind === 'writes' || item.personal);
    const forAll = new Set(odd.guards.flatMap(({ permissions }) => permissions ?? []));
    if (!effect || odd.accesses.some((access) => isChecked(access, forAll))) continue;
    const own = asking[0]?.guards.find((guard) => guard.permissions && !shared.has(idOfCheck(guard)));
    const name = own?.name ?? 'a guard';
    found.set(odd, {
      reason: `is the only one of ${String(siblings.length)} routes of its router that lacks the permission check of its siblings: ${String(asking.length)} of ${String(siblings.length)} have one (\`${name}\`)`,
      name: effect.name,
      steps: [
        ...asking
          .slice(0, shownSiblings)
          .map((route) => ({ place: route.place, message: `\`${route.title}\` has it` })),
        { place: effect.place, message: `\`${effect.name}\` runs without it` },
      ],
    });
  }
  return found;
}

/**
 * Routes that alone among those of their router that change records of an entity ask for no permission. What adds a record, and what
 * does something beside it (`/articles/:id/views`), may be for everybody.
 */
function collectOddWriters(routes: readonly Route[], minimumSiblings: number): ReadonlyMap<Route, Flaw> {
  const found = new Map<Route, Flaw>();
  for (const siblings of byRouter(routes)) {
    for (const odd of siblings) {
      if (!isOfRecord(odd) || odd.method === 'POST') continue;
      const change = odd.accesses.find(({ operation, input }) => operation === 'write' && input !== undefined);
      if (!change?.entity || odd.authorization.length > 0 || odd.accesses.some((access) => isChecked(access))) continue;
      const others = siblings.filter(
        (route) =>
          route !== odd &&
          (route.authorization.length > 0 || isOfRecord(route)) &&
          route.accesses.some(({ operation, entity }) => operation !== 'read' && entity === change.entity),
      );
      const first = others[0]?.guards.find(({ permissions }) => permissions !== undefined);
      // What they change tells them apart as well: one fewer is enough.
      if (!first || others.length < minimumSiblings - 1 || !others.every((route) => route.authorization.length > 0))
        continue;
      found.set(odd, {
        reason: `is the only one of ${String(others.length + 1)} routes of its router that change \`${change.entity}\` and asks for no permission: the others do (\`${first.name}\`)`,
        name: change.name,
        steps: [
          ...others.slice(0, shownSiblings).map((route) => ({
            place: route.place,
            message: `\`${route.title}\` asks for ${route.authorization.join(', ')}`,
          })),
          { place: change.place, message: `\`${change.name}\` runs without it` },
        ],
      });
    }
  }
  return found;
}

/** Whether it stands for records as such, by its path: `POST /articles`, `PATCH /articles/:id`. */
function isOfRecord({ method, path }: Route): boolean {
  const endsInParameter = /\/(:[^/]+|\{[^/]+\}|\[[^/]+\])$/.test(path);
  return method === 'POST' ? !/\/[:{[]/.test(path) : endsInParameter && /^(PUT|PATCH|DELETE)$/.test(method);
}

/** What all of a router's routes ask for, such as a role for the whole of it, tells none of them apart. */
function idsOfChecks({ guards }: Route): readonly string[] {
  return guards.filter(({ permissions }) => permissions !== undefined).map(idOfCheck);
}

function idOfCheck({ place, permissions }: Guard): string {
  return `${place.file}:${String(place.line)}:${String(place.column)} ${(permissions ?? []).join(' ')}`;
}

function byRouter(routes: readonly Route[]): Iterable<readonly Route[]> {
  const groups = new Map<string, Route[]>();
  for (const route of routes) {
    if (!route.isGuarded()) continue;
    const { file, line, column } = route.router;
    const key = `${file}:${String(line)}:${String(column)}`;
    groups.set(key, [...(groups.get(key) ?? []), route]);
  }
  return groups.values();
}

/** A route that calls itself administrative. */
function administrative(route: Route): Flaw | undefined {
  if (!/(^|\/)(admin|administration|backoffice|back-office|superuser)(\/|$)/i.test(route.path)) return undefined;
  const effect =
    route.effects.find((item) => item.kind === 'writes' || item.personal) ??
    route.accesses.find(({ leaves }) => leaves);
  if (!effect || route.accesses.some((access) => isChecked(access))) return undefined;
  return {
    reason: `is an administrative route by its path, and every caller who is logged in gets to \`${effect.name}\``,
    name: effect.name,
    steps: [...effect.steps, { place: effect.place, message: `\`${effect.name}\` runs for all of them` }],
  };
}

/** A list of what belongs to all callers, or a change of all of it. */
function forEverybody(route: Route, application: Application, ignore: readonly string[]): Flaw | undefined {
  const access = route.accesses.find((item) => !ignore.includes(item.entity ?? '') && isUnfiltered(item, application));
  if (!access) return undefined;
  const entity = access.entity ?? 'records';
  const what =
    access.operation === 'read' ? 'gives every caller who is logged in' : 'lets every caller who is logged in change';
  return {
    reason: `${what} all of \`${entity}\`: \`${access.name}\` has no filter, and ${application.ownershipOf(entity)?.evidence ?? ''}`,
    name: access.name,
    steps: [...access.steps, { place: access.place, message: `\`${access.name}\` is for all of them` }],
  };
}

function isUnfiltered(access: Access, application: Application): boolean {
  const { operation, many, leaves, tie, columns, complete, selected } = access;
  if (operation === 'create' || !many || access.tallies || tie !== undefined || !complete) return false;
  if (operation === 'read' && (!leaves || selected !== undefined)) return false;
  // What is the same for every request leaves out some of the records, whoever asks.
  if (columns.some(({ from, fixed }) => operation === 'write' || from !== 'other' || fixed !== true)) return false;
  return application.ownershipOf(access.entity)?.isPrivate === true;
}

/** @param forAll What every route of the router asks for. */
function isChecked({ tie, permissions }: Access, forAll: ReadonlySet<string> = new Set()): boolean {
  return permissions.some((title) => !forAll.has(title)) || tie === 'filter' || tie === 'owner';
}

export default rule;
