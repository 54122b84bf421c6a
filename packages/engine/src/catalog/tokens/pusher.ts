import type { CallEntry, Library } from '../library.js';

const secret: CallEntry = { keys: [{ argument: 0, property: 'secret', purpose: 'sign' }] };
/** `authorizeChannel(socket, channel, { user_id })`: who joins a presence channel. Another channel is no person. */
const channel: CallEntry = { mint: { what: 'token', subject: { argument: 2, property: 'user_id' } } };
const methods: Readonly<Record<string, CallEntry>> = {
  authorizeChannel: channel,
  authenticate: channel,
  authenticateUser: { mint: { what: 'token', subject: { argument: 1, property: 'id' } } },
};

/** https://pusher.com/docs/channels/server_api/authorizing-users/, https://pusher.com/docs/channels/server_api/authenticating-users/ */
export const pusher: Library = {
  packages: ['pusher'],
  same: { 'pusher#Pusher()': 'pusher#()' },
  calls: {
    'pusher#()': secret,
    'pusher#forCluster()': { keys: [{ argument: 1, property: 'secret', purpose: 'sign' }] },
    ...Object.fromEntries(
      ['pusher#()', 'pusher#forCluster()', 'pusher#forURL()'].flatMap((client) =>
        Object.entries(methods).map(([name, entry]) => [`${client}.${name}()`, entry] as const),
      ),
    ),
  },
};
