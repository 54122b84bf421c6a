import type { Application, Finding, Guard, Place, Route, Rule } from '@blastradius/engine';
import { ts } from 'ts-morph';
import type { GoingGuard } from '../checks/why-protected.js';
import { shortText } from '../code/syntax.js';
import type { Opening } from '../exposed-rules.js';
import { collectGuardNodes, guardId } from '../guards/guard-nodes.js';
import { collectGuardSites, scopeOf } from '../guards/guard-site.js';
import type { GuardSite } from '../guards/guard-site.js';
import { isUsedElsewhere } from '../guards/is-used-elsewhere.js';
import { removeSites } from '../guards/remove-sites.js';
import type { Candidate, Deserved } from '../mutant.js';
import type { StudiedProject } from '../studied-project.js';

/** Guards of one sort, and what is open without them. */
export interface GuardSort {
  readonly belongs: (guard: Guard) => boolean;
  /** The rules that report a route without any guard of the sort. */
  readonly exposed: (opening: Opening, application: Application, rules: readonly Rule[]) => readonly string[];
  /** What else protects a route without a guard of the sort. */
  readonly whyProtected: (route: Route, going: GoingGuard, project: StudiedProject) => string | undefined;
}

/** What a route deserves when a site goes; nothing for certain, where there is a reason. */
interface Answer {
  readonly ruleIds: readonly string[];
  readonly reason?: string;
}

/**
 * The mutants without one guard of a sort.
 *
 * A route deserves a finding where, by the sound model, a rule would report it without any guard of the sort, where nothing but guards
 * with known sites protects it, and where this site alone does. The last is learned from the opposite experiment: with this site alone
 * left of all, the route must not be reported, and with another one alone it must be.
 */
export class GuardRemovals implements Iterable<Candidate> {
  /** The functions, classes and calls that the guards are, with their ids. */
  readonly #nodes: ReadonlyMap<ts.Node, string>;
  readonly #sites: readonly GuardSite[];
  /** Guards that are also put to use in ways that cannot be told. */
  readonly #scattered: ReadonlySet<string>;
  /** What is reported when of all sites one alone is left, or none. */
  readonly #reports = new Map<GuardSite | undefined, ReadonlySet<string>>();

  constructor(
    readonly project: StudiedProject,
    readonly sort: GuardSort,
  ) {
    const { application, code } = project;
    this.#nodes = collectGuardNodes(application, sort.belongs, code);
    this.#sites = collectGuardSites(this.#nodes, code);
    const items = this.#sites.map((site) => site.item);
    const scattered = [...this.#nodes].filter(([node]) => isUsedElsewhere(node, items, code));
    this.#scattered = new Set(scattered.map(([, id]) => id));
  }

  *[Symbol.iterator](): Iterator<Candidate> {
    for (const site of this.#sites) {
      const candidate = this.#remove(site);
      if (candidate) yield candidate;
    }
  }

  #remove(site: GuardSite): Candidate | undefined {
    const { code, application } = this.project;
    const kind = 'remove-guard';
    const place = code.placeOf(site.item);
    const scope = scopeOf(site);
    const routes = application.routes.filter(
      (route) => this.#hasGuardOf(site, route) && (!scope || code.isWithin(route.place, scope)),
    );
    const deserves: Deserved[] = [];
    // What a layer finds out and nobody asks for any more, and tests that are all that is left.
    const tolerates: Deserved[] = [{ ruleIds: ['no-unverified-token', 'no-forgeable-identity'] }];
    const reasons = new Set<string>();
    for (const route of routes) {
      const answer = this.#judge(route, site, routes);
      if (!answer) continue;
      (answer.reason === undefined ? deserves : tolerates).push({ ruleIds: answer.ruleIds, entity: route.title });
      if (answer.reason !== undefined) reasons.add(answer.reason);
    }
    if (deserves.length > 0) {
      const description = `take \`${shortText(site.item)}\` out of \`${holderText(site)}\``;
      return { kind, place, description, edits: removeSites([site], code), deserves, orElse: [], tolerates };
    }
    return reasons.size > 0 ? { kind, place, reason: [...reasons].join('; ') } : undefined;
  }

  /** No answer where the site is none of the route's own. */
  #judge(route: Route, site: GuardSite, companions: readonly Route[]): Answer | undefined {
    const going = [...this.#nodes].filter(([, id]) => site.guards.has(id)).map(([node]) => node);
    const isGone = (place: Place): boolean => going.some((node) => this.project.code.isWithin(place, node));
    const ruleIds = this.sort.exposed({ route, companions, isGone }, this.project.application, this.project.rules);
    if (ruleIds.length === 0) return { ruleIds, reason: 'the route reaches nothing that a rule wants guarded' };
    const reason = this.#whyProtected(route, site);
    if (reason !== undefined) return { ruleIds, reason };
    if (this.#isReported(route, ruleIds, site)) return undefined;
    const others = this.#sitesOf(route).filter((other) => other !== site);
    if (others.some((other) => !this.#isReported(route, ruleIds, other))) {
      return { ruleIds: [], reason: 'another site protects the route as well' };
    }
    const isScattered = route.guards.some((guard) => this.sort.belongs(guard) && this.#scattered.has(guardId(guard)));
    // With a single site, to take all away would be the mutant itself.
    if (isScattered && (this.#sites.length === 1 || !this.#isReported(route, ruleIds, undefined))) {
      return { ruleIds, reason: 'the guard is put to use in other ways too' };
    }
    return { ruleIds };
  }

  #whyProtected(route: Route, site: GuardSite): string | undefined {
    if (route.guards.some(({ verdict }) => verdict === 'unknown')) {
      return 'a layer that cannot be followed may reject as well';
    }
    const known = this.#sitesOf(route);
    const ids = route.guards.filter(this.sort.belongs).map(guardId);
    if (ids.some((id) => !known.some((other) => other.guards.has(id)))) {
      return 'something without a known site protects the route';
    }
    const going = { ids: site.guards, item: site.item, nodes: new Set(this.#nodes.keys()) };
    return this.sort.whyProtected(route, going, this.project);
  }

  #sitesOf(route: Route): readonly GuardSite[] {
    return this.#sites.filter((site) => this.#hasGuardOf(site, route));
  }

  #hasGuardOf(site: GuardSite, route: Route): boolean {
    return route.guards.some((guard) => this.sort.belongs(guard) && site.guards.has(guardId(guard)));
  }

  /** Whether a route is reported by one of some rules when only one site is left, or none. */
  #isReported({ title }: Route, ruleIds: readonly string[], kept: GuardSite | undefined): boolean {
    let reported = this.#reports.get(kept);
    if (!reported) {
      const others = this.#sites.filter((site) => site !== kept);
      reported = new Set(this.project.findingsWith(removeSites(others, this.project.code)).map(aboutOf));
      this.#reports.set(kept, reported);
    }
    return ruleIds.some((ruleId) => reported.has(aboutOf({ ruleId, entity: title })));
  }
}

function aboutOf({ ruleId, entity }: Pick<Finding, 'ruleId' | 'entity'>): string {
  return `${ruleId} ${entity}`;
}

function holderText({ holder }: GuardSite): string {
  return ts.isCallExpression(holder) ? `${shortText(holder.expression)}(…)` : shortText(holder);
}
