/** Where the project lives. */
export const homepage = 'https://github.com/blastradius/blastradius';

/** The page of one rule, as editors, SARIF viewers and ESLint link to it. */
export function ruleDocumentation(ruleId: string): string {
  return `${homepage}/blob/main/rules/${ruleId}/README.md`;
}
