/** What `settings.blastradius` of an ESLint configuration may say. */
export interface Settings {
  /** Folder to analyse, absolute or relative to ESLint's working directory. */
  readonly root?: string;
  /** Configuration file of Blastradius, absolute or relative to the root. */
  readonly config?: string;
}

/** Settings that are not of the shape of `Settings`; says which. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** `settings` is the whole of ESLint's settings. */
export function readSettings(settings: Readonly<Record<string, unknown>>): Settings {
  const own = settings['blastradius'] ?? {};
  if (typeof own !== 'object')
    throw new SettingsError('settings.blastradius of the ESLint configuration is not an object.');
  for (const [key, value] of Object.entries(own)) {
    if (key !== 'root' && key !== 'config') {
      throw new SettingsError(
        `settings.blastradius.${key} of the ESLint configuration is not known: it takes root and config.`,
      );
    }
    if (typeof value !== 'string') {
      throw new SettingsError(
        `settings.blastradius.${key} of the ESLint configuration is not a string: it takes a path.`,
      );
    }
  }
  return own;
}
