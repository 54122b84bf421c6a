import type { Access, Application, ReachedMint, Route, Rule } from '@blastradius/engine';

interface Options {
  readonly staffRoles: readonly string[];
}

const rule: Rule<Options> = {
  id: 'require-mint-audit',
  meta: {
    description: "A token is minted, or staff read others' data, and no record of it is kept",
    severity: 'warning',
    precision: 'medium',
    recommended: false,
    cwe: [778],
    owasp: ['API8'],
    asvs: ['16.3.1', '16.3.2'],
    ismsP: ['2.9.4'],
    securitySeverity: 4.3,
    options: {
      schema: {
        staffRoles: {
          type: 'array',
          items: { type: 'string', minLength: 1 },
          description: 'roles of staff whose names do not say so, as the program writes them: `tier2`',
        },
      },
      defaults: { staffRoles: [] },
    },
  },
  check(application, report, { staffRoles }) {
    for (const [first, ...others] of byPlace(application.routes)) {
      if (!first) continue;
      const { route, reached } = first;
      const { mint } = reached;
      report({
        message: `\`${mint.name}\` mints a token for ${subjectOf(reached)} on \`${route.title}\`${andOthers(others.length)}, and no record of it is kept: nobody can tell later for whom tokens were made. Keep one with the subject and the caller: a row of a session or audit table, or a line of a log; what does it elsewhere goes under \`audit\`.`,
        place: mint.place,
        entity: route.title,
        sink: mint.name,
        steps: [
          ...[first, ...others].map((item) => ({
            place: item.route.place,
            message: `\`${item.route.title}\` is registered`,
          })),
          ...reached.steps,
          { place: mint.place, message: `\`${mint.name}\` makes the token, and nothing on the way keeps a record` },
        ],
      });
    }
    for (const [first, ...others] of byEntity(application, staffRoles)) {
      if (!first) continue;
      const { route, access } = first;
      const entity = access.entity ?? 'records';
      report({
        message: `\`${route.title}\`${andOthers(others.length)} shows others' \`${entity}\` to ${roleOf(route, staffRoles)}, and no record of it is kept: nobody can tell later who has looked at whose data. Keep one with the caller and what was read; what does it elsewhere goes under \`audit\`.`,
        place: route.place,
        entity: route.title,
        sink: `${access.name} ${entity}`,
        steps: [
          ...[first, ...others].map((item) => ({
            place: item.route.place,
            message: `\`${item.route.title}\` asks for ${roleOf(item.route, staffRoles)}`,
          })),
          ...access.steps,
          { place: access.place, message: `\`${access.name}\` reads it, and nothing on the way keeps a record` },
        ],
      });
    }
  },
};

interface UnrecordedMint {
  readonly route: Route;
  readonly reached: ReachedMint;
}

/** Mints that leave no trace, with the routes that lead to them: one mint is one flaw, however many routes share it. */
function byPlace(routes: readonly Route[]): Iterable<readonly UnrecordedMint[]> {
  const groups = new Map<string, UnrecordedMint[]>();
  for (const route of routes) {
    if (!route.followed || route.signsUp) continue;
    for (const reached of route.mints) {
      if (reached.recorded || !isForAccount(reached, route)) continue;
      const { file, line, column } = reached.mint.place;
      const key = `${file}:${String(line)}:${String(column)}`;
      const known = groups.get(key) ?? [];
      if (!known.some((item) => item.route === route)) groups.set(key, [...known, { route, reached }]);
    }
  }
  return groups.values();
}

/** A token that leaves, for an account that has just proved itself or was named: not one for a token that was issued before. */
function isForAccount({ leaves, isSession, subject }: ReachedMint, { credentialChecks }: Route): boolean {
  if (!leaves || isSession || subject.kind === 'constant' || subject.kind === 'unknown') return false;
  return subject.kind !== 'proved' || credentialChecks.length > 0;
}

interface UnrecordedRead {
  readonly route: Route;
  readonly access: Access;
}

/** What staff read of others without a trace, by the entity and the application that shows it. */
function byEntity(application: Application, staffRoles: readonly string[]): Iterable<readonly UnrecordedRead[]> {
  const groups = new Map<string, UnrecordedRead[]>();
  for (const route of application.routes) {
    if (!route.followed || route.recorded || findStaffRole(route, staffRoles) === undefined) continue;
    // What changes something is told by what it has changed.
    if (route.accesses.some(({ operation }) => operation !== 'read')) continue;
    const access = route.accesses.find((item) => isOfOthers(item, route, application));
    if (!access) continue;
    const key = `${route.application} ${access.entity ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), { route, access }]);
  }
  return groups.values();
}

function findStaffRole({ authorization }: Route, staffRoles: readonly string[]): string | undefined {
  return authorization.find((title) => staff.test(title) || staffRoles.some((role) => title === `role:${role}`));
}

const staff = /^role:.*(admin|staff|support|operator|moderator|agent|employee|internal|super|back_?office|clerk)/i;

/** Somebody's own business, read for whoever has the role. */
function isOfOthers(access: Access, { effects }: Route, application: Application): boolean {
  const { operation, leaves, tallies, tie, entity, complete, place } = access;
  if (operation !== 'read' || !leaves || tallies || !complete || tie === 'filter' || tie === 'owner') return false;
  const ownership = application.ownershipOf(entity);
  if (ownership?.isPrivate !== true || !(ownership.isAccount || ofPerson.test(ownership.entity))) return false;
  return effects.some(
    (effect) => effect.personal && effect.place.file === place.file && effect.place.line === place.line,
  );
}

/** Records that tell something of a person, whatever the program makes of them. */
const ofPerson =
  /(customer|patient|employee|member|person|profile|order|invoice|payment|message|address|document|prescription|salary)(e?s)?$/i;

function subjectOf({ subject }: ReachedMint): string {
  const { name } = subject;
  // All that is sent names nobody.
  const isNamed = name !== undefined && !/^(body|query|params|args)$/.test(name);
  return isNamed ? `the account of \`${name}\`` : 'an account';
}

function roleOf(route: Route, staffRoles: readonly string[]): string {
  return `\`${findStaffRole(route, staffRoles) ?? 'a role'}\``;
}

function andOthers(count: number): string {
  if (count === 0) return '';
  return count === 1 ? ' and one more route' : ` and ${String(count)} more routes`;
}

export default rule;
