import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export interface Fixture {
  /** `require-route-guard`: the folder that the scenario lies in. */
  readonly ruleId: string;
  readonly scenario: string;
  readonly directory: string;
}

/** All scenarios `<rule>/<scenario>/` under a folder; a folder with a `package.json` is a scenario. */
export function collectFixtures(root: string, ruleIds: readonly string[]): readonly Fixture[] {
  return ruleIds.flatMap((ruleId) => {
    const folder = join(root, ruleId);
    if (!existsSync(folder)) return [];
    return readdirSync(folder)
      .filter((scenario) => existsSync(join(folder, scenario, 'package.json')))
      .sort()
      .map((scenario) => ({ ruleId, scenario, directory: join(folder, scenario) }));
  });
}
