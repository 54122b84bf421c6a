/** A tool that people may run beside or instead of Blastradius, in the version that is measured. */
export interface Peer {
  readonly name: string;
  /** What npm installs; `undefined` for what has to be on the PATH. */
  readonly version: string | undefined;
  readonly kind: 'eslint-plugin' | 'command';
  /** Of a command, in the folder of the project. */
  readonly arguments?: readonly string[];
}

export const peers: readonly Peer[] = [
  { name: 'eslint-plugin-sonarjs', version: '4.2.2', kind: 'eslint-plugin' },
  { name: 'eslint-plugin-jwt-security', version: '3.3.0', kind: 'eslint-plugin' },
  { name: 'eslint-plugin-secure-coding', version: '3.2.0', kind: 'eslint-plugin' },
  { name: 'nestjs-doctor', version: '0.4.30', kind: 'command', arguments: ['.', '--json'] },
  // Its rules come from the network, and the folder is not sent anywhere.
  {
    name: 'semgrep',
    version: undefined,
    kind: 'command',
    arguments: ['scan', '--metrics=off', '--quiet', '--json', '--config', 'p/typescript', '.'],
  },
];
