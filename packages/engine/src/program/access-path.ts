/** The step from a function to the result of a call. */
const call = '()';

/**
 * A way that leads to something outside the project: `express#Router().get`. The same way is the same object, so that
 * what is known of it is found without reading it.
 */
export class AccessPath {
  /** The first step of it: the package. */
  readonly root: AccessPath;
  private ownText: string | undefined = undefined;
  // Most paths lead on in one way or in none.
  private next: AccessPath | undefined = undefined;
  private others: Map<string, AccessPath> | undefined = undefined;
  /** What a catalog, and what somebody who asks it, have worked out for the path. */
  spelling: WorkedOut | undefined = undefined;
  meaning: WorkedOut | undefined = undefined;

  private constructor(
    readonly parent: AccessPath | undefined,
    /** A member's name, or `()`; the first one is `package#`, or `?`. */
    readonly step: string,
  ) {
    this.root = parent?.root ?? this;
  }

  /** The path that is written like this. */
  static of(text: string): AccessPath {
    const known = writtenPaths.get(text);
    if (known) return known;
    // `?falsy` and the like are one step: no program can write them.
    const end = text.indexOf('#') + 1 || (/^\?(?:$|[.(])/.test(text) ? 1 : text.length);
    const start = text.slice(0, end);
    let path = writtenPaths.get(start);
    if (!path) writtenPaths.set(start, (path = new AccessPath(undefined, start)));
    for (const [step] of text.slice(end).matchAll(/\(\)|[^.()]+/g)) path = path.member(step);
    writtenPaths.set(text, path);
    return path;
  }

  /** `package#member.member()`; `global#name` for what the platform provides, `?` for what is not known. */
  get text(): string {
    return (this.ownText ??= this.write());
  }

  get isCall(): boolean {
    return this.step === call;
  }

  /** The path of a call's result. */
  get called(): AccessPath {
    return this.member(call);
  }

  /** The path of a member; `package#` leads to exports. */
  member(name: string): AccessPath {
    const next = this.next;
    if (next?.step === name) return next;
    const known = this.others?.get(name);
    if (known) return known;
    const member = new AccessPath(this, name);
    if (next) (this.others ??= new Map()).set(name, member);
    else this.next = member;
    return member;
  }

  private write(): string {
    const { parent, step } = this;
    if (!parent) return step;
    return step === call || parent.step.endsWith('#') ? parent.text + step : `${parent.text}.${step}`;
  }
}

/** Whoever has worked something out knows it again. */
export interface WorkedOut {
  readonly by: object;
}

const writtenPaths = new Map<string, AccessPath>();

/** Lets go of the paths of programs that are gone: names that somebody was typing. */
export function forgetPaths(): void {
  writtenPaths.clear();
}
