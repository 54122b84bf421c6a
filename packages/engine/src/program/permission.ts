import type { Grant } from './proof.js';

/** What the caller may do where a test holds. */
export interface Permission {
  readonly grant: Grant;
  /** Whether it may as well hold where the value is falsy: what the code asks cannot be seen. */
  readonly eitherSide: boolean;
}
