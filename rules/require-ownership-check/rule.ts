import type { Access, Application, Ownership, Route, Rule, SignedLink } from '@blastradius/engine';

interface Options {
  readonly ignore: readonly string[];
}

const rule: Rule<Options> = {
  id: 'require-ownership-check',
  meta: {
    description: "A caller who is logged in reaches other callers' records by their id",
    severity: 'error',
    precision: 'medium',
    recommended: false,
    cwe: [639],
    owasp: ['API1'],
    asvs: ['8.2.2'],
    ismsP: ['2.6.3'],
    securitySeverity: 8.1,
    options: {
      schema: {
        ignore: {
          type: 'array',
          items: { type: 'string', minLength: 1 },
          description: 'entities whose records every caller who is logged in may read and change, whoever owns them',
        },
      },
      defaults: { ignore: [] },
    },
  },
  check(application, report, { ignore }) {
    for (const route of application.routes) {
      for (const link of route.links) {
        const own = findTiedLink(link, route, application);
        if (!own) continue;
        const { name, may, place, input = 'request' } = link;
        report({
          message: `\`${route.title}\` signs a link to ${may} any object that \`${input}\` names for every caller who is logged in: nothing ties that name to the caller, and \`${own.title}\` puts the caller into it. Put the caller into the name, or find out whose the object is before the link is signed.`,
          place: route.place,
          entity: route.title,
          sink: `${name} ${input}`,
          steps: [
            { place: route.place, message: `\`${route.title}\` takes \`${input}\` from the caller` },
            ...route.guards.map((guard) => ({ place: guard.place, message: `\`${guard.name}\` ${guard.why}` })),
            ...link.steps,
            { place, message: `\`${name}\` signs the link` },
            { place: own.link.place, message: `${own.title} puts the caller into the name of the object` },
          ],
        });
      }
      const found = findUntied(route, application, ignore);
      if (!found) continue;
      const { access, ownership, checked } = found;
      const input = access.input ?? 'request';
      report({
        message: `\`${route.title}\` ${verbOf(access)} \`${access.entity ?? 'a record'}\` by \`${input}\` for every caller who is logged in: ${reasonOf(access, checked)}, and ${ownership.evidence}. ${remedyOf(found)}.`,
        place: route.place,
        entity: route.title,
        sink: `${access.name} ${input}`,
        steps: [
          { place: route.place, message: `\`${route.title}\` takes \`${input}\` from the caller` },
          ...route.guards.map((guard) => ({ place: guard.place, message: `\`${guard.name}\` ${guard.why}` })),
          ...access.steps,
          { place: access.place, message: `\`${access.name}\` is not bound to the caller` },
          { place: ownership.place, message: ownership.evidence.replaceAll('`', '') },
        ],
      });
    }
  },
};

/** A link for the same use of objects of the same folder whose names have the caller in them: then they are somebody's. */
function findTiedLink(
  link: SignedLink,
  route: Route,
  { routes }: Application,
): { readonly title: string; readonly link: SignedLink } | undefined {
  if (route.onPurpose || route.isForServices() || !route.isGuarded()) return undefined;
  if (link.input === undefined || !link.leaves || link.permissions.length > 0 || link.store === undefined)
    return undefined;
  for (const { title, links } of routes) {
    const found = links.find(
      ({ isOfCaller, may, store, folder, isPublic }) =>
        isOfCaller && !isPublic && may === link.may && store === link.store && folder.startsWith(link.folder),
    );
    if (found) return { title, link: found };
  }
  return undefined;
}

interface Untied {
  readonly access: Access;
  readonly ownership: Ownership;
  /** What is checked instead: another record, to which this one need not belong. */
  readonly checked?: { readonly entity: string; readonly input: string; readonly column: string };
}

function findUntied(route: Route, application: Application, ignore: readonly string[]): Untied | undefined {
  if (route.onPurpose || route.isForServices()) return undefined;
  for (const access of route.accesses) {
    if (access.entity !== undefined && ignore.includes(access.entity)) continue;
    // A filter that the library drops where nobody is logged in ties nothing on a route that lets the anonymous in.
    const isDropped = access.tie === 'dropped' && route.isOpen() && !route.exposed;
    if (!isDropped && (access.tie !== undefined || !route.isGuarded())) continue;
    if (access.input === undefined || !access.complete || access.operation === 'create') continue;
    if (access.operation === 'read' && (!access.leaves || access.tallies)) continue;
    const ownership = application.ownershipOf(access.entity);
    if (ownership && isForOwnerOnly(access, ownership)) return { access, ownership };
    const found = findCheckedParent(access, application);
    if (found) return found;
  }
  return undefined;
}

/** The program checks the project of the path, and takes any task: it means the tasks of that project. */
function findCheckedParent(access: Access, application: Application): Untied | undefined {
  if (access.asked.length === 0) return undefined;
  for (const { entity, column, ownership } of application.parentsOf(access.entity)) {
    const asked = access.asked.find((record) =>
      record.entity === undefined ? record.input.endsWith(`.${column}`) : record.entity === entity,
    );
    if (asked) return { access, ownership, checked: { entity, input: asked.input, column } };
  }
  return undefined;
}

/** Others may read what is merely made by somebody and what an account shows of itself, change what is handed around, and may add themselves. */
function isForOwnerOnly(access: Access, ownership: Ownership): boolean {
  if (access.operation !== 'read') return !ownership.isShared && !addsCallerAlone(access, ownership);
  if (!ownership.isPrivate) return false;
  if (!ownership.isAccount) return true;
  return access.selected === undefined || access.selected.some((name) => privateField.test(name));
}

/** `update({ where: { slug }, data: { favoritedBy: { connect: { id: user.id } } } })` */
function addsCallerAlone({ values, filledBy }: Access, ownership: Ownership): boolean {
  return (
    values.length > 0 &&
    filledBy === undefined &&
    values.every(({ column, from }) => from === 'caller' && column !== ownership.column)
  );
}

const privateField = /mail|phone|mobile|address|street|zip|birth|dob|password|secret|token|ssn|iban|card|salary|tax/i;

function verbOf({ operation }: Access): string {
  return operation === 'read' ? 'gives away' : 'changes';
}

function reasonOf({ name, tie }: Access, checked: Untied['checked']): string {
  if (checked) return `\`${checked.input}\` is checked, nothing ties \`${name}\` to that \`${checked.entity}\``;
  return tie === 'dropped'
    ? `\`${name}\` leaves the caller out of its filter where nobody is logged in`
    : `nothing ties \`${name}\` to the caller`;
}

function remedyOf({ checked, ownership }: Untied): string {
  return checked
    ? `Bind the query to \`${checked.column}\` as well, or compare the record's \`${checked.column}\` with what was checked`
    : `Bind the query to the caller, or compare the record's \`${ownership.column}\` with the caller before it is used`;
}

export default rule;
