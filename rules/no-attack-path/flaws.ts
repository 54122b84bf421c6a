import { checkRule, idOfPlace, type Application, type Place, type Report, type Rule } from '@blastradius/engine';

/** What other rules say of an application, whether they are turned on or not: by rule, and by what they are about. */
export class Flaws {
  private readonly reports = new Map<string, readonly Report[]>();

  constructor(
    readonly application: Application,
    readonly rules: readonly Rule[],
  ) {}

  of(ruleId: string): readonly Report[] {
    let known = this.reports.get(ruleId);
    if (!known) {
      const found: Report[] = [];
      const rule = this.rules.find(({ id }) => id === ruleId);
      // With the defaults: what is a link does not depend on what a team wants to hear of it.
      if (rule) checkRule(rule, this.application, (report) => found.push(report));
      this.reports.set(ruleId, (known = found));
    }
    return known;
  }

  about(ruleId: string, entity: string): Report | undefined {
    return this.of(ruleId).find((report) => report.entity === entity);
  }

  at(ruleId: string, places: readonly Place[]): Report | undefined {
    const ids = new Set(places.map(idOfPlace));
    return this.of(ruleId).find(({ place, steps }) =>
      [place, ...steps.map((step) => step.place)].some((at) => ids.has(idOfPlace(at))),
    );
  }
}
