import type ts from 'typescript';
import { NodeFlags, SyntaxKind } from './compiler-enums.js';
import { limits } from '../limits.js';
import type {
  Expression,
  IfStatement,
  LetStatement,
  LoopStatement,
  Statement,
  SwitchCase,
  TryStatement,
} from './file-facts.js';
import { isOverload } from './is-overload.js';
import { lowerEnum } from './lower-enum.js';
import { lowerBinding, lowerTarget } from './lower-pattern.js';
import { lowerType, lowerTypeMembers } from './lower-type.js';
import { complete, none, opaque } from './lowering.js';
import type { Draft, Lowering } from './lowering.js';
import { startOf } from './start-of.js';
import {
  isBlock,
  isExternalModuleReference,
  isFunctionDeclaration,
  isIdentifier,
  isModuleBlock,
  isModuleDeclaration,
  isTypeLiteralNode,
  isVariableDeclarationList,
} from './syntax.js';

const { DeclareKeyword } = SyntaxKind;
const constantFlags = NodeFlags.Const | NodeFlags.Using;

/** Appends what a statement becomes: several statements for `let a, b`, nothing for a type. */
type Lower = (lowering: Lowering, node: ts.Statement, statements: Statement[]) => void;

/** By node kind, as for expressions. What is not in it (empty statements, `debugger`, ambient exports) does nothing. */
const lowerers: Lower[] = new Array<Lower>(SyntaxKind.Count).fill(() => undefined);

function on<Node extends ts.Statement>(
  kinds: readonly Node['kind'][],
  lower: (lowering: Lowering, node: Node, statements: Statement[]) => void,
): void {
  for (const kind of kinds) lowerers[kind] = lower as Lower;
}

export function lowerStatements(lowering: Lowering, nodes: readonly ts.Statement[], from = 0): readonly Statement[] {
  if (nodes.length <= from) return none;
  const statements: Statement[] = [];
  nodes.forEach((node, index) => {
    if (index < from || (isFunctionDeclaration(node) && isOverload(node, nodes[index + 1]))) return;
    appendStatement(lowering, node, statements);
  });
  return complete(statements);
}

export function appendStatement(lowering: Lowering, node: ts.Statement, statements: Statement[]): void {
  if (lowering.depth >= limits.syntaxDepth) {
    const start = startOf(lowering, node);
    const { end } = node;
    statements.push({ kind: 'expression', start, end, value: opaque(start, end, 'deep', none) });
    return;
  }
  lowering.depth++;
  lowerers[node.kind]?.(lowering, node, statements);
  lowering.depth--;
}

export function isAmbient(node: { readonly modifiers?: readonly ts.ModifierLike[] | undefined }): boolean {
  return node.modifiers?.some((modifier) => modifier.kind === DeclareKeyword) ?? false;
}

/** The statements of a body that may stand without braces. */
function lowerEmbedded(lowering: Lowering, node: ts.Statement): readonly Statement[] {
  if (isBlock(node)) return lowerStatements(lowering, node.statements);
  const statements: Statement[] = [];
  appendStatement(lowering, node, statements);
  return complete(statements);
}

on<ts.VariableStatement>([SyntaxKind.VariableStatement], (lowering, node, statements) => {
  if (!isAmbient(node)) appendVariables(lowering, node.declarationList, statements);
});

function appendVariables(lowering: Lowering, list: ts.VariableDeclarationList, statements: Statement[]): void {
  const isConstant = (list.flags & constantFlags) !== 0;
  for (const node of list.declarations) {
    const statement: Draft<LetStatement> = {
      kind: 'let',
      start: startOf(lowering, node),
      end: node.end,
      const: isConstant,
      pattern: lowerBinding(lowering, node.name),
    };
    if ((list.flags & NodeFlags.BlockScoped) === 0) statement.var = true;
    if (node.type !== undefined) statement.type = lowerType(node.type);
    if (node.initializer !== undefined) {
      statement.value = lowering.lowerNamed(node.initializer, isIdentifier(node.name) ? node.name.text : undefined);
    }
    statements.push(statement);
  }
}

on<ts.ExpressionStatement>([SyntaxKind.ExpressionStatement], (lowering, node, statements) => {
  const start = startOf(lowering, node);
  statements.push({ kind: 'expression', start, end: node.end, value: lowering.lowerExpression(node.expression) });
});
on<ts.ReturnStatement>([SyntaxKind.ReturnStatement], (lowering, node, statements) => {
  const start = startOf(lowering, node);
  const { end, expression } = node;
  statements.push(
    expression === undefined
      ? { kind: 'return', start, end }
      : { kind: 'return', start, end, value: lowering.lowerExpression(expression) },
  );
});
on<ts.ThrowStatement>([SyntaxKind.ThrowStatement], (lowering, node, statements) => {
  const start = startOf(lowering, node);
  statements.push({ kind: 'throw', start, end: node.end, value: lowering.lowerExpression(node.expression) });
});

