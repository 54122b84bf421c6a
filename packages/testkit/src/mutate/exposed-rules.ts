import { checkRule, isForKnownCallers } from '@blastradius/engine';
import type { Access, Application, Place, Route, Rule, SubjectOrigin } from '@blastradius/engine';

/*
 * What a route deserves without its protection is asked of the rules, not of an analysis of the mutant: they see the model of the sound
 * project, in which the route has been opened. So an engine that overlooks the mutation is not believed when it says that nothing has
 * changed.
 */

/** What is opened, and what goes with it. */
export interface Opening {
  readonly route: Route;
  /** Routes that lose the same protection at once: rules may hold one route against its siblings. */
  readonly companions?: readonly Route[];
  /** Whether a place is in code that goes: its queries go too, and what they show about whose records are whose. */
  readonly isGone?: (place: Place) => boolean;
}

/** The rules that would report a route if nothing in front of its handler proved who the caller is. */
export function exposedWithoutGuards(
  opening: Opening,
  application: Application,
  rules: readonly Rule[],
): readonly string[] {
  const openWithoutGuards = (route: Route): Route => {
    const proved = route.guards.flatMap(({ proves }) => proves ?? []);
    return open(route, (proofs) => subtract(proofs, proved));
  };
  return newReports(opening, openWithoutGuards, application, rules);
}

/** The rules that would report a route if nobody checked a credential or a token on the way to what it does either. */
export function exposedWithoutProofs(
  opening: Opening,
  application: Application,
  rules: readonly Rule[],
): readonly string[] {
  const openWithoutProofs = (route: Route): Route => open({ ...route, authenticates: false }, () => []);
  return newReports(opening, openWithoutProofs, application, rules);
}

/** The rules that would report a route if its caller were known, and asked for nothing beyond that. */
export function exposedWithoutPermissions(
  opening: Opening,
  application: Application,
  rules: readonly Rule[],
): readonly string[] {
  return newReports(opening, withoutPermissions, application, rules);
}

/** The rules that would report a route if one of its queries were not tied to the caller. */
export function exposedWithoutTie(
  opening: Opening,
  access: Access,
  application: Application,
  rules: readonly Rule[],
): readonly string[] {
  const freeQuery = (route: Route): Route => {
    // A record that was found by what the request says, and is then changed by its own id, is still the one that the request named.
    const named = route.accesses.find(({ entity, input }) => entity === access.entity && input !== undefined)?.input;
    const input = access.input ?? named;
    const free = { ...untied(access), ...(input === undefined ? {} : { input }) };
    return { ...route, accesses: route.accesses.map((item) => (item === access ? free : item)) };
  };
  return newReports(opening, freeQuery, application, rules);
}

function open(route: Route, left: (proofs: readonly string[]) => readonly string[]): Route {
  const mints = route.mints.map((mint) => {
    const proofs = left(mint.proofs);
    return { ...mint, proofs, subject: proofs.length > 0 ? mint.subject : unproved(mint.subject) };
  });
  const links = route.links.map((link) => ({ ...link, proofs: left(link.proofs) }));
  // A route authenticates where a guard of its chain checks a password, too; one that checks a second one itself still does.
  const isByGuard = route.guards.some(({ proves }) => proves === 'credential');
  const isLogin = route.authenticates && (!isByGuard || mints.some(({ proofs }) => proofs.includes('credential')));
  const isForAnybody = route.onPurpose || isLogin;
  const going = route.guards.filter(({ proves }) => proves !== undefined);
  // A guard that finds out who the caller is may ask for a role as well.
  const asked = going.flatMap(({ permissions = [] }) => permissions);
  return {
    ...route,
    authentication: 'open',
    authorization: subtract(route.authorization, asked),
    accesses: route.accesses.map((access) => ({ ...access, permissions: subtract(access.permissions, asked) })),
    guards: route.guards.filter((guard) => !going.includes(guard)),
    effects: route.effects.map((effect) => ({ ...effect, proved: false })),
    exposed: isForAnybody
      ? undefined
      : route.effects.find((effect) => isForKnownCallers(effect, route.method, route.optional)),
    mints,
    links,
    isGuarded: () => false,
    isOpen: () => true,
  };
}

function withoutPermissions(route: Route): Route {
  const isAsked = ({ tie }: Access): boolean => tie === 'owner' || tie === 'role' || tie === 'policy';
  return {
    ...route,
    authorization: [],
    guards: route.guards.filter((guard) => guard.proves !== undefined),
    accesses: route.accesses.map((access) => ({ ...(isAsked(access) ? untied(access) : access), permissions: [] })),
    links: route.links.map((link) => ({ ...link, permissions: [] })),
  };
}

/** Whom a token is for where nothing is left that was about that very one. */
function unproved(subject: SubjectOrigin): SubjectOrigin {
  const copy: { -readonly [Key in keyof SubjectOrigin]: SubjectOrigin[Key] } = { ...subject };
  delete copy.proved;
  return copy;
}

function untied(access: Access): Access {
  const copy: { -readonly [Key in keyof Access]: Access[Key] } = {
    ...access,
    columns: access.columns.filter(({ from }) => from !== 'caller'),
  };
  delete copy.tie;
  delete copy.comparedColumn;
  return copy;
}

/** The rules that report a route more often once it and its companions are changed. */
function newReports(
  { route, companions = [], isGone = () => false }: Opening,
  change: (route: Route) => Route,
  application: Application,
  rules: readonly Rule[],
): readonly string[] {
  const isLeft = ({ place }: { readonly place: Place }): boolean => !isGone(place);
  const changed = application.routes.map((item) => {
    if (item !== route && !companions.includes(item)) return item;
    return change({ ...item, effects: item.effects.filter(isLeft), accesses: item.accesses.filter(isLeft) });
  });
  const opened: Application = {
    ...application,
    routes: changed,
    ownershipOf: (entity) => {
      const ownership = application.ownershipOf(entity);
      return ownership && isLeft(ownership) ? ownership : undefined;
    },
  };
  return rules
    .filter((rule) => countReports(rule, opened, route) > countReports(rule, application, route))
    .map((rule) => rule.id);
}

function countReports(rule: Rule, application: Application, { title }: Route): number {
  let count = 0;
  checkRule(rule, application, ({ entity }) => {
    if (entity === title) count++;
  });
  return count;
}

function subtract(all: readonly string[], some: readonly string[]): readonly string[] {
  const left = [...all];
  for (const item of some) {
    const index = left.indexOf(item);
    if (index >= 0) left.splice(index, 1);
  }
  return left;
}
