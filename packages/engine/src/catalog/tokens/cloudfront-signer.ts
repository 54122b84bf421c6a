import type { Library } from '../library.js';

/**
 * https://docs.aws.amazon.com/AWSJavaScriptSDK/v3/latest/Package/-aws-sdk-cloudfront-signer/. A signed address is for whoever holds it, and says nothing
 * of who that is: it is no mint, and whose the file is is asked of the query that finds it.
 */
export const cloudfrontSigner: Library = {
  packages: ['@aws-sdk/cloudfront-signer'],
  calls: {
    '@aws-sdk/cloudfront-signer#getSignedUrl()': { keys: [{ argument: 0, property: 'privateKey', purpose: 'sign' }] },
    '@aws-sdk/cloudfront-signer#getSignedCookies()': {
      keys: [{ argument: 0, property: 'privateKey', purpose: 'sign' }],
    },
  },
};
