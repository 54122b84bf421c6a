/** A stream of text; `isTTY` where a person reads it. */
export interface TextStream {
  readonly isTTY?: boolean;
  write(text: string, done?: (error?: Error | null) => void): boolean;
}

/** What the command touches of its process. */
export interface Io {
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  /** Absolute; relative paths in arguments start here. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Settles when the text has left. A reader that has gone away (`| head`) is not an error. */
export function write(stream: TextStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => {
      if (error && !isBrokenPipe(error)) reject(error);
      else resolve();
    });
  });
}

function isBrokenPipe(error: Error): boolean {
  return 'code' in error && (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED');
}

/** Tells a person something beside the report. There is nobody to tell where it fails. */
export async function say({ stderr }: Io, text: string): Promise<void> {
  await write(stderr, text).catch(() => undefined);
}
