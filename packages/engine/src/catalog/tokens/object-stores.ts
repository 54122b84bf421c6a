import { supabaseClients } from '../identity/supabase.js';
import type { CallEntry, Library, LinkUse } from '../library.js';

/** Whoever holds a signed link reaches the object that its key names; whoever may name the key chooses the object. */
type Link = NonNullable<CallEntry['link']>;

function inBucket(may: LinkUse): CallEntry {
  return {
    object: { key: { argument: 0, property: 'Key' }, store: { argument: 0, property: 'Bucket' }, may },
  };
}

/**
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html. What a part of an upload is for, its `UploadId` says, which
 * nobody knows who has not begun it: such a command names no object for everybody.
 */
export const s3Presigner: Library = {
  packages: ['@aws-sdk/s3-request-presigner', '@aws-sdk/s3-presigned-post', '@aws-sdk/client-s3'],
  calls: {
    '@aws-sdk/client-s3#GetObjectCommand()': inBucket('read'),
    '@aws-sdk/client-s3#PutObjectCommand()': inBucket('write'),
    '@aws-sdk/client-s3#DeleteObjectCommand()': inBucket('write'),
    '@aws-sdk/s3-request-presigner#getSignedUrl()': { link: { object: { argument: 1 } } },
    '@aws-sdk/s3-presigned-post#createPresignedPost()': {
      link: {
        object: { argument: 1, property: 'Key' },
        store: { argument: 1, property: 'Bucket' },
        may: 'write',
      },
    },
  },
};

const ofParameters: Link = {
  object: { argument: 1, property: 'Key' },
  store: { argument: 1, property: 'Bucket' },
  may: { argument: 0, reads: /^getObject$/, writes: /^(put|delete)Object$/ },
};

/** https://docs.aws.amazon.com/AWSJavaScriptSDK/latest/AWS/S3.html#getSignedUrl-property */
export const olderS3: Library = {
  packages: ['aws-sdk'],
  same: { 'aws-sdk/clients/s3#()': 'aws-sdk#S3()', 'aws-sdk/clients/s3#S3()': 'aws-sdk#S3()' },
  calls: {
    'aws-sdk#S3().getSignedUrl()': { link: ofParameters },
    'aws-sdk#S3().getSignedUrlPromise()': { link: ofParameters },
    // The key is among the fields of the form.
    'aws-sdk#S3().createPresignedPost()': {
      link: {
        object: { argument: 0, property: 'Fields', inner: 'key' },
        store: { argument: 0, property: 'Bucket' },
        may: 'write',
      },
    },
  },
};

/** https://cloud.google.com/nodejs/docs/reference/storage/latest/storage/file */
export const googleStorage: Library = {
  packages: ['@google-cloud/storage'],
  // https://firebase.google.com/docs/storage/admin/start: the same buckets.
  same: {
    'firebase-admin/storage#getStorage()': '@google-cloud/storage#Storage()',
    'firebase-admin#storage()': '@google-cloud/storage#Storage()',
  },
  calls: {
    '@google-cloud/storage#Storage().bucket().file()': { object: { key: { argument: 0 } } },
    '@google-cloud/storage#Storage().bucket().file().getSignedUrl()': {
      link: {
        object: 'receiver',
        may: { argument: 0, property: 'action', reads: /^read$/, writes: /^(write|delete|resumable)$/ },
      },
    },
    '@google-cloud/storage#Storage().bucket().file().generateSignedPostPolicyV4()': {
      link: { object: 'receiver', may: 'write' },
    },
    '@google-cloud/storage#Storage().bucket().file().createResumableUpload()': {
      link: { object: 'receiver', may: 'write' },
    },
  },
};

/** Letters of `BlobSASPermissions.parse`, or names of what they stand for. */
const permissions = { property: 'permissions', reads: /^(r|read)$/, writes: /^r?[acwd]|write|create|add|delete/ };
const containers = [
  '@azure/storage-blob#ContainerClient()',
  '@azure/storage-blob#BlobServiceClient().getContainerClient()',
  '@azure/storage-blob#BlobServiceClient.fromConnectionString().getContainerClient()',
];

/** https://learn.microsoft.com/javascript/api/@azure/storage-blob: what has no name of a blob is for the whole container. */
export const azureStorage: Library = {
  packages: ['@azure/storage-blob'],
  calls: {
    '@azure/storage-blob#generateBlobSASQueryParameters()': {
      link: {
        object: { argument: 0, property: 'blobName' },
        store: { argument: 0, property: 'containerName' },
        may: { argument: 0, ...permissions },
      },
    },
    ...Object.fromEntries<CallEntry>(
      containers.flatMap((container) =>
        ['getBlobClient', 'getBlockBlobClient', 'getAppendBlobClient', 'getPageBlobClient'].flatMap((method) => [
          [`${container}.${method}()`, { object: { key: { argument: 0 } } }] as const,
          [
            `${container}.${method}().generateSasUrl()`,
            { link: { object: 'receiver', may: { argument: 0, ...permissions } } satisfies Link },
          ] as const,
        ]),
      ),
    ),
  },
};

const named = { object: { argument: 1 }, store: { argument: 0 } } as const;

/** https://min.io/docs/minio/linux/developers/javascript/API.html#presigned-operations */
export const minio: Library = {
  packages: ['minio'],
  calls: {
    'minio#Client().presignedGetObject()': { link: { ...named, may: 'read' } },
    'minio#Client().presignedPutObject()': { link: { ...named, may: 'write' } },
    'minio#Client().presignedUrl()': {
      link: {
        object: { argument: 2 },
        store: { argument: 1 },
        may: { argument: 0, reads: /^(get|head)$/i, writes: /^(put|post|delete)$/i },
      },
    },
  },
};

/** The key of the service goes past the policies of the store: https://supabase.com/docs/guides/storage/security/access-control */
function ofClient(may: LinkUse): CallEntry {
  return {
    link: { object: { argument: 0 }, may, policies: { argument: 1, unlessNamed: ['service', 'secret', 'admin'] } },
  };
}

/** https://supabase.com/docs/reference/javascript/storage-from-createsignedurl */
export const supabaseStorage: Library = {
  packages: ['@supabase/supabase-js'],
  calls: Object.fromEntries(
    supabaseClients.flatMap((client) => [
      [`${client}.storage.from().createSignedUrl()`, ofClient('read')] as const,
      [`${client}.storage.from().createSignedUrls()`, ofClient('read')] as const,
      [`${client}.storage.from().createSignedUploadUrl()`, ofClient('write')] as const,
    ]),
  ),
};
