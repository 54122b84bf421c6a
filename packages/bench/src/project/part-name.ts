import type { FeatureName } from './feature.js';

const first =
  'early late partial final monthly yearly shared single foreign domestic manual automatic pending extra reserved returned';
const second = 'fee discount deposit surcharge rebate balance advance premium penalty bonus share credit';
const firsts = first.split(' ');
const seconds = second.split(' ');

/** The name of one of many things in a file: 192 of them before a number tells them apart. */
export function partName(index: number, part: number): FeatureName {
  const number = index * 5 + part;
  const a = firsts[number % firsts.length] ?? '';
  const b = seconds[Math.floor(number / firsts.length) % seconds.length] ?? '';
  const edition = Math.floor(part / (firsts.length * seconds.length));
  const suffix = edition === 0 ? '' : String(edition + 1);
  const variable = `${a}${b.charAt(0).toUpperCase()}${b.slice(1)}${suffix}`;
  return {
    file: `${a}-${b}${suffix === '' ? '' : `-${suffix}`}`,
    type: variable.charAt(0).toUpperCase() + variable.slice(1),
    variable,
  };
}

/** The texts of `count` parts, one after the other. */
export function repeat(count: number, write: (part: number) => string): string {
  return Array.from({ length: count }, (_, part) => write(part)).join('');
}

const remarks = [
  'Kept apart from the rest, because the rates of the two change at different times of the year.',
  'Support asked for it: without it, they had to look into three systems before they could answer a customer.',
  'The old system counted this twice. Data from before the move is corrected when it is read, not here.',
  'Do not call it inside of a transaction: it waits for another service, and the row stays locked meanwhile.',
  'Accounting closes the month on the third working day; what comes later belongs to the next one.',
  'Rounds half up, as the contract says, and not to the even neighbour as most libraries would do it.',
  'See the decision of the architecture round in March: whoever asks for it gets the same answer for an hour.',
];

/** A comment as people leave it above a piece of code: one to three sentences, indented. */
export function remark(index: number, part: number, indent = ''): string {
  const count = 1 + ((index + part) % 3);
  const lines = Array.from({ length: count }, (_, line) => remarks[(index + part * 3 + line) % remarks.length] ?? '');
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}\n`).join('')}${indent} */\n`;
}
