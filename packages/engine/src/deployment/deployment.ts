import { posix } from 'node:path';
import { limits } from '../limits.js';
import type { ProjectDocument } from '../source/project.js';
import type { DeployedFunction } from './deployed-function.js';
import type { Service } from './listener.js';
import { readCompose } from './read-compose.js';
import { readDeployedFunctions } from './read-deployed-functions.js';
import { readFunctions } from './read-functions.js';
import { isKubernetes, readKubernetes } from './read-kubernetes.js';
import { readNginx, type ProxiedListener } from './read-nginx.js';

/** What the deployment files of a project say of its processes. */
export interface Deployment {
  readonly services: readonly Service[];
  /** What servers in front of them hand on. */
  readonly proxied: readonly ProxiedListener[];
  /** The functions that a cloud runs for each request. */
  readonly functions: readonly DeployedFunction[];
}

/** Names of files, and of folders around them, for machines of developers and for tests. */
const development =
  /(?:^|[/._-])(?:dev|devel|development|devcontainer|local|override|test|tests|testing|ci|e2e|example|examples|sample|samples)(?=[/._-])/;

/** Whether a file is for machines that nobody outside reaches. */
function isForDevelopment(path: string): boolean {
  return development.test(path);
}

/** Reads the files that lay the ways to what runs in production. */
export function readDeployment(documents: readonly ProjectDocument[]): Deployment {
  const files = documents
    .filter(({ kind, path }) => kinds.has(kind) && !isForDevelopment(path))
    .slice(0, limits.deploymentFiles);
  const manifests = files.filter(({ kind }) => kind === 'manifest');
  const isFunctions = (file: ProjectDocument): boolean =>
    posix.basename(file.path).startsWith('serverless') || file.text.includes('AWS::Serverless');
  return {
    services: [
      ...files.filter(({ kind }) => kind === 'compose').flatMap(readCompose),
      ...readKubernetes(manifests.filter(isKubernetes)),
      ...manifests.filter(isFunctions).flatMap(readFunctions),
    ],
    proxied: files.filter(({ kind }) => kind === 'nginx').flatMap(readNginx),
    functions: manifests.filter(isFunctions).flatMap(readDeployedFunctions),
  };
}

const kinds = new Set<ProjectDocument['kind']>(['compose', 'manifest', 'nginx']);
