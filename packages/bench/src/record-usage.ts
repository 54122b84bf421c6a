/** Loaded before a measured program: leaves what the process has used in the file that the environment names. */
import { readFileSync, writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const file = process.env.BLASTRADIUS_BENCH_USAGE;
if (file !== undefined && isMainThread) {
  process.on('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    const mebibytes = (readHighWater() ?? maxRSS) / 1024;
    writeFileSync(file, JSON.stringify({ cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, mebibytes }));
  });
}

/** In KiB. On Linux, `maxRSS` of a child begins with what its parent had; the high-water mark is its own. */
function readHighWater(): number | undefined {
  try {
    const line = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'));
    return line?.[1] === undefined ? undefined : Number(line[1]);
  } catch {
    return undefined;
  }
}
