import type { Application } from './application/application.js';
import { buildApplication } from './application/build-application.js';
import type { Config } from './config/config.js';
import type { Deployment } from './deployment/deployment.js';
import type { FileFacts } from './facts/file-facts.js';
import { withConfiguredIds } from './schema/configured-ids.js';
import { readDeclaredEntities } from './schema/declared-entities.js';
import { DeclarationFiles } from './schema/declared/declaration-files.js';
import type { Entity } from './schema/entity.js';
import { mergeEntities } from './schema/merge-entities.js';
import { readPrismaSchemas } from './schema/prisma/read-prisma-schemas.js';
import { treatPrismaModels } from './schema/prisma/treat-prisma-models.js';
import { readSqlMigrations } from './schema/sql/read-sql-migrations.js';
import type { Project, SkippedFile } from './source/project.js';

export { findBrowserPackages } from './application/browser-packages.js';
export { readDeployment } from './deployment/deployment.js';

/** From the facts of all files to the model, with what of the documents could not be read. */
export function analyse(
  project: Project,
  facts: ReadonlyMap<string, FileFacts>,
  config: Config,
  deployment: Deployment,
): { readonly application: Application; readonly problems: readonly SkippedFile[] } {
  const { entities, problems } = readEntities(project, facts);
  const known = withConfiguredIds(entities, config);
  return { application: buildApplication(project, facts, known, config, deployment), problems };
}

function readEntities(
  project: Project,
  facts: ReadonlyMap<string, FileFacts>,
): { entities: readonly Entity[]; problems: readonly SkippedFile[] } {
  const prisma = readPrismaSchemas(project.documents.filter((document) => document.kind === 'prisma'));
  const sql = readSqlMigrations(project.documents.filter((document) => document.kind === 'sql'));
  const declarations = new DeclarationFiles(facts.values(), (from, specifier) => project.resolve(from, specifier));
  const declared = readDeclaredEntities(declarations);
  const models = treatPrismaModels(prisma.entities, declarations);
  const problems = [...prisma.problems, ...sql.problems].map(({ file, line, message }) => ({
    file,
    reason: `line ${String(line)}: ${message}`,
  }));
  return { entities: mergeEntities(models, declared, sql.entities), problems };
}
