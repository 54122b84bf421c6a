/** What leads to the builder of an application: `initTRPC.context<Context>().meta<Meta>().create()`. */
const builder = String.raw`@trpc/server#initTRPC(?:\(\))?(?:\.(?:context|meta)\(\))*\.create\(\)`;

/** Routers, and several that are made one. */
export const trpcRouter = new RegExp(`^${builder}\\.(router|mergeRouters)\\(\\)$`);
/** What a middleware is made with. */
export const trpcMiddleware = new RegExp(`^${builder}\\.middleware\\(\\)`);
/** A procedure that is done, by its resolver. */
export const trpcProcedure = new RegExp(
  `^${builder}\\.procedure(?:\\.\\w+\\(\\))*\\.(query|mutation|subscription)\\(\\)$`,
);
/** One that is being built. */
export const trpcBuilding = new RegExp(`^${builder}\\.procedure(?:\\.\\w+\\(\\))*$`);
/** Anything that is made with the builder: functions that it is handed run when a request comes. */
export const trpcPath = '@trpc/server#initTRPC';
export const trpcLazy = '@trpc/server#lazy()';
