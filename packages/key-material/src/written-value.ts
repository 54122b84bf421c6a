/**
 * What a setting is worth where it is written: `undefined` for what is filled in elsewhere (`${JWT_SECRET}`, `<your-secret>`,
 * `xxx`, a path, an address in a secret store), and for nothing at all. `changeme` is a secret, if a weak one.
 */
export function writtenValueOf(value: string): string | undefined {
  const text = value.trim();
  // https://docs.docker.com/reference/compose-file/interpolation/: the value if the variable is not set.
  const fallback = /^\$\{\w+:?-([^${}]+)\}$/.exec(text)?.[1];
  if (fallback !== undefined) return writtenValueOf(fallback);
  return text === '' || placeholders.some((form) => form.test(text)) ? undefined : text;
}

const placeholders: readonly RegExp[] = [
  // References: `$NAME`, `${NAME}`, `$(command)`, `${{ secrets.NAME }}`, `{{ .Values.name }}`, `%NAME%`, `#{name}`, `@name@`, `__NAME__`.
  /\$\{|\$\(|^\$\w+$|\{\{|^%[\w.]+%$|[#%]\{|^@[\w.]+@$|^__\w+__$|^<%|^(?:var|local|data|module|random_\w+|aws_\w+|each|self)\./,
  // Signs that stand for a value: `<your-secret>`, `[secret]`, `xxx`, `***`, `...`.
  /^<[^]*>$/,
  /^\[[^]*\]$/,
  /^[xX*.\-_?#…\s]+$/,
  /^(?:null|nil|none|undefined|todo|tbd|fixme|true|false|placeholder|redacted|masked|hidden)$/i,
  /^(?:(?:put|enter|insert|add|set|use|paste|provide|fill[-_ ]?in|replace[-_ ]?with)[-_ ]+)?(?:an?[-_ ]+|the[-_ ]+)?your[-_ A-Z]/i,
  /^(?:put|enter|insert|add|set|paste|provide|generate|replace)[-_ ].*[-_ ](?:here|this)$/i,
  /^replace[-_ ](?:me[-_ ]|this[-_ ])?with[-_ ]/i,
  // Where it is: a path, an address of a store.
  /^(?:~|\.{1,2})\//,
  /^\/(?:run|etc|var|opt|app|home|usr|srv|mnt|secrets?|certs?|keys?|vault)\//,
  /^[\w./~-]+\.(?:pem|key|pub|p8|p12|pfx|crt|cer|der|jwks?|json|txt)$/,
  /^[a-z][a-z0-9+.-]*:\/\//i,
  /^(?:arn|vault|ssm|awssm|gcpsm|op|keyvault|doppler|ref\+\w+|file|env):/i,
  /^@Microsoft\.KeyVault\(/,
  /^projects\/[^/]+\/secrets\//,
  // Encrypted: sops, dotenvx, Spring Cloud, Ansible, Sealed Secrets.
  /^ENC[[(]|^encrypted:|^\{cipher\}|^\$ANSIBLE_VAULT|^!vault|^AQ[A-Za-z0-9+/]{200,}|^Ag[A-Za-z0-9+/]{200,}/,
];

/** Whether a program made it: nobody types thirty characters without a word in them. */
export function looksGenerated(value: string): boolean {
  if (value.length < 32 || !/^[\w+/=.~!@#%^&*-]+$/.test(value) || !/\d/.test(value)) return false;
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
  return bits > 3.2 && !/[a-z]{5,}[-_ .][a-z]{3,}/i.test(value);
}

/** Whether a value says that it is for tests alone: `test-secret`, `ci_only`. */
export function isForTests(value: string): boolean {
  return /(?<![a-z])(?:tests?|testing|ci|e2e|dummy|fake|mock|stub)(?![a-z])/i.test(value);
}
