import type { CallEntry, Library } from '../library.js';

/** Words of a command that is written down and changes something, whoever asks for it. */
const changing =
  /\b(migrate|deploy|rollback|restart|reboot|shutdown|kill|rm|drop|truncate|reset|pull|install|upgrade)\b/;
const runs: CallEntry = { effect: { kind: 'writes', what: 'runs a command', whenInput: true, whenSays: changing } };
const changes = { effect: { kind: 'writes', what: 'changes a file', whenInput: true } } as const;
const reads = { effect: { kind: 'reads', what: 'reads a file', whenInput: true } } as const;
const fileSystem = Object.fromEntries<CallEntry>(
  ['fs', 'fs/promises', 'fs-extra'].flatMap((name) => {
    const prefix = (method: string): string[] => [`${name}#${method}()`, `${name}#promises.${method}()`];
    return [
      ...[
        'writeFile',
        'writeFileSync',
        'unlink',
        'unlinkSync',
        'rm',
        'rmSync',
        'rmdir',
        'rmdirSync',
        'rename',
        'renameSync',
        'appendFile',
        'createWriteStream',
        'copyFile',
        'mkdir',
      ]
        .flatMap(prefix)
        .map((path) => [path, changes] as const),
      ...['readFile', 'readFileSync', 'createReadStream', 'readdir', 'readdirSync']
        .flatMap(prefix)
        .map((path) => [path, reads] as const),
    ];
  }),
);

/** What Node.js and the language provide: conversions, processes, files. */
export const node: Library = {
  packages: ['global', 'child_process', 'fs', 'util'],
  calls: {
    ...fileSystem,
    'child_process#exec()': runs,
    'child_process#execSync()': runs,
    'child_process#execFile()': runs,
    'child_process#spawn()': runs,
    'child_process#spawnSync()': runs,
    'child_process#fork()': runs,
    'global#process.exit()': { ends: true },
    'util#promisify()': { returns: 0 },
    'global#Number()': { converts: 0 },
    'global#parseInt()': { converts: 0 },
    'global#Number.parseInt()': { converts: 0 },
    'global#parseFloat()': { converts: 0 },
    'global#BigInt()': { converts: 0 },
    'global#String()': { converts: 0 },
    'global#Number.parseFloat()': { converts: 0 },
    'global#JSON.parse()': { converts: 0 },
    'global#JSON.stringify()': { converts: 0 },
    'global#encodeURIComponent()': { converts: 0 },
    'global#decodeURIComponent()': { converts: 0 },
    'path#join()': { converts: 'arguments' },
    'path#resolve()': { converts: 'arguments' },
    'global#Buffer.from()': { converts: 0 },
    'buffer#Buffer.from()': { converts: 0 },
    'global#Buffer()': { converts: 0 },
    'global#Uint8Array()': { converts: 0 },
    'global#Uint8Array.from()': { converts: 0 },
    'global#btoa()': { converts: 0 },
    'global#atob()': { converts: 0 },
    'global#TextEncoder().encode()': { converts: 0 },
    'util#TextEncoder().encode()': { converts: 0 },
  },
};
