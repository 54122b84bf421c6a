import type { Interpreter } from '../../../program/interpreter.js';
import { optionsOf, propertyOf, textOf, unionOf, type Origin, type Value } from '../../../program/value.js';
import { readEnvironment } from '../../environment-variable.js';
import { exportedBy } from '../exported-values.js';

/** Where the settings of a server are written, and what the variables begin with that stand over them. */
const configFile = /^(.*\/|)(nuxt|nitro)\.config\.[cm]?[jt]s$/;

/** What wraps them, known without an import. */
export const configMakers: ReadonlyMap<string, string> = new Map([
  ['defineNuxtConfig', 'nuxt/config#defineNuxtConfig'],
  ['defineNitroConfig', 'nitropack/config#defineNitroConfig'],
]);

/**
 * `useRuntimeConfig()`: what the configuration says, and over it what the environment says, `NUXT_TICKET_KEY` for
 * `ticketKey`: https://nuxt.com/docs/guide/going-further/runtime-config
 */
export function runtimeConfig(origin: Origin, interpreter: Interpreter): Value | undefined {
  const path = configOf(origin.file.path, interpreter.files.keys());
  const exported = exportedBy(path, 'default', interpreter);
  const options = exported?.kind === 'external' ? exported.call?.args[0] : exported;
  const settings = propertyOf(options, 'runtimeConfig');
  const prefix = path?.includes('nitro.config.') ? 'NITRO' : 'NUXT';
  return settings && settingsOf(settings, prefix, origin, interpreter);
}

/** The nearest one in the folders around a file. */
function configOf(file: string, paths: Iterable<string>): string | undefined {
  let nearest: string | undefined;
  let depth = -1;
  for (const path of paths) {
    const folder = configFile.exec(path)?.[1];
    if (folder === undefined || !file.startsWith(folder) || folder.length <= depth) continue;
    nearest = path;
    depth = folder.length;
  }
  return nearest;
}

function settingsOf(written: Value, prefix: string, origin: Origin, interpreter: Interpreter): Value {
  if (written.kind === 'object') {
    const properties = new Map<string, Value>();
    for (const [name, value] of written.properties)
      properties.set(name, settingsOf(value, `${prefix}_${variableOf(name)}`, origin, interpreter));
    return { ...written, properties };
  }
  const text = textOf(written);
  // What the configuration itself reads from the environment is read when it is built; the other name only stands over it.
  if (text === undefined && written.kind !== 'undefined') return written;
  const given = readEnvironment(prefix, origin, interpreter);
  return text === undefined || text === '' ? given : unionOf([...optionsOf(given), ...optionsOf(written)]);
}

function variableOf(name: string): string {
  return name.replace(/([a-z\d])([A-Z])/g, '$1_$2').toUpperCase();
}
