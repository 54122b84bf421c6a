import { assertions } from './platform/assertions.js';
import { crypto } from './platform/crypto.js';
import { fetchApi } from './platform/fetch.js';
import { forwarding } from './platform/forwarding.js';
import { hashes } from './platform/hashes.js';
import { memoizers } from './platform/memoizers.js';
import { node } from './platform/node.js';
import { awsLambda, lambdaWrappers, middy } from './frameworks/aws-lambda.js';
import { queues } from './platform/queues.js';
import { runWithin } from './platform/run-within.js';
import { tracers } from './platform/tracers.js';
import { elysia } from './frameworks/elysia.js';
import { express, expressWrappers } from './frameworks/express.js';
import { fastify } from './frameworks/fastify.js';
import { graphqlMiddleware } from './frameworks/graphql.js';
import { h3, nuxtAuthUtils } from './frameworks/h3.js';
import { hapi } from './frameworks/hapi.js';
import { fetchAnswers, hono } from './frameworks/hono.js';
import { koa } from './frameworks/koa.js';
import { nodeHttp } from './frameworks/node-http.js';
import { medusa } from './frameworks/medusa.js';
import { nestjs } from './frameworks/nestjs.js';
import { nextjs } from './frameworks/nextjs.js';
import { reactRouter, reactRouterSessions, remixTypedjson } from './frameworks/react-router.js';
import { authSvelteKit, sveltekit } from './frameworks/sveltekit.js';
import { typeGraphql } from './frameworks/type-graphql.js';
import { elysiaJwt } from './tokens/elysia-jwt.js';
import { expressJwt, expressUnless } from './tokens/express-jwt.js';
import { sessions } from './tokens/express-session.js';
import { fastifyJwt } from './tokens/fastify-jwt.js';
import { fastifyPassport } from './tokens/fastify-passport.js';
import { fastifySessions } from './tokens/fastify-sessions.js';
import { hapiJwt } from './tokens/hapi-jwt.js';
import { honoJwt } from './tokens/hono-jwt.js';
import { jose } from './tokens/jose.js';
import { jsonwebtoken } from './tokens/jsonwebtoken.js';
import { jwtDecode } from './tokens/jwt-decode.js';
import { jwtSimple } from './tokens/jwt-simple.js';
import { nestjsJwt } from './tokens/nestjs-jwt.js';
import { passport } from './tokens/passport.js';
import { authJs } from './identity/auth-js.js';
import { oauthBearer, openidConnect } from './identity/auth0.js';
import { basicAuth } from './identity/basic-auth.js';
import { betterAuth } from './identity/better-auth.js';
import { clerk, clerkNext } from './identity/clerk.js';
import { fastifyAuth } from './identity/fastify-auth.js';
import { firebaseAdmin } from './identity/firebase-admin.js';
import { honoGuards } from './identity/hono-guards.js';
import { koaGuards } from './identity/koa-guards.js';
import { supabase } from './identity/supabase.js';
import { oneTimeCodes } from './credentials/one-time-codes.js';
import { passwords } from './credentials/passwords.js';
import { webhooks } from './credentials/webhooks.js';
import { accessControl } from './authorization/access-control.js';
import { casbin } from './authorization/casbin.js';
import { casl } from './authorization/casl.js';
import { graphqlShield } from './authorization/graphql-shield.js';
import { policyServices } from './authorization/policy-services.js';
import { tokenScopes } from './authorization/token-scopes.js';
import { knex, objection } from './data/knex.js';
import { kysely } from './data/kysely.js';
import { mikroOrm } from './data/mikro-orm.js';
import { mongodb, mongoose } from './data/mongoose.js';
import { prisma } from './data/prisma.js';
import { sequelize } from './data/sequelize.js';
import { sqlClients } from './data/sql-clients.js';
import { supabaseTables } from './data/supabase-tables.js';
import { typeorm } from './data/typeorm.js';
import { drizzle } from './data/drizzle-orm.js';
import { dynamodb } from './data/dynamodb.js';
import { expressBrute, expressRateLimit } from './limits/express-limiters.js';
import { fastifyRateLimit } from './limits/fastify-rate-limit.js';
import { honoRateLimiter } from './limits/hono-rate-limiter.js';
import { koaRatelimit } from './limits/koa-limiters.js';
import { counters, limiterServices } from './limits/limiter-services.js';
import { nestjsThrottler } from './limits/nestjs-throttler.js';
import { rateLimiterFlexible } from './limits/rate-limiter-flexible.js';
import { httpErrors } from './limits/too-many-requests.js';
import { events } from './records/events.js';
import { loggers } from './records/loggers.js';
import { fastJwt } from './tokens/fast-jwt.js';
import { jws } from './tokens/jws.js';
import { njwt } from './tokens/njwt.js';
import { paseto } from './tokens/paseto.js';
import { ably } from './tokens/ably.js';
import { agora } from './tokens/agora.js';
import { cloudfrontSigner } from './tokens/cloudfront-signer.js';
import { jwksRsa } from './tokens/jwks-rsa.js';
import { awsKms, azureKeys, googleKms, nodeVault } from './tokens/key-services.js';
import { livekit } from './tokens/livekit-server-sdk.js';
import { pusher } from './tokens/pusher.js';
import { stream } from './tokens/stream.js';
import { azureStorage, googleStorage, minio, olderS3, s3Presigner, supabaseStorage } from './tokens/object-stores.js';
import { twilio } from './tokens/twilio.js';
import { awsJwtVerify } from './identity/aws-jwt-verify.js';
import { supertokens } from './identity/supertokens.js';
import { lucia } from './identity/lucia.js';
import { arctic } from './identity/arctic.js';
import { remixAuth } from './identity/remix-auth.js';
import { obscuredIds } from './data/obscured-ids.js';
import type { Library } from './library.js';