on<ts.IfStatement>([SyntaxKind.IfStatement], (lowering, node, statements) => {
  const statement: IfStatement = {
    kind: 'if',
    start: startOf(lowering, node),
    end: node.end,
    test: lowering.lowerExpression(node.expression),
    whenTrue: lowerEmbedded(lowering, node.thenStatement),
    whenFalse: node.elseStatement === undefined ? none : lowerEmbedded(lowering, node.elseStatement),
  };
  statements.push(statement);
});

on<ts.ForStatement>([SyntaxKind.ForStatement], (lowering, node, statements) => {
  const start = startOf(lowering, node);
  const init: Statement[] = [];
  if (node.initializer !== undefined) {
    if (isVariableDeclarationList(node.initializer)) appendVariables(lowering, node.initializer, init);
    else {
      const value = lowering.lowerExpression(node.initializer);
      init.push({ kind: 'expression', start: value.start, end: value.end, value });
    }
  }
  const loop: Draft<LoopStatement> = {
    kind: 'loop',
    start,
    end: node.end,
    loop: 'for',
    init,
    await: false,
    body: none,
  };
  if (node.condition !== undefined) loop.test = lowering.lowerExpression(node.condition);
  if (node.incrementor !== undefined) loop.update = lowering.lowerExpression(node.incrementor);
  loop.body = lowerEmbedded(lowering, node.statement);
  statements.push(loop);
});
on<ts.ForOfStatement | ts.ForInStatement>(
  [SyntaxKind.ForOfStatement, SyntaxKind.ForInStatement],
  (lowering, node, statements) => {
    const loop: Draft<LoopStatement> = {
      kind: 'loop',
      start: startOf(lowering, node),
      end: node.end,
      loop: node.kind === SyntaxKind.ForOfStatement ? 'of' : 'in',
      init: none,
      await: node.kind === SyntaxKind.ForOfStatement && node.awaitModifier !== undefined,
      body: none,
    };
    if (isVariableDeclarationList(node.initializer)) {
      const [declaration] = node.initializer.declarations;
      if (declaration !== undefined) loop.each = lowerBinding(lowering, declaration.name);
    } else loop.each = lowerTarget(lowering, node.initializer);
    loop.over = lowering.lowerExpression(node.expression);
    loop.body = lowerEmbedded(lowering, node.statement);
    statements.push(loop);
  },
);
on<ts.WhileStatement>([SyntaxKind.WhileStatement], (lowering, node, statements) => {
  appendConditionalLoop(lowering, node, 'while', statements);
});
on<ts.DoStatement>([SyntaxKind.DoStatement], (lowering, node, statements) => {
  appendConditionalLoop(lowering, node, 'do', statements);
});

function appendConditionalLoop(
  lowering: Lowering,
  node: ts.WhileStatement | ts.DoStatement,
  loop: 'while' | 'do',
  statements: Statement[],
): void {
  const start = startOf(lowering, node);
  const test = lowering.lowerExpression(node.expression);
  const body = lowerEmbedded(lowering, node.statement);
  statements.push({ kind: 'loop', start, end: node.end, loop, init: none, test, await: false, body });
}

on<ts.TryStatement>([SyntaxKind.TryStatement], (lowering, node, statements) => {
  const statement: Draft<TryStatement> = {
    kind: 'try',
    start: startOf(lowering, node),
    end: node.end,
    block: lowerStatements(lowering, node.tryBlock.statements),
  };
  if (node.catchClause !== undefined) {
    const { variableDeclaration, block } = node.catchClause;
    if (variableDeclaration !== undefined) statement.parameter = lowerBinding(lowering, variableDeclaration.name);
    statement.handler = lowerStatements(lowering, block.statements);
  }
  if (node.finallyBlock !== undefined) statement.finalizer = lowerStatements(lowering, node.finallyBlock.statements);
  statements.push(statement);
});

on<ts.SwitchStatement>([SyntaxKind.SwitchStatement], (lowering, node, statements) => {
  const start = startOf(lowering, node);
  const subject = lowering.lowerExpression(node.expression);
  const cases = node.caseBlock.clauses.map((clause): SwitchCase => {
    if (clause.kind === SyntaxKind.DefaultClause) return { body: lowerStatements(lowering, clause.statements) };
    const test = lowering.lowerExpression(clause.expression);
    return { test, body: lowerStatements(lowering, clause.statements) };
  });
  statements.push({ kind: 'switch', start, end: node.end, subject, cases });
});

