import { isPublicKeyText, writtenValueOf } from '@blastradius/key-material';
import type { Catalog } from '../catalog/catalog.js';
import type { Expression, Span } from '../facts/file-facts.js';
import type { Step } from '../finding/finding.js';
import type { Place } from '../finding/place.js';
import { limits } from '../limits.js';
import type { Interpreter } from '../program/interpreter.js';
import { nameOfPath } from '../program/name-of-path.js';
import {
  undefinedValue,
  type ExternalValue,
  type FunctionValue,
  type LiteralValue,
  type Origin,
  type Value,
} from '../program/value.js';
import type { ProjectDocument } from '../source/project.js';
import { EnvironmentFiles } from './environment-files.js';
import { environmentVariable } from './environment-variable.js';
import { KeyFiles } from './key-files.js';
import { nameOfText } from './name-text.js';
import { placeOf } from './place-of.js';
import type { KeySource } from './signing-key.js';

/** One text that a key may have. */
export interface KeyText {
  readonly source: KeySource;
  /** `undefined` where nothing names it. */
  readonly name: string | undefined;
  readonly place: Place;
  /** The literal itself, for what is written in code. */
  readonly literal?: Origin;
  /** From the text on, in order. */
  readonly steps: readonly Step[];
}

/** A conversion on the way from the text to the key. */
interface Conversion {
  readonly span: Span;
  readonly step: Step;
}

/** Finds where the text of a key comes from. */
export class KeyTexts {
  readonly #environment: EnvironmentFiles;
  readonly #keyFiles: KeyFiles;

  constructor(
    readonly catalog: Catalog,
    readonly interpreter: Interpreter,
    documents: readonly ProjectDocument[],
  ) {
    this.#environment = new EnvironmentFiles(documents);
    this.#keyFiles = new KeyFiles(documents, this.#environment);
  }

  /** All texts that the value may have; none for public keys. */
  of(value: Value): readonly KeyText[] {
    return this.#texts(value, []);
  }

