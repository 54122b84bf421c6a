/** Loaded before a measured program: leaves the peak of its memory, in KiB, in the file that the environment names. */
import { writeFileSync } from 'node:fs';

const file = process.env.BLASTRADIUS_BENCH_USAGE;
if (file !== undefined) process.on('exit', () => writeFileSync(file, String(process.resourceUsage().maxRSS)));
