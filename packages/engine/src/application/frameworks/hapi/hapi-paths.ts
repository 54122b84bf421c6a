/** `/users/{id}/files/{path*}` as other frameworks write it: `/users/:id/files/*path`. */
export function shownPath(path: string): string {
  return path
    .replace(/\{(\w+)\*\d*\}/g, '*$1')
    .replace(/\{(\w+)\?\}/g, ':$1?')
    .replace(/\{(\w+)\}/g, ':$1');
}

/** The root below a prefix is the prefix alone. */
export function joinPrefix(prefix: string, path: string): string {
  return prefix !== '' && path === '/' ? prefix : prefix + path;
}
