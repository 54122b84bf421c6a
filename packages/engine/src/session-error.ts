/** Bad configuration, unreadable root: says where and what to do. The only error that a session throws on purpose. */
export class SessionError extends Error {
  override readonly name = 'SessionError';
}
