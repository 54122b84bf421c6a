import { isNestFactory } from '../../../catalog/frameworks/nestjs.js';
import type { ClassValue, ExternalValue, Origin } from '../../../program/value.js';
import { Chain } from '../../chain.js';
import { placeOf } from '../../place-of.js';
import type { FollowedProgram, FollowedRoute, Framework } from '../framework.js';
import { isModule, readNestApplication } from './nest-modules.js';
import { NestRoutes } from './nest-routes.js';
import { NestShape } from './nest-shape.js';

/** A module that an application starts from, and the call that makes the application, where there is one. */
interface Root {
  readonly root: ClassValue;
  readonly instance: ExternalValue | undefined;
}

/** Controllers and resolvers of modules. */
export class NestFramework implements Framework {
  readonly packages = ['@nestjs/core', '@nestjs/common'];
  readonly shape = new NestShape();

  keeps(path: string): boolean {
    return isNestFactory(path);
  }

  *routes(program: FollowedProgram): Iterable<FollowedRoute> {
    const { interpreter, semantics } = program;
    for (const { root, instance } of this.#roots(program)) {
      const origin: Origin = { file: root.file, span: root.facts };
      const application = readNestApplication(root, instance, interpreter);
      const chain = new Chain(interpreter, semantics, origin);
      for (const found of new NestRoutes(application, chain, interpreter, semantics, this.shape).collect()) {
        const { method, path, state, outcome } = found;
        yield {
          method,
          path,
          place: placeOf(found.origin),
          handler: placeOf(found.handlerOrigin),
          router: placeOf(found.router),
          ...(instance ? { server: instance } : {}),
          framework: 'nestjs',
          state,
          outcome,
          answersByReturn: true,
          markedPublic: found.markedPublic,
        };
      }
    }
  }

  #roots({ startup, interpreter }: FollowedProgram): readonly Root[] {
    const modules = [...interpreter.classes.values()].filter(isModule);
    if (modules.length === 0) return [];
    const created = startup.filter((call) => isNestFactory(call.path));
    if (created.length === 0) {
      // A library of modules: those that no other one imports are where an application would start.
      const imported = new Set(
        modules.flatMap((module) =>
          readNestApplication(module, undefined, interpreter).modules.filter((item) => item !== module),
        ),
      );
      return modules.filter((root) => !imported.has(root)).map((root) => ({ root, instance: undefined }));
    }
    return created.flatMap((instance) => {
      const [root] = instance.call?.args ?? [];
      return root?.kind === 'class' && instance.path.endsWith('.create()') ? [{ root, instance }] : [];
    });
  }
}
