/**
 * What a library means, as data. An access path leads from a package to one of its functions: `express#Router()` is
 * what a call of the export `Router` gives, `jose#jwtVerify()` the call itself. A module and its default export are
 * the same; calls and constructions are written alike; `*` stands for one member of any name; `session.user=()` is an
 * assignment, its argument the value.
 */
export interface Library {
  /** npm names, the one that people know first. */
  readonly packages: readonly string[];
  readonly calls: Readonly<Record<string, CallEntry>>;
  /** Paths that lead to the same as another: `typeorm#DataSource().manager` to what `typeorm#EntityManager()` gives. */
  readonly same?: Readonly<Record<string, string>>;
  /** Middlewares of this package never say who the caller is: parsers, headers, compression, limits. */
  readonly neutral?: boolean;
}

export interface CallEntry {
  /** What is proved, and of which outcome. */
  readonly proves?: {
    readonly kind: ProofKind;
    readonly when: 'returns' | 'truthy' | 'falsy';
    /** What is sent was issued by somebody, and is too long to be guessed: the assertion of another party. */
    readonly issued?: boolean;
  };
  /** Whom or what that is about, where one argument says it and the others are beside the point. */
  readonly about?: readonly Position[];
  /** The result stands for the receiver (fluent interfaces) or for an argument (wrappers, conversions of functions). */
  readonly returns?: 'receiver' | number;
  /** The result is this instead: `typeorm#Repository()`. The arguments stay. */
  readonly produces?: string;
  /** Functions among the arguments are handlers: they run when a request comes. */
  readonly defers?: boolean;
  /** A function among the arguments is called once, with the receiver, what this path leads to or nothing, and its result is the result: transactions. */
  readonly passes?: 'receiver' | 'nothing' | `${string}#${string}`;
  /** A function among the arguments adds conditions of its own, which hold or fail together: `where((group) => …)`. */
  readonly groups?: boolean;
  /** A text as first argument is an alias of what is asked, not its name: `createQueryBuilder('user')`. */
  readonly aliases?: boolean;
  /** The result answers whatever gets to it, with what another server or another package's application says. */
  readonly forwards?: boolean;
  readonly ends?: boolean;
  /** It throws where its first argument is falsy. */
  readonly asserts?: boolean;
  /** It gives a promise: what it proves is proved for whoever waits for it. */
  readonly promises?: boolean;
  /** Reads this argument, a token, and does not look at its signature. */
  readonly decodes?: number;
  /** It verifies nothing, and only reads, where this argument or option has this value: `decode(token, key, true)`. */
  readonly readsOnlyWhen?: Position & { readonly equals: boolean };
  /** As a key it stands for whichever key the token itself brings. */
  readonly tokensOwnKey?: boolean;
  /** As a key it stands for several, of which the token's `kid` chooses one. */
  readonly choosesKey?: boolean;
  /** Options by which a verification says what it accepts. */
  readonly accepts?: AcceptEntry;
  /** It verifies for the guards that name it: a strategy of Passport. */
  readonly strategy?: boolean;
  /** Options that hold for all calls of the library: `JwtModule.register({ signOptions })`. */
  readonly registers?: RegisterEntry;
  /** Says whether the caller may do something, by an answer or by not throwing: `ability.can()`, `throwUnlessCan()`. */
  readonly authorizes?: 'truthy' | 'falsy' | 'returns';
  /** The answer is in this member; the result itself is there whatever it says: `(await client.check()).allowed`. */
  readonly answersIn?: string;
  /** The result is used as a middleware or a guard class. */
  readonly guard?: GuardEntry;
  readonly mint?: MintEntry;
  readonly link?: LinkEntry;
  readonly object?: ObjectEntry;
  readonly keys?: readonly KeyPosition[];
  readonly data?: DataEntry;
  /** As what a query gives, it is how many records there are, or a sum of them: `count()`. */
  readonly tallies?: boolean;
  /**
   * Changes or reveals the machine itself: files, processes. Where it `adds` something for later, a job of a queue, what a form hands in
   * counts as a new record.
   */
  readonly effect?: {
    readonly kind: 'reads' | 'writes';
    readonly what: string;
    readonly whenInput?: boolean;
    /** Without input it counts where its first argument is a text like this one: a command. */
    readonly whenSays?: RegExp;
    readonly adds?: boolean;
  };
  /** Answers the request with this argument. */
  readonly responds?: number;
  /** Where such an answer says its status. */
  readonly status?: Position;
  /** As an answer it refuses the request. */
  readonly refuses?: boolean;
  /** Sets the status of the answer to this argument. */
  readonly statuses?: number;
  /** The result is an answer to the request, for whoever returns it. */
  readonly answers?: AnswerEntry;
  /**
   * The result is this part of the request, and nothing where the request has none: what the library has found out of
   * the caller (`express#Request.auth`), or what came in (`express#Request.cookies`).
   */
  readonly gives?: `express#Request.${string}`;
  /** Sends this argument along with the answer: a cookie. */
  readonly sets?: number;
  /** The result is an argument, all of them together or the receiver in another form: `Number(x)`, `join(a, b)`, `x.trim()`. */
  readonly converts?: 'receiver' | 'arguments' | number;
  /** The number that it gives came in another form, which nobody can count who does not know this argument of what made the receiver. */
  readonly obscuredBy?: Position;
  /** What it gives is no number that a caller can count on from: the configuration says so. */
  readonly uncountable?: boolean;
  /** The result is made of the argument or the receiver, and is no better secret than it: hashes, key derivation. */
  readonly derives?: 'receiver' | number;
  /** What `derives` says is a hash that is made to be fast, and tried billions of times a second: no protection of a password. */
  readonly fastHash?: boolean;
  /** Makes a signature of this argument, of one of these options, or of what `update` has fed it: with the text beside it, that is a token. */
  readonly seals?: number | readonly Position[] | 'updates';
  /** Writes its arguments to a log. */
  readonly logs?: boolean;
  /** Makes the hash of a new password: the route sets up an account or changes its password. */
  readonly hashesPassword?: boolean;
  /** The result is the text of a key that nobody wrote down. */
  readonly generates?: boolean;
  /** It turns away whoever asks too often: as a middleware, as a guard class, or by the call itself. */
  readonly limits?: LimiterEntry;
  /** The error that it makes answers with the status at this place, always with 429, or with what a class that extends it says of itself. */
  readonly fails?: Position | 'tooMany' | 'itself';
  /**
   * Keeps what its arguments say: as a `line` of a log, as a `record` of its own, or, as an `event`, for whoever listens, which may be
   * nobody, and may be a log.
   */
  readonly records?: 'line' | 'event' | 'record';
}

