import { posix } from 'node:path';
import type { Place } from '../finding/place.js';
import type { ProjectDocument } from '../source/project.js';
import { readYaml } from './yaml-value.js';

/** `NAME: value` of the environment that a file gives a process. The value is compared and never shown. */
export interface Setting {
  readonly name: string;
  readonly value: string;
  readonly place: Place;
}

/** An environment file that a process is started with. */
export interface LoadedFile {
  /** Relative to the root. */
  readonly path: string;
  readonly place: Place;
  /** `the service \`api\``, `the script \`dev\`` */
  readonly by: string;
}

/** What a Compose file sets, and which files it loads: https://docs.docker.com/reference/compose-file/services/#environment */
export function readSettings(file: ProjectDocument): {
  readonly settings: readonly Setting[];
  readonly loaded: readonly LoadedFile[];
} {
  const services = readYaml(file).flatMap((root) => root.get('services')?.entries ?? []);
  const settings = services.flatMap(([, service]): readonly Setting[] => {
    const environment = service.get('environment');
    const listed = (environment?.items ?? []).flatMap((item) => {
      const [, name, value] = /^(\w+)=(.*)$/s.exec(item.text ?? '') ?? [];
      return name === undefined || value === undefined ? [] : [{ name, value, place: item.place }];
    });
    const mapped = (environment?.entries ?? []).flatMap(([name, value]) =>
      value.text === undefined ? [] : [{ name, value: value.text, place: value.place }],
    );
    // What is given from outside is written nowhere.
    return [...listed, ...mapped].filter(({ value }) => value !== '' && !value.includes('$'));
  });
  const loaded = services.flatMap(([name, service]): readonly LoadedFile[] => {
    const files = service.get('env_file');
    const values = files?.text === undefined ? (files?.items ?? []) : [files];
    return values.flatMap((value) => {
      const path = value.text ?? value.get('path')?.text;
      if (path === undefined) return [];
      return [{ path: posix.join(posix.dirname(file.path), path), place: value.place, by: `the service \`${name}\`` }];
    });
  });
  return { settings, loaded };
}
