import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { limits } from '../limits.js';

export type TextOrReason =
  { readonly text: string; readonly reason?: never } | { readonly reason: string; readonly text?: never };

const megabyte = 1024 * 1024;

/** Reads UTF-8, or UTF-16 with a byte order mark; the mark is removed. Never throws: the reason is made for a person. */
export function readText(absolutePath: string, limitInMegabytes: number): TextOrReason {
  try {
    const stat = statSync(absolutePath);
    // A pipe or a device would block for ever.
    if (!stat.isFile()) return { reason: 'is not a regular file' };
    if (stat.size > limitInMegabytes * megabyte) return { reason: tooLarge(limitInMegabytes) };
    const text = readFileSync(absolutePath, 'utf8');
    return isSuspicious(text) ? decode(readFileSync(absolutePath)) : { text: withoutByteOrderMark(text) };
  } catch (error) {
    return { reason: `cannot be read: ${errorCode(error)}` };
  }
}

export function tooLarge(limitInMegabytes: number): string {
  return `larger than ${limitInMegabytes} MB`;
}

export function errorCode(error: unknown): string {
  if (error instanceof Error) return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
  return String(error);
}

export function withoutByteOrderMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/** Node reads UTF-8 twice as fast into a string as into bytes; what cannot be UTF-8 text shows at the start. */
function isSuspicious(text: string): boolean {
  return text.charCodeAt(0) === 0xfffd || text.slice(0, 1024).includes('\0');
}

function decode(bytes: Buffer): TextOrReason {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: bytes.toString('utf16le', 2) };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    return {
      text: bytes
        .subarray(2, bytes.length - (bytes.length % 2))
        .swap16()
        .toString('utf16le'),
    };
  }
  // `.ts` is also the extension of MPEG transport streams.
  if (bytes.subarray(0, 1024).includes(0)) return { reason: 'is not text' };
  return { text: withoutByteOrderMark(bytes.toString('utf8')) };
}

/** A file that is no text; `undefined` where it cannot be read. */
export function readBytes(absolutePath: string, limitInMegabytes: number): Uint8Array | undefined {
  try {
    const stat = statSync(absolutePath);
    return stat.isFile() && stat.size <= limitInMegabytes * megabyte ? readFileSync(absolutePath) : undefined;
  } catch {
    return undefined;
  }
}

/** The first kilobyte, for files that may be anything. */
export function readHead(absolutePath: string): TextOrReason {
  try {
    if (!statSync(absolutePath).isFile()) return { reason: 'is not a regular file' };
    const file = openSync(absolutePath, 'r');
    try {
      const bytes = Buffer.alloc(limits.keyHeadBytes);
      return decode(bytes.subarray(0, readSync(file, bytes)));
    } finally {
      closeSync(file);
    }
  } catch (error) {
    return { reason: `cannot be read: ${errorCode(error)}` };
  }
}
