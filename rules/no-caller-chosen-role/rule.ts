import type { Access, AccessColumn, Application, Route, Rule } from '@blastradius/engine';

interface Options {
  readonly columns: readonly string[];
  readonly ignore: readonly string[];
}

const rule: Rule<Options> = {
  id: 'no-caller-chosen-role',
  meta: {
    description: 'The caller writes the role, the permissions or the owner of a record',
    severity: 'error',
    precision: 'medium',
    recommended: false,
    cwe: [269, 915],
    owasp: ['API3'],
    asvs: ['8.2.3', '15.3.3'],
    ismsP: ['2.5.5', '2.6.3'],
    securitySeverity: 8.8,
    options: {
      schema: {
        columns: {
          type: 'array',
          items: { type: 'string', minLength: 1 },
          description:
            'columns beyond those above that a caller must not choose: `User.creditLimit`, or `creditLimit` for every entity',
        },
        ignore: {
          type: 'array',
          items: { type: 'string', minLength: 1 },
          description:
            'columns that are no permission, whatever they are called: `Casting.role`, or `role` for every entity',
        },
      },
      defaults: { columns: [], ignore: [] },
    },
  },
  check(application, report, options) {
    for (const route of application.routes) {
      const seen = new Set<string>();
      for (const access of route.accesses) {
        const chosen = access.operation === 'read' ? undefined : findChosen(access, application, options);
        const key = `${access.name} ${String(access.place.line)}`;
        if (!chosen || seen.has(key) || mayAssign(access, route, application)) continue;
        seen.add(key);
        const { column, input } = chosen;
        report({
          message: `\`${route.title}\` lets the caller choose \`${column}\` of \`${access.entity ?? 'a record'}\`: \`${access.name}\` writes it from \`${input}\`. Name the columns that a caller may set, and set \`${column}\` in the program or behind a role check.`,
          place: access.place,
          entity: route.title,
          sink: `${access.name} ${column}`,
          steps: [
            { place: route.place, message: `\`${route.title}\` takes \`${input}\` from the caller` },
            ...access.steps,
            { place: access.place, message: `\`${access.name}\` writes \`${column}\`` },
          ],
        });
      }
    }
  },
};

/** Columns that say what an account may do. */
const roleColumn =
  /^(user_?|account_?|global_?|system_?)?(roles?|role_?ids?|is_?admin|admin|is_?super_?(user|admin)|super_?admin|is_?staff|permissions?|scopes?|access_?level|privileges?)$/i;
/** The same of a team or a role: what its members may do is for whoever makes it to say. */
const roleList = /^(roles|permissions|scopes|privileges)$/i;
/** Records of which a list of roles or permissions is the substance. */
const accountName = /user|account|member|person|profile|employee|invit|api_?key|token|client/i;
/** Columns that say whose a record is: an author may be named, an owner is not. */
const ownerColumn = /^owner(_?(id|uid|uuid))?$/i;

interface Chosen {
  readonly column: string;
  readonly input: string;
}

function findChosen(access: Access, application: Application, options: Options): Chosen | undefined {
  const named = access.values.find((value) => isChosen(value, access, application, options));
  if (named) return { column: named.column ?? 'role', input: named.input ?? 'the request' };
  if (access.filledBy === undefined || access.entity === undefined) return undefined;
  const fixed = new Set(access.values.filter(({ from }) => from !== 'request').map(({ column }) => column));
  const fields = application.entities.find(({ name }) => name === access.entity)?.fields ?? [];
  const column = fields.find((field) => !fixed.has(field) && isDecisive(field, access, application, options));
  return column === undefined ? undefined : { column, input: access.filledBy };
}

function isChosen({ column, from }: AccessColumn, access: Access, application: Application, options: Options): boolean {
  return from === 'request' && column !== undefined && isDecisive(column, access, application, options);
}

function isDecisive(
  column: string,
  { entity }: Access,
  application: Application,
  { columns, ignore }: Options,
): boolean {
  const isAmong = (names: readonly string[]): boolean =>
    names.includes(column) || names.includes(`${entity ?? ''}.${column}`);
  if (isAmong(ignore)) return false;
  if (isAmong(columns)) return true;
  const ownership = application.ownershipOf(entity);
  if (ownerColumn.test(column)) return ownership !== undefined && !ownership.isAccount;
  if (!roleColumn.test(column)) return false;
  return !roleList.test(column) || ownership?.isAccount === true || entity === undefined || accountName.test(entity);
}

/** A role that was asked for; of other records than accounts, their owner may say who else does what. */
function mayAssign({ permissions, entity, operation, tie }: Access, route: Route, application: Application): boolean {
  // A program with a key of its own sets up the accounts of others, and the members of its organisation: not its holder's own account.
  const isOwnAccount = tie === 'filter' && application.ownershipOf(entity)?.isAccount === true;
  if (route.isForServices() && !isOwnAccount) return true;
  if (permissions.some((title) => title.startsWith('role') || title.startsWith('policy'))) return true;
  // A guard that is content with a role or with one's own record: where the path names no record, the role is left.
  if (permissions.includes('owner') && operation === 'create' && !route.path.includes(':')) return true;
  return permissions.includes('owner') && application.ownershipOf(entity)?.isAccount !== true;
}

export default rule;