/** The libraries that are known without configuration, by what they are for: each has a file in the folder of that name. */
export const libraryAreas = {
  platform: [node, crypto, hashes, assertions, fetchApi, queues, tracers, runWithin, memoizers, forwarding],
  frameworks: [
    express,
    expressWrappers,
    nestjs,
    fastify,
    hono,
    fetchAnswers,
    h3,
    nuxtAuthUtils,
    koa,
    nextjs,
    reactRouter,
    remixTypedjson,
    sveltekit,
    hapi,
    elysia,
    nodeHttp,
    awsLambda,
    middy,
    lambdaWrappers,
    medusa,
    graphqlMiddleware,
    typeGraphql,
  ],
  tokens: [
    honoJwt,
    jsonwebtoken,
    jose,
    nestjsJwt,
    jwtSimple,
    jwtDecode,
    passport,
    expressJwt,
    expressUnless,
    sessions,
    reactRouterSessions,
    fastifyJwt,
    fastifyPassport,
    fastifySessions,
    hapiJwt,
    elysiaJwt,
    fastJwt,
    jws,
    njwt,
    paseto,
    twilio,
    livekit,
    stream,
    agora,
    ably,
    pusher,
    cloudfrontSigner,
    s3Presigner,
    olderS3,
    googleStorage,
    azureStorage,
    minio,
    supabaseStorage,
    awsKms,
    googleKms,
    azureKeys,
    nodeVault,
    jwksRsa,
  ],
  identity: [
    honoGuards,
    koaGuards,
    oauthBearer,
    openidConnect,
    basicAuth,
    clerk,
    fastifyAuth,
    clerkNext,
    authJs,
    betterAuth,
    supabase,
    firebaseAdmin,
    awsJwtVerify,
    supertokens,
    lucia,
    arctic,
    remixAuth,
    authSvelteKit,
  ],
  credentials: [passwords, oneTimeCodes, webhooks],
  authorization: [casl, accessControl, casbin, policyServices, tokenScopes, graphqlShield],
  data: [
    prisma,
    typeorm,
    sequelize,
    mongoose,
    mongodb,
    mikroOrm,
    kysely,
    drizzle,
    dynamodb,
    knex,
    objection,
    supabaseTables,
    sqlClients,
    obscuredIds,
  ],
  limits: [
    expressRateLimit,
    expressBrute,
    rateLimiterFlexible,
    nestjsThrottler,
    fastifyRateLimit,
    honoRateLimiter,
    koaRatelimit,
    limiterServices,
    counters,
    httpErrors,
  ],
  records: [loggers, events],
} as const satisfies Readonly<Record<string, readonly Library[]>>;

/** Every library that is known without configuration. */
export const libraries: readonly Library[] = Object.values(libraryAreas).flat();
