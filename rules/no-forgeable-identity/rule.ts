import { idOfPlace, type Route, type Rule, type TrustedInput } from '@blastradius/engine';

const rule: Rule = {
  id: 'no-forgeable-identity',
  meta: {
    description: 'Who the caller is, or that the caller is inside, is read from what the caller writes',
    severity: 'error',
    precision: 'medium',
    recommended: false,
    cwe: [290],
    owasp: ['API2'],
    asvs: ['4.1.3', '15.3.4'],
    ismsP: ['2.5.3', '2.6.3'],
    securitySeverity: 8.6,
  },
  check(application, report) {
    const reported = new Set<string>();
    for (const route of application.routes) {
      if (route.onPurpose) continue;
      for (const input of route.trusted) {
        const key = idOfPlace(input.place);
        if (reported.has(key)) continue;
        reported.add(key);
        report({
          message: `${wordsOf(input, route)}. Whoever sends the request writes it: verify a token or a signature instead.`,
          place: input.place,
          entity: route.title,
          sink: `${input.use} ${input.name}`,
          steps: [
            { place: input.place, message: `${nameOf(input)} is read` },
            { place: input.usePlace, message: useOf(input) },
            { place: route.place, message: `\`${route.title}\` is behind it` },
          ],
        });
      }
    }
  },
};

function nameOf({ kind, name }: TrustedInput): string {
  return kind === 'header'
    ? `the header \`${name}\``
    : kind === 'host'
      ? `the host (\`${name}\`)`
      : `the address (\`${name}\`)`;
}

function wordsOf(input: TrustedInput, route: Route): string {
  const subject = nameOf(input).replace(/^t/, 'T');
  switch (input.use) {
    case 'identity':
      return `${subject} says whose data \`${route.title}\` looks up with \`${input.what}\``;
    case 'bypass':
      return `${subject} leads past \`${input.what}\` on the way to \`${route.title}\``;
    case 'decision':
      return `${subject} is all that \`${route.title}\` asks of its caller`;
  }
}

function useOf({ use, what }: TrustedInput): string {
  return use === 'identity'
    ? `\`${what}\` is bound to it`
    : use === 'bypass'
      ? `this test goes around \`${what}\``
      : 'this test decides';
}

export default rule;
