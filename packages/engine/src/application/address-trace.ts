import type { Origin, TextValue, Value } from '../program/value.js';

type Answer = string | boolean | undefined;
type Ask = (text: TextValue) => Answer;

/** What was asked of a part of an address, and answered. */
interface Question {
  /** Which part: `path`, or `path as it is written`. */
  readonly of: string;
  readonly ask: Ask;
  readonly answer: Answer;
}

/**
 * What a layer has asked of where a request goes. A layer that asks nothing but such questions does the same for each route that gives the same
 * answers: a list of public paths is gone through once, and not for each route.
 */
export class AddressTrace {
  readonly questions: Question[] = [];
  /** Whether the questions are all that was read of the address. */
  isWhole = true;
  #isOpen = true;

  /** The same text, which notes what is read of it. */
  follow(of: string, text: TextValue): TextValue {
    return new FollowedText(text, {
      read: () => {
        this.read();
      },
      asked: (ask, answer) => {
        if (this.#isOpen) this.questions.push({ of, ask, answer });
      },
    });
  }

  /** Something was read that is no question. */
  read(): void {
    if (this.#isOpen) this.isWhole = false;
  }

  /** What is read from now on is read by somebody else. */
  close(): void {
    this.#isOpen = false;
  }
}

interface Reader {
  readonly read: () => void;
  readonly asked: (ask: Ask, answer: Answer) => void;
}

/** A copy of it with other parts is another text, so whoever is asked is no member that a copy has as well. */
class FollowedText implements TextValue {
  readonly kind = 'text';
  readonly anyCase: boolean;
  readonly anyEscape: boolean;
  readonly without: string | undefined;
  readonly address: boolean;
  readonly origin: Origin;
  readonly #text: TextValue;
  readonly #reader: Reader;

  constructor(text: TextValue, reader: Reader) {
    this.anyCase = text.anyCase ?? false;
    this.anyEscape = text.anyEscape ?? false;
    this.without = text.without;
    this.address = text.address ?? false;
    this.origin = text.origin;
    this.#text = text;
    this.#reader = reader;
  }

  get parts(): readonly Value[] {
    this.#reader.read();
    return this.#text.parts;
  }

  ask<Given extends Answer>(question: (text: TextValue) => Given): Given {
    const answer = question(this.#text);
    this.#reader.asked(question, answer);
    return answer;
  }
}

interface Node<Result> {
  readonly of: string;
  readonly ask: Ask;
  readonly answers: Map<Answer, Node<Result> | { readonly result: Result }>;
}

/** What a layer does, by the answers to what it asks: it asks the same as long as it is answered the same. */
export class AddressAnswers<Result> {
  readonly #root: Node<Result> = { of: '', ask: () => undefined, answers: new Map() };

  /** @param parts The address of another route, by the names under which its parts were followed. */
  find(parts: () => ReadonlyMap<string, Value>): Result | undefined {
    let next = this.#root.answers.get(undefined);
    if (!next) return undefined;
    const known = parts();
    while (next && 'answers' in next) {
      const text = known.get(next.of);
      next = text?.kind === 'text' ? next.answers.get(next.ask(text)) : undefined;
    }
    return next?.result;
  }

  add(questions: readonly Question[], result: Result): void {
    let [at, answer]: [Node<Result>, Answer] = [this.#root, undefined];
    for (const { of, ask, answer: given } of questions) {
      let next = at.answers.get(answer);
      if (!next || 'result' in next) at.answers.set(answer, (next = { of, ask, answers: new Map() }));
      [at, answer] = [next, given];
    }
    at.answers.set(answer, { result });
  }
}
