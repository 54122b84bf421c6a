import type { Step } from '../finding/finding.js';
import type { Place } from '../finding/place.js';

/** A column that a query is bound to, or that it writes, and whose word decides its value. */
export interface AccessColumn {
  /** `undefined`: the primary key, whatever it is called. */
  readonly column: string | undefined;
  readonly from: 'caller' | 'request' | 'other';
  /** Where in the request it comes from: `params.id`. */
  readonly input?: string | undefined;
  /** Whether it is written down in the program: the same for every request. */
  readonly fixed?: boolean | undefined;
  /** For a header, where it is read; the query's place otherwise. */
  readonly place: Place;
}

/**
 * What ties a query to the caller. `filter`: it is bound to the caller; `dropped`: bound to a caller who may be
 * missing, and then the library leaves the condition out; `owner`: what it is about was compared with the caller;
 * `role`, `policy`: the caller was asked for a role, or something decided that could not be looked into.
 */
export type Tie = 'filter' | 'dropped' | 'owner' | 'role' | 'policy';

/** A query or a change that a handler reaches. */
export interface Access {
  /** `prisma.order.findUnique`. */
  readonly name: string;
  readonly place: Place;
  readonly entity?: string | undefined;
  readonly operation: 'read' | 'write' | 'create';
  /** Whether it is for many records. */
  readonly many: boolean;
  /** Whether it gives how many there are, and nothing of them. */
  readonly tallies: boolean;
  /** Where the request names the record: `params.id`. */
  readonly input?: string | undefined;
  /** What the query is bound to. */
  readonly columns: readonly AccessColumn[];
  /** What is written. */
  readonly values: readonly AccessColumn[];
  /** Where the request fills the record without naming its columns: `body`. */
  readonly filledBy?: string | undefined;
  readonly tie?: Tie | undefined;
  /** The column of the record that was compared with the caller. */
  readonly comparedColumn?: string | undefined;
  /** What was asked of the caller on the way: `role:admin`. */
  readonly permissions: readonly string[];
  /** Where nothing ties it to the caller: the records that were found to be the caller's on the way, and that it is not about. */
  readonly asked: readonly AskedRecord[];
  /** Whether what is read leaves in an answer. */
  readonly leaves: boolean;
  /** Columns that are read, where the query names them. */
  readonly selected?: readonly string[] | undefined;
  /** Whether a proof of who the caller is holds. */
  readonly proved: boolean;
  /** Whether all that runs before it was followed. */
  readonly complete: boolean;
  /** Calls from the handler down to the query. */
  readonly steps: readonly Step[];
}

/** A record that the caller was asked for. */
export interface AskedRecord {
  /** `undefined` where what names it was compared, and no record of it. */
  readonly entity?: string;
  /** Where the request names it: `params.projectId`. */
  readonly input: string;
}

/** What the records of an entity belong to: `Task` has the `projectId` of a `Project`. */
export interface Parent {
  readonly entity: string;
  readonly column: string;
  readonly ownership: Ownership;
}

/** Whose the records of an entity are, as the program itself shows. */
export interface Ownership {
  readonly entity: string;
  /** The column that holds the owner. */
  readonly column: string;
  /** Whether the entity is the caller's own account. */
  readonly isAccount: boolean;
  /** Whether somewhere only the caller's own records are read or changed, or whether records are merely made with their owner. */
  readonly isPrivate: boolean;
  /** Whether some route hands records to whom the request names, `assigneeId`: they are not for whoever made them alone. */
  readonly isShared: boolean;
  readonly place: Place;
  /** `GET /orders` is bound to the caller by it. */
  readonly evidence: string;
}
