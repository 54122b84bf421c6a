import type ts from 'typescript';
import { expect, it } from 'vitest';
import { compiler } from './compiler.js';
import * as guards from './syntax.js';

it.each(Object.entries(guards))('%s is what it is for the compiler', (name, guard) => {
  const theirs = Object.entries(compiler()).find(([key]) => key === name)?.[1] as typeof guard;
  const kinds = Array.from({ length: compiler().SyntaxKind.Count }, (_, kind) => kind);
  const taken = (by: (node: ts.Node) => boolean): readonly number[] =>
    kinds.filter((kind) => by({ kind } as unknown as ts.Node));
  expect(taken(guard)).not.toEqual([]);
  expect(taken(guard)).toEqual(taken(theirs));
});
