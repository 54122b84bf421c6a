/**
 * A path relative to the root as a relative URI reference (RFC 3986): a colon in the first segment is no scheme, `[id].ts`
 * and `100%.ts` are names. A lone surrogate, which has no UTF-8 form, becomes U+FFFD.
 */
export function artifactUri(file: string): string {
  return file
    .split('/')
    .map((segment) => encodeURIComponent(segment.replace(/\p{Cs}/gu, '\ufffd')))
    .join('/');
}
