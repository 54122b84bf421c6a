import type {
  DirectiveFact,
  ExportFact,
  Expression,
  LoopStatement,
  MemberFacts,
  ObjectProperty,
  Pattern,
  Statement,
} from '../file-facts.js';

export const expressionKind = {
  literal: 0,
  template: 1,
  name: 2,
  member: 3,
  index: 4,
  call: 5,
  function: 6,
  class: 7,
  object: 8,
  array: 9,
  spread: 10,
  binary: 11,
  logical: 12,
  unary: 13,
  conditional: 14,
  assign: 15,
  await: 16,
  this: 17,
  sequence: 18,
  import: 19,
  opaque: 20,
} as const satisfies Record<Expression['kind'], number>;

export const statementKind = {
  let: 0,
  expression: 1,
  return: 2,
  throw: 3,
  if: 4,
  loop: 5,
  try: 6,
  switch: 7,
  block: 8,
  function: 9,
  class: 10,
  break: 11,
  continue: 12,
} as const satisfies Record<Statement['kind'], number>;

export const patternKind = {
  name: 0,
  object: 1,
  array: 2,
  default: 3,
  target: 4,
} as const satisfies Record<Pattern['kind'], number>;

export const propertyKind = {
  value: 0,
  getter: 1,
  setter: 2,
  spread: 3,
} as const satisfies Record<ObjectProperty['kind'], number>;

export const memberKinds = [
  'constructor',
  'method',
  'getter',
  'setter',
  'field',
] as const satisfies readonly MemberFacts['kind'][];

/** What a literal holds. Numbers that are whole and small are written as such, others as they are printed. */
export const scalarKind = { text: 0, whole: 1, number: 2, true: 3, false: 4, null: 5, bigint: 6, regex: 7 } as const;

export const loops = ['for', 'while', 'do', 'of', 'in'] as const satisfies readonly LoopStatement['loop'][];

export const exportKinds = ['local', 'from', 'star', 'expression'] as const satisfies readonly ExportFact['kind'][];

export const directiveKinds = [
  'disable',
  'enable',
  'disable-line',
  'disable-next-line',
] as const satisfies readonly DirectiveFact['kind'][];