on<ts.Block>([SyntaxKind.Block], (lowering, node, statements) => {
  const start = startOf(lowering, node);
  statements.push({ kind: 'block', start, end: node.end, body: lowerStatements(lowering, node.statements) });
});
on<ts.LabeledStatement>([SyntaxKind.LabeledStatement], (lowering, node, statements) => {
  const start = startOf(lowering, node);
  const body = lowerEmbedded(lowering, node.statement);
  statements.push({ kind: 'block', start, end: node.end, label: node.label.text, body });
});
on<ts.WithStatement>([SyntaxKind.WithStatement], (lowering, node, statements) => {
  const start = startOf(lowering, node);
  const value = lowering.lowerExpression(node.expression);
  const subject: Statement = { kind: 'expression', start: value.start, end: value.end, value };
  const body = [subject, ...lowerEmbedded(lowering, node.statement)];
  statements.push({ kind: 'block', start, end: node.end, body });
});
on<ts.BreakOrContinueStatement>(
  [SyntaxKind.BreakStatement, SyntaxKind.ContinueStatement],
  (lowering, node, statements) => {
    const start = startOf(lowering, node);
    const kind = node.kind === SyntaxKind.BreakStatement ? 'break' : 'continue';
    statements.push(
      node.label === undefined
        ? { kind, start, end: node.end }
        : { kind, start, end: node.end, label: node.label.text },
    );
  },
);

on<ts.FunctionDeclaration>([SyntaxKind.FunctionDeclaration], (lowering, node, statements) => {
  if (isAmbient(node)) return;
  const start = startOf(lowering, node);
  const id = lowering.lowerFunction(node, undefined);
  statements.push({ kind: 'function', start, end: node.end, name: node.name?.text ?? '', id });
});
on<ts.ClassDeclaration>([SyntaxKind.ClassDeclaration], (lowering, node, statements) => {
  if (isAmbient(node)) return;
  const start = startOf(lowering, node);
  const id = lowering.lowerClass(node, undefined);
  statements.push({ kind: 'class', start, end: node.end, name: node.name?.text ?? '', id });
});
on<ts.EnumDeclaration>([SyntaxKind.EnumDeclaration], (lowering, node, statements) => {
  if (!isAmbient(node)) statements.push(lowerEnum(lowering, node));
});
on<ts.ModuleDeclaration>([SyntaxKind.ModuleDeclaration], (lowering, node, statements) => {
  if (isAmbient(node)) return;
  const start = startOf(lowering, node);
  // `namespace A.B.C { … }` is a declaration within a declaration.
  let inner: ts.ModuleBody | undefined = node.body;
  while (inner !== undefined && isModuleDeclaration(inner)) inner = inner.body;
  const body = inner !== undefined && isModuleBlock(inner) ? lowerStatements(lowering, inner.statements) : none;
  statements.push({ kind: 'block', start, end: node.end, body });
});
/** `import Users = Database.Users` is a constant; `import x = require('y')` belongs to the module. */
on<ts.ImportEqualsDeclaration>([SyntaxKind.ImportEqualsDeclaration], (lowering, node, statements) => {
  const { moduleReference } = node;
  if (node.isTypeOnly || isExternalModuleReference(moduleReference)) return;
  const start = startOf(lowering, node);
  const pattern = lowerBinding(lowering, node.name);
  const value = lowerEntityName(lowering, moduleReference);
  statements.push({ kind: 'let', start, end: node.end, const: true, pattern, value });
});

function lowerEntityName(lowering: Lowering, node: ts.EntityName): Expression {
  const start = startOf(lowering, node);
  const { end } = node;
  if (isIdentifier(node)) return lowering.lowerExpression(node);
  const object = lowerEntityName(lowering, node.left);
  return { kind: 'member', start, end, object, property: node.right.text, optional: false };
}

on<ts.InterfaceDeclaration>([SyntaxKind.InterfaceDeclaration], (lowering, node) => {
  addTypeMembers(lowering, node.name.text, node.members);
});
on<ts.TypeAliasDeclaration>([SyntaxKind.TypeAliasDeclaration], (lowering, node) => {
  if (isTypeLiteralNode(node.type)) addTypeMembers(lowering, node.name.text, node.type.members);
});

function addTypeMembers(lowering: Lowering, name: string, nodes: readonly ts.TypeElement[]): void {
  const members = lowerTypeMembers(nodes);
  // Interfaces of one name are one interface.
  const known = lowering.types.get(name);
  if (known === undefined) lowering.types.set(name, members);
  else for (const member of members) known.push(member);
}
