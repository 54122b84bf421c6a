import { arch, cpus, loadavg, release, totalmem, type } from 'node:os';

/** What was measured on. Says nothing that names a machine. */
export function describeMachine(): Readonly<Record<string, string>> {
  const [first] = cpus();
  return {
    Processor: first?.model.trim() ?? 'unknown',
    Cores: String(cpus().length),
    Memory: `${(totalmem() / 1024 ** 3).toFixed(0)} GiB`,
    System: `${type()} ${release()} ${arch()}`,
    Node: process.version,
    'Load before the run': (loadavg()[0] ?? 0).toFixed(2),
  };
}