/** What a limiter counts by: the address, the caller, what the request names (an account, a number), or all requests together. */
export type LimitedBy = 'address' | 'caller' | 'identifier' | 'everything';

export interface LimiterEntry {
  /** What it counts by where nothing else is said; undefined where it may be anything. */
  readonly by?: LimitedBy;
  /** What it counts by, or a function that says so: `keyGenerator`, the key of `consume(key)`. */
  readonly key?: Position;
  /** For a guard class: its method that says so. */
  readonly keyMethod?: string;
  /** A function that says which requests are not counted. */
  readonly skips?: Position;
  /** A decorator of a handler or its class that switches it off. */
  readonly skippedBy?: string;
  /** The result says whether the request may go on: where nobody looks at it, nothing is limited. */
  readonly answers?: boolean;
  /** A plugin: the option that says whether it is for all routes, and the name under which the configuration of a route sets it. */
  readonly plugin?: { readonly global: string; readonly ofRoute: string };
}

export type ProofKind = 'token' | 'session' | 'api-key' | 'signature' | 'credential' | 'second-factor' | 'attached';

export interface GuardEntry {
  readonly proves?: ProofKind;
  /** It rejects whoever may not do what it asks for, under this name: `scope`. */
  readonly permits?: string;
  /** It asks for what this decorator of the handler lists, and lets everybody through where there is none. */
  readonly asksBy?: string;
  /** It lets the anonymous through where one of its arguments has this property with this value. */
  readonly openWhen?: { readonly argument: number; readonly property: string; readonly equals: boolean | string };
  /** With a function as last argument it leaves the decision to that function. */
  readonly decidesIn?: 'callback';
  /** A function of the project at this place decides: it is handed so many parts of the credential, and says yes or no. */
  readonly asks?: Position & { readonly credentials: number };
  /** Where the first argument is, or holds, this text it brings the caller along if there is one, and rejects nobody. */
  readonly openFor?: readonly string[];
  /** It is the guard that it was made from, its receiver, but for requests that its first argument lists. */
  readonly exempts?: boolean;
  /** Methods for which it can be passed without a proof. */
  readonly skips?: readonly string[];
  /** Where the first argument is this text it checks a credential instead of a token or session. */
  readonly credentialFor?: readonly string[];
  /** Those of them that ask for a password. */
  readonly passwordFor?: readonly string[];
}

export interface AnswerEntry {
  /** What is sent. */
  readonly body?: number;
  /** Where its status is: from 300 on it gives nothing away. */
  readonly status?: Position;
  /** It gives nothing away: a redirect, an error. */
  readonly refuses?: boolean;
}

/** Where an argument, or a property of it, is. */
export interface Position {
  readonly argument: number;
  readonly property?: string;
  /** The property may also come from a function in this property, which makes the options: `useFactory`. */
  readonly factory?: string;
}

export interface KeyPosition extends Position {
  readonly purpose: 'sign' | 'verify' | 'session' | 'cookie' | 'encrypt';
  /** It is among the arguments of what made the receiver. */
  readonly made?: boolean;
  /** It is the name of a key that a service keeps, of which one half has another use where it is a `pair`. */
  readonly names?: 'key' | 'pair';
  /** It counts where the result is sealed into a token, a cookie or a response, or is compared with what came in. */
  readonly onlyAsSeal?: boolean;
  /** It is in this property of what is there: `{ cookie: { secrets } }`. */
  readonly inner?: string;
}

