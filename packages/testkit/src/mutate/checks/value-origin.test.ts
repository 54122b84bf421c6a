import { ts } from 'ts-morph';
import { expect, it } from 'vitest';
import { ProjectCode } from '../code/project-code.js';
import { collectNodes } from '../code/syntax.js';
import { originsOf } from './value-origin.js';

const code = new ProjectCode(
  new Map([
    [
      'a.ts',
      `const subjectOf = (req) => req.subject;
function handler(req, res) {
  const { id } = req.params;
  const token = req.headers.authorization?.replace('Bearer ', '');
  const order = find(id);
  let late;
  late = req.body.late;
  take('literal', id, token, req.subject.id, subjectOf(req), late, order.owner, process.env.KEY, id + req.subject);
}
class Controller {
  show(@Param('id') id, @CurrentUser() user, @Req() request) { takeNest(id, user.id, request.user, request.body.x); }
}
`,
    ],
  ]),
);

function argumentsOf(name: string): readonly ts.Expression[] {
  const file = code.find('a.ts');
  const calls = file ? collectNodes(file, ts.isCallExpression) : [];
  return calls.find((call) => call.expression.getText() === name)?.arguments ?? [];
}

const origins = (name: string): readonly string[] =>
  argumentsOf(name).map((argument) =>
    [...originsOf(argument, code, { provedMembers: new Set(['user', 'subject']) })].sort().join(' '),
  );

it('tells what the caller sends from what is proved', () => {
  expect(origins('take')).toEqual([
    '',
    'request',
    'request',
    'subject',
    'subject',
    'request',
    'other request',
    'other',
    'request subject',
  ]);
});

it('knows the decorators of Nest', () => {
  expect(origins('takeNest')).toEqual(['request', 'subject', 'subject', 'request']);
});
