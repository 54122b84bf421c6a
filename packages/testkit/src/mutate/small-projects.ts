/** A database whose users and orders belong to somebody. */
export const database = {
  'prisma/schema.prisma': `model User { id Int @id
  email String
  name String
  passwordHash String
  orders Order[] }
model Order { id Int @id
  total Int
  userId Int
  user User @relation(fields: [userId], references: [id]) }
`,
  'src/db.ts': `import { PrismaClient } from '@prisma/client';\nexport const prisma = new PrismaClient();\n`,
};

/** A guard of Express that verifies a token. */
export const guard = `import jwt from 'jsonwebtoken';
export function requireUser(req, res, next) {
  const token = req.headers.authorization;
  if (!token) { res.sendStatus(401); return; }
  try {
    req.user = jwt.verify(token, process.env.TOKEN_KEY, { algorithms: ['HS256'] });
  } catch {
    res.sendStatus(401);
    return;
  }
  next();
}
`;
