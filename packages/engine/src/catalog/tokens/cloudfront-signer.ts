import type { CallEntry, Library } from '../library.js';

/** The address says which file it is; cookies may be for all that fits it, and for whatever a policy names. */
const link: CallEntry['link'] = { object: { argument: 0, property: 'url' }, may: 'read' };

/** https://docs.aws.amazon.com/AWSJavaScriptSDK/v3/latest/Package/-aws-sdk-cloudfront-signer/. A signed address is for whoever holds it. */
export const cloudfrontSigner: Library = {
  packages: ['@aws-sdk/cloudfront-signer'],
  calls: {
    '@aws-sdk/cloudfront-signer#getSignedUrl()': {
      link,
      keys: [{ argument: 0, property: 'privateKey', purpose: 'sign' }],
    },
    '@aws-sdk/cloudfront-signer#getSignedCookies()': {
      link,
      keys: [{ argument: 0, property: 'privateKey', purpose: 'sign' }],
    },
  },
};