  /** @param conversions Those between the value and the key, the nearest to the key first. */
  #texts(value: Value, conversions: readonly Conversion[], depth = 0): readonly KeyText[] {
    if (depth > limits.keyConversions) return [];
    const inner = (item: Value): readonly KeyText[] => this.#texts(item, conversions, depth + 1);
    switch (value.kind) {
      case 'literal':
        return this.#literal(value, conversions);
      case 'text':
        // A text around something is a salt or a prefix: it is the rest that has to be secret.
        return value.parts.flatMap((part) => (part.kind === 'literal' && value.parts.length > 1 ? [] : inner(part)));
      case 'union':
        return value.options.flatMap((option) => inner(option.value));
      case 'array':
        return value.items.flatMap(inner);
      case 'object': {
        // `{ key, passphrase }` and JSON web keys.
        const secret = ['key', 'private', 'd', 'k']
          .map((name) => value.properties.get(name))
          .find((property) => property !== undefined);
        if (secret) return inner(secret);
        // `{ 2: key, 1: older }`: numbered, so that one can take the place of another.
        return [...value.properties].flatMap(([name, item]) => (/^\d+$/.test(name) ? inner(item) : []));
      }
      case 'function':
        return this.#provided(value, conversions, depth);
      case 'external':
        return this.#external(value, conversions, depth);
      default:
        return [];
    }
  }

  #literal(value: LiteralValue, conversions: readonly Conversion[]): readonly KeyText[] {
    const text = value.value;
    if (typeof text !== 'string' || text === '' || isPublicKeyText(text)) return [];
    const { file, span } = value.origin;
    const spans = new Set(conversions.map((conversion) => conversion.span));
    const name = nameOfText(file, span, {
      converts: (call) => spans.has(call),
      parameterOf: (callee, index) => this.#parameterOf(value.origin, callee, index),
    });
    return [
      { source: 'literal', name, place: placeOf(value.origin), literal: value.origin, steps: stepsOf(conversions) },
    ];
  }

  /** `createSigner('text')`: what the function of the project calls it. */
  #parameterOf({ file }: Origin, callee: Expression, index: number): string | undefined {
    const scope = this.interpreter.module(file.path)?.scope;
    if (callee.kind !== 'name' || !scope) return undefined;
    const called = this.interpreter.lookup(callee.name, scope);
    const constructor =
      called.kind === 'class'
        ? called.facts.members.find((member) => member.kind === 'constructor')?.function
        : undefined;
    const facts =
      called.kind === 'function'
        ? called.facts
        : called.kind === 'class' && constructor !== undefined
          ? called.file.functions[constructor]
          : undefined;
    const pattern = facts?.parameters[index]?.pattern;
    return pattern?.kind === 'name' ? pattern.name : undefined;
  }

  /** `(request, token, done) => done(null, key)`, `async (header) => key`. */
  #provided(provider: FunctionValue, conversions: readonly Conversion[], depth: number): readonly KeyText[] {
    const handed: Value[] = [];
    const done: Value = {
      kind: 'native',
      name: 'done',
      call: (args) => {
        const [, key] = args;
        if (key) handed.push(key);
        return undefinedValue;
      },
    };
    const origin = { file: provider.file, span: provider.facts };
    const args = provider.facts.parameters.map((_, index): Value => (index > 0 ? done : { kind: 'unknown' }));
    const { value } = this.interpreter.follow(provider, undefinedValue, args, origin, []);
    return [value, ...handed]
      .filter((item) => item.kind !== 'function')
      .flatMap((item) => this.#texts(item, conversions, depth + 1));
  }

  #external(value: ExternalValue, conversions: readonly Conversion[], depth: number): readonly KeyText[] {
    const variable = environmentVariable(value.path);
    if (variable !== undefined) return this.#variable(variable, value.origin, conversions);
    const entry = this.catalog.find(value.at);
    if (entry?.generates)
      return [
        {
          source: 'generated',
          name: nameOfPath(value.path),
          place: placeOf(value.origin),
          steps: stepsOf(conversions),
        },
      ];
    const from = entry?.derives ?? entry?.converts;
    if (from !== undefined && from !== 'arguments') {
      const source = from === 'receiver' ? value.receiver : value.call?.args[from];
      const step = { place: placeOf(value.origin), message: `goes through \`${nameOfPath(value.path)}\`` };
      return source ? this.#texts(source, [{ span: value.origin.span, step }, ...conversions], depth + 1) : [];
    }
    if (readsFile.test(value.path)) {
      const call = value.call ? value : value.receiver?.kind === 'external' ? value.receiver : undefined;
      return this.#file(call, conversions);
    }
    // What a method makes of it, and what a promise or a callback hands on.
    if (/\.(toString|trim|replace|replaceAll|split|join|\[\])(\(\))?$/.test(value.path) && value.receiver)
      return this.#texts(value.receiver, conversions, depth + 1);
    return [];
  }

  #variable(name: string, origin: Origin, conversions: readonly Conversion[]): readonly KeyText[] {
    const place = placeOf(origin);
    const steps = [{ place, message: `reads \`${name}\`` }, ...stepsOf(conversions)];
    const texts: KeyText[] = [{ source: 'environment', name, place, steps: steps.slice(1) }];
    const { path } = origin.file;
    const written = [this.#environment.find(name, path) ?? [], this.#environment.collectDeployed(name, path)].flat();
    for (const { value, place: origin } of written)
      if (writtenValueOf(value) !== undefined && !isPublicKeyText(value))
        texts.push({ source: 'file', name, place: origin, steps });
    return texts;
  }

  /** A key file, if it lies in the project: named in code, or by a variable whose value is written in an environment file. */
  #file(call: ExternalValue | undefined, conversions: readonly Conversion[]): readonly KeyText[] {
    const path = call?.call?.args[0];
    const file = path && this.#keyFiles.find(path, call.origin.file.path);
    if (!file) return [];
    const step = { place: placeOf(call.origin), message: `read by \`${nameOfPath(call.path)}\`` };
    return [
      {
        source: 'file',
        name: file.path,
        place: { file: file.path, line: 1, column: 1, endLine: 1, endColumn: 1 },
        steps: [step, ...stepsOf(conversions)],
      },
    ];
  }
}

const readsFile = /^(fs|fs\/promises|fs-extra)#(promises\.)?readFile(Sync)?\(\)/;

/** Calls that are chained begin at one place: the last one says it all. */
function stepsOf(conversions: readonly Conversion[]): readonly Step[] {
  const steps = conversions.map((conversion) => conversion.step);
  return steps.filter(({ place }, index) => {
    const next = steps[index + 1]?.place;
    return next?.file !== place.file || next.line !== place.line || next.column !== place.column;
  });
}
