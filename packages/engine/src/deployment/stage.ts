/** What a file is for, as its name and the folders around it say. */
export type Stage = 'development' | 'production';

const development = /(?:^|[./_-])(?:dev|devel|development|devcontainer|local|localhost|override)(?=$|[./_-])/i;
const production = /(?:^|[./_-])(?:prod|production|live)(?=$|[./_-])/i;

/** `undefined` where nothing or both are said: `production/docker-compose.override.yml`. */
export function stageOf(path: string): Stage | undefined {
  const isDevelopment = development.test(path);
  return isDevelopment === production.test(path) ? undefined : isDevelopment ? 'development' : 'production';
}

const developmentCode =
  /(?:^|[./_-])(?:dev|devel|development|sandbox|playground|seed|seeds|seeder|seeders)(?=$|[./_-])/i;

/** Code that developers run by hand: seeds, and what stands in folders for development. */
export function isDevelopmentCode(path: string): boolean {
  return developmentCode.test(path) && !production.test(path);
}
