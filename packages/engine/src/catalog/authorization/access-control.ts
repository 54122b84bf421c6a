import type { Library } from '../library.js';

const questions = ['create', 'read', 'update', 'delete'];
const roles = 'accesscontrol#AccessControl().can()';

/**
 * https://github.com/onury/accesscontrol: `ac.can(role).readAny('order').granted`. `readOwn` asks whether the role may
 * read what is its own, and looks at no record: whose it is has to be compared besides.
 */
export const accessControl: Library = {
  packages: ['accesscontrol', 'nest-access-control'],
  calls: {
    ...Object.fromEntries(
      questions.flatMap((question) => [
        [`${roles}.${question}Any()`, { authorizes: 'truthy', answersIn: 'granted' }] as const,
        [`${roles}.${question}Own()`, { answersIn: 'granted' }] as const,
      ]),
    ),
    // access-control.guard.js: without `@UseRoles()` on the handler it lets everybody through.
    'nest-access-control#ACGuard': {
      guard: { proves: 'attached', permits: 'roles', asksBy: 'nest-access-control#UseRoles()' },
    },
  },
  same: {
    // `require('accesscontrol')` is the class before version 3.
    'accesscontrol#()': 'accesscontrol#AccessControl()',
    'nest-access-control#RolesBuilder()': 'accesscontrol#AccessControl()',
  },
};
