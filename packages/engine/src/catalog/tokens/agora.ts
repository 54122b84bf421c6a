import type { CallEntry, Library } from '../library.js';

/** Each is handed the certificate of the application, which is the key, second; here is where the user stands. */
const subjects: Readonly<Record<string, number | undefined>> = {
  'RtcTokenBuilder.buildTokenWithUid': 3,
  'RtcTokenBuilder.buildTokenWithAccount': 3,
  'RtcTokenBuilder.buildTokenWithUserAccount': 3,
  'RtcTokenBuilder.buildTokenWithUidAndPrivilege': 3,
  'RtcTokenBuilder.BuildTokenWithUserAccountAndPrivilege': 3,
  'RtcTokenBuilder.buildTokenWithRtm': 3,
  'RtcTokenBuilder.buildTokenWithRtm2': 3,
  'RtmTokenBuilder.buildToken': 2,
  'RtmTokenBuilder.buildTokenWithPermissions': 2,
  'ChatTokenBuilder.buildUserToken': 2,
  'EducationTokenBuilder.buildUserToken': 2,
  'EducationTokenBuilder.buildRoomUserToken': 3,
  'ApaasTokenBuilder.buildUserToken': 2,
  'ApaasTokenBuilder.buildRoomUserToken': 3,
  'ConvoAITokenBuilder.buildToken': 3,
  // For the application itself, and so for all of its users.
  'ChatTokenBuilder.buildAppToken': undefined,
  'EducationTokenBuilder.buildAppToken': undefined,
  'ApaasTokenBuilder.buildAppToken': undefined,
};

function entryOf(subject: number | undefined): CallEntry {
  return {
    mint: { what: 'token', ...(subject === undefined ? {} : { subject: { argument: subject } }) },
    keys: [{ argument: 1, purpose: 'sign' }],
  };
}

/** https://docs.agora.io/en/video-calling/token-authentication/deploy-token-server; the packages are src/*.js each. */
export const agora: Library = {
  packages: ['agora-token', 'agora-access-token'],
  calls: Object.fromEntries(
    ['agora-token', 'agora-access-token'].flatMap((name) =>
      Object.entries(subjects).map(([method, subject]) => [`${name}#${method}()`, entryOf(subject)] as const),
    ),
  ),
};
