import type { Library } from '../library.js';

/** Strategies that look at a password or at another party's answer: they make the caller known instead of asking for it. */
const credentialStrategies = [
  'local',
  'google',
  'github',
  'facebook',
  'microsoft',
  'ldap',
  'ldapauth',
  'saml',
  'oauth2',
  'openidconnect',
];

/** Those of them that are sent a password themselves. */
const passwordStrategies = ['local', 'ldap', 'ldapauth'];

/**
 * Strategies that call `pass()` where there is nobody: lib/strategies/session.js of passport, passport-anonymous. With
 * one of them in a list the others reject nobody either.
 */
const openStrategies = ['anonymous', 'session'];

/** https://www.passportjs.org and https://github.com/mikenicholson/passport-jwt; with a callback the application decides itself. */
export const passport: Library = {
  packages: ['passport', 'passport-jwt', 'passport-local', '@nestjs/passport', 'passport-http-bearer'],
  calls: {
    'passport#authenticate()': {
      proves: { kind: 'token', when: 'truthy' },
      guard: {
        proves: 'token',
        decidesIn: 'callback',
        openFor: openStrategies,
        credentialFor: credentialStrategies,
        passwordFor: passwordStrategies,
      },
    },
    'passport#initialize()': { guard: {} },
    'passport#session()': { guard: {} },
    'passport#use()': { defers: true },
    'passport#serializeUser()': { defers: true },
    'passport#deserializeUser()': { defers: true },
    'passport-local#Strategy()': { defers: true },
    'passport-http-bearer#Strategy()': { defers: true },
    'passport-jwt#Strategy()': {
      defers: true,
      strategy: true,
      keys: [
        { argument: 0, property: 'secretOrKey', purpose: 'verify' },
        { argument: 0, property: 'secretOrKeyProvider', purpose: 'verify' },
      ],
      accepts: {
        algorithms: { argument: 0, property: 'algorithms' },
        expired: { argument: 0, property: 'ignoreExpiration' },
        // Those within `jsonWebTokenOptions` are written over: lib/strategy.js.
        audience: { argument: 0, property: 'audience' },
        issuer: { argument: 0, property: 'issuer' },
      },
    },
    '@nestjs/passport#PassportStrategy()': { returns: 0 },
    '@nestjs/passport#AuthGuard()': {
      guard: {
        proves: 'token',
        openFor: openStrategies,
        credentialFor: credentialStrategies,
        passwordFor: passwordStrategies,
      },
    },
    '@nestjs/passport#AuthGuard()().canActivate()': { proves: { kind: 'token', when: 'returns' } },
  },
};
