/** How a file writes its assignments. */
export type SettingsFormat = 'shell' | 'dockerfile' | 'json' | 'yaml' | 'lines';

/** Whose settings they are, as far as the path says. */
export type SettingsUse =
  /** What runs for users, or may. */
  | 'production'
  /** A pipeline that tests, builds and deploys: the values tell which. */
  | 'pipeline'
  /** Tests, development and local runs. */
  | 'development'
  /** Names without values that count, to be copied and filled in. */
  | 'template';

export interface SettingsFile {
  readonly format: SettingsFormat;
  readonly use: SettingsUse;
}

/** What the path of a file says of the settings in it; `undefined` for one that is not known to hold any. */
export function settingsFileOf(path: string): SettingsFile | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const format = formatOf(path, name);
  return format && { format, use: useOf(path, name) };
}

function formatOf(path: string, name: string): SettingsFormat | undefined {
  if (/^\.env(?:rc|$|\.)/.test(name) || /\.env$/.test(name) || /\.(?:sh|bash|zsh)$/.test(name)) return 'shell';
  if (/^(?:Dockerfile|Containerfile)(?:\.|$)|\.(?:dockerfile|containerfile)$/i.test(name)) return 'dockerfile';
  if (notSettings.test(path)) return undefined;
  if (/\.(?:tf|tfvars|toml|properties|ini|conf|cfg|hcl)$/.test(name)) return 'lines';
  if (/\.ya?ml$/.test(name)) return 'yaml';
  if (/\.(?:tf|tfvars|tfstate)\.json$|\.tfstate$/.test(name)) return 'json';
  if (/\.json[c5]?$/.test(name) && settingsWords.test(path)) return 'json';
  return undefined;
}

/** JSON holds everything; these names hold settings. */
const settingsWords =
  /(?:^|[/._-])(?:config(?:uration|s)?|conf|settings|secrets?|credentials|env(?:ironments?)?|default|production|prod|staging|development|local|appsettings|application|values|parameters|serverless|deploy(?:ment)?|k8s|kubernetes|task-?def(?:inition)?)(?:[/._-]|$)/i;

/** Locks, translations, interfaces and the configuration of tools. */
const notSettings =
  /(?:^|\/)(?:package(?:-lock)?\.json|pnpm-(?:lock|workspace)\.yaml|tsconfig[^/]*\.json|Cargo\.toml|pyproject\.toml|composer\.json|[^/]*\.lock|(?:openapi|swagger)[^/]*|messages[^/]*\.properties|\.(?:vscode|idea)\/.*)$|(?:^|\/)(?:i18n|locales?|lang|translations?)\//i;

const pipeline =
  /(?:^|\/)(?:\.(?:github|gitea|forgejo)\/|\.circleci\/|\.buildkite\/|\.(?:gitlab-ci|travis|drone|woodpecker)\.ya?ml$|(?:azure|bitbucket)-pipelines\.ya?ml$|appveyor\.ya?ml$)/;

const template = /(?:^|[._-])(?:examples?|sample|template|dist|tpl|defaults?)(?:$|[._-])/i;

/** Files for a mode that production never runs in: https://vite.dev/guide/env-and-mode, https://github.com/bkeepers/dotenv#usage */
const otherMode = /(?:^|[._-])(?:test|testing|tests|ci|e2e|dev|develop|development)(?:$|[._-])/i;

const otherFolder = /(?:^|\/)(?:tests?|__tests__|e2e|fixtures?|mocks?|spec)\//i;

function useOf(path: string, name: string): SettingsUse {
  const isEnvironment = name.startsWith('.env') || name.endsWith('.env');
  // `config/default.json` holds values, `.env.defaults` holds none.
  if (
    isEnvironment
      ? template.test(name.replace(/^\.env/, ''))
      : /(?:^|[._-])(?:examples?|sample|template)(?:$|[._-])/i.test(name)
  )
    return 'template';
  if (pipeline.test(path)) return 'pipeline';
  return otherMode.test(name.replace(/^\.env/, '')) || otherFolder.test(path) ? 'development' : 'production';
}
