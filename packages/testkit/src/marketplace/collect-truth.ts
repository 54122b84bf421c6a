import { Attacker } from './attacker.js';
import type { RunningMarketplace } from './start-marketplace.js';

/** How many customers the demo has; the first one is the attacker's own account. */
const customers = 12;
export const password = 'open sesame';
const emailOf = (number: number): string => `customer-${number}@example.com`;

/** What a customer sees of their own. */
export interface Account {
  readonly token: string;
  readonly id: string;
  readonly email: string;
  readonly phone: string;
  readonly street: string;
  readonly doorCode: string;
  readonly orderId: string;
}

/** Signs in as each customer and looks at what is theirs: the application works, and this is what there is to lose. */
export async function collectTruth({ urls }: RunningMarketplace): Promise<readonly Account[]> {
  const user = new Attacker(urls);
  const accounts: Account[] = [];
  for (let number = 1; number <= customers; number += 1) {
    const token = await user.signIn('POST /sessions', { email: emailOf(number), password });
    if (token === undefined) throw new Error(`${emailOf(number)} cannot sign in`);
    const read = async (path: string): Promise<unknown> =>
      JSON.parse((await user.ask('gateway', `GET ${path}`, { token })).text);
    const { email, phone } = (await read('/account')) as { email: string; phone: string };
    const [address] = (await read('/addresses')) as { street: string; doorCode: string }[];
    const [order] = (await read('/orders')) as { id: string | number }[];
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { sub: string };
    if (!address || !order) throw new Error(`${email} lacks an address or an order`);
    const { street, doorCode } = address;
    accounts.push({ token, id: claims.sub, email, phone, street, doorCode, orderId: String(order.id) });
  }
  return accounts;
}
