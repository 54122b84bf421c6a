import type { CallEntry, Library } from '../library.js';

const asked = { authorizes: 'truthy', promises: true } as const;

/** The clients of services that answer by a promise; which record they are asked about is in the arguments. */
const cerbos = ['@cerbos/http#HTTP()', '@cerbos/grpc#GRPC()', '@cerbos/embedded#Embedded()'].flatMap((client) =>
  [client, `${client}.withPrincipal()`].flatMap(
    (asking) =>
      [
        [`${asking}.isAllowed()`, asked],
        // The result answers for each action: https://docs.cerbos.dev/cerbos/latest/api/
        [`${asking}.checkResource()`, { promises: true }],
        [`${asking}.checkResource().isAllowed()`, { authorizes: 'truthy' }],
        [`${asking}.checkResources()`, { promises: true }],
        [`${asking}.checkResources().isAllowed()`, { authorizes: 'truthy' }],
      ] as const,
  ),
);

/** https://openfga.dev, https://cerbos.dev, https://osohq.com, https://permit.io */
export const policyServices: Library = {
  packages: ['@openfga/sdk', '@cerbos/http', '@cerbos/grpc', '@cerbos/embedded', 'oso-cloud', 'permitio'],
  calls: {
    ...Object.fromEntries<CallEntry>(cerbos),
    // `{ allowed?: boolean }`: the result itself is there for everybody.
    '@openfga/sdk#OpenFgaClient().check()': { ...asked, answersIn: 'allowed' },
    'oso-cloud#Oso().authorize()': asked,
    'permitio#Permit().check()': asked,
  },
};
