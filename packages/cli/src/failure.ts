/** The command could not do what was asked: the message says what, where and what to do. Exit code 2, no stack. */
export class Failure extends Error {
  override readonly name = 'Failure';
}

/** What the system says of a file operation, without the path that it repeats: `ENOENT: no such file or directory`. */
export function systemReason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split(', ')[0] ?? message;
}