export interface MintEntry {
  readonly what: 'token' | 'session';
  /** The claims, or the account; where `made`, among the arguments of what made the receiver. */
  readonly subject?: Position & { readonly made?: boolean };
  /** Where an option names the subject instead. */
  readonly subjectOption?: Position;
  /** A member of the receiver that is set to it, or a method that is handed it. */
  readonly subjectSetter?: string;
  /** Where it gets its claims, for a token that carries any. */
  readonly claims?: ClaimsEntry;
}

/** Makes a signed address, or the fields or cookies that do the same: whoever holds them may reach an object of a store. */
export interface LinkEntry {
  /** The key or address of the object, or a call that names it (`object`): a command, a file of a bucket. */
  readonly object: (Position & { readonly inner?: string }) | 'receiver';
  /** Where the store is named, if not on the way to the call. */
  readonly store?: Position;
  /** What the holder may do, if the call that names the object does not say it. */
  readonly may?: LinkUse | LinkWords;
  /** As for data: the service itself decides who gets it. */
  readonly policies?: DataEntry['policies'];
}

/** Names an object of a store. */
export interface ObjectEntry {
  readonly key: Position;
  readonly store?: Position;
  readonly may?: LinkUse;
}

export type LinkUse = 'read' | 'write';

/** Where a text says what a link is for: what neither fits is for something else. */
export interface LinkWords extends Position {
  readonly reads: RegExp;
  readonly writes: RegExp;
}

/** What a token says of itself beside whom it is for. */
export type ClaimName = 'expiry' | 'audience' | 'issuer' | 'id' | 'keyId' | 'algorithm';

/** Where a token gets its claims from; the names that RFC 7519 gives them are looked for in the payload. */
export interface ClaimsEntry {
  /** The payload; where `made`, among the arguments of what made the receiver. */
  readonly payload: Position & { readonly made?: boolean };
  readonly options?: Position & { readonly made?: boolean };
  /** What the options call them. */
  readonly named?: Readonly<Partial<Record<ClaimName, string>>>;
  /** Methods of a builder that set them. */
  readonly setters?: Readonly<Partial<Record<ClaimName, string>>>;
  /** An object with `kid` and `alg`: an option, or the argument of a method of the builder. */
  readonly header?: (Position & { readonly made?: boolean }) | { readonly setter: string };
  /** What the library sets where nobody says. */
  readonly given?: readonly ClaimName[];
  /** Under which name the library is registered with options for all calls. */
  readonly registered?: string;
}

export interface AcceptEntry {
  readonly algorithms?: Position;
  readonly expired?: Position;
  readonly audience?: Position;
  readonly issuer?: Position;
  /** A function that is asked whether a token was taken back. */
  readonly revoked?: Position;
  /** Where the program names no algorithm, the token's header does. */
  readonly algorithmOfToken?: boolean;
  readonly registered?: string;
}

/** Where the options for all calls are, among the arguments of a registration. */
export interface RegisterEntry {
  readonly name: string;
  readonly claims: readonly Position[];
  readonly checks: readonly Position[];
  readonly publicKeys?: readonly Position[];
  readonly revoked?: readonly Position[];
}

export interface DataEntry {
  /** `save` creates a record, or changes one that was read before. For a statement: where its text does not say. */
  readonly operation: 'read' | 'write' | 'create' | 'save';
  /** What names the entity: the member before the method, what made the receiver, the first argument, the text of a statement. */
  readonly entity: 'member' | 'receiver' | 'argument' | 'sql';
  /** Where the filter is: an object with columns (`where`), the primary key itself (`key`). */
  readonly where?: Position;
  readonly key?: Position;
  /** Properties of options: an argument that has none of them is the filter itself. */
  readonly options?: readonly string[];
  /** A condition whose value is `undefined` is left out of the filter instead of matching nothing. */
  readonly dropsUndefined?: boolean;
  /** The database itself decides which rows the client may see, unless this argument of what made it is a setting with such a word in its name. */
  readonly policies?: { readonly argument: number; readonly unlessNamed: readonly string[] };
  /** Methods of the receiver that narrowed the query: `where`, `andWhere`. */
  readonly conditions?: readonly string[];
  /** Methods that narrowed it by what they join: their second argument must hold as well. */
  readonly joins?: readonly string[];
  /** Methods that make it another operation: `insert`, `update`. */
  readonly becomes?: Readonly<Record<string, 'write' | 'create'>>;
  /** It gives a list, which is there whatever is in it, unless one of these methods asks for a single record. */
  readonly lists?: { readonly single: readonly string[] };
  /** Methods that were given what is written. */
  readonly fills?: readonly string[];
  /** It is the query itself, which runs when somebody waits for it: these methods are its own, and called later. */
  readonly grows?: boolean;
  /** A further `where` takes the place of what was asked before. */
  readonly whereReplaces?: boolean;
  /** It gives how many records there are, and nothing of them. */
  readonly tallies?: boolean;
  /** Where the statement is, if not in the first argument: in that of the call that made the receiver, `prepare(sql).all(id)`. */
  readonly statement?: 'receiver';
  /** What each record is: its members are found as members of this path. */
  readonly records?: string;
}
