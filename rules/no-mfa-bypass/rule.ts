import { idOfPlace, type FactorBypass, type Question, type Rule } from '@blastradius/engine';

const rule: Rule = {
  id: 'no-mfa-bypass',
  meta: {
    description: 'The second factor is skipped for a role, an environment, a flag or a part of the request',
    severity: 'error',
    precision: 'high',
    recommended: true,
    cwe: [288, 308],
    owasp: ['API2'],
    asvs: ['6.3.3', '6.3.4'],
    ismsP: ['2.5.3', '2.5.5'],
    securitySeverity: 8.1,
  },
  check(application, report) {
    const reported = new Set<string>();
    for (const route of application.routes) {
      for (const bypass of route.factorBypasses) {
        const key = idOfPlace(bypass.place);
        if (reported.has(key)) continue;
        reported.add(key);
        report({
          message: `\`${route.title}\` logs in without the second factor, by ${wordsOf(bypass)}: \`${bypass.factor}\` is not asked there. Only an account that has no second factor may go without one.`,
          place: bypass.place,
          entity: route.title,
          sink: `${bypass.factor} ${bypass.questions.map(({ name }) => name).join(' ')}`,
          steps: [
            { place: route.place, message: `\`${route.title}\` is registered` },
            { place: bypass.place, message: `the test decides by ${wordsOf(bypass)}` },
            { place: bypass.factorPlace, message: `\`${bypass.factor}\` is skipped` },
          ],
        });
      }
    }
  },
};

const kinds: Readonly<Record<Question['kind'], string>> = {
  header: 'a header',
  host: 'the host',
  address: 'the address',
  input: 'a part of the request',
  role: 'a role',
  environment: 'an environment variable',
  setting: 'a setting',
  factor: 'the factor',
  account: 'the account',
};

function wordsOf({ questions }: FactorBypass): string {
  return [...new Set(questions.map(({ kind, name }) => `${kinds[kind]} (\`${name}\`)`))].join(' and ');
}

export default rule;
