import type { ClaimsEntry, Library, Position, RegisterEntry } from '../library.js';
import { signOptions } from './jsonwebtoken.js';

/** Both packages name the options alike, and this one adds none: https://github.com/nestjs/jwt/blob/11.0.0/lib/jwt.service.ts. */
const claims: ClaimsEntry = {
  payload: { argument: 0 },
  options: { argument: 1 },
  named: signOptions,
  header: { argument: 1, property: 'header' },
  registered: '@nestjs/jwt',
};

const sign = {
  mint: {
    what: 'token',
    subject: { argument: 0 },
    subjectOption: { argument: 1, property: 'subject' },
    claims,
  },
  keys: [
    { argument: 1, property: 'secret', purpose: 'sign' },
    { argument: 1, property: 'privateKey', purpose: 'sign' },
  ],
} as const;
const verify = {
  proves: { kind: 'token', when: 'returns' },
  keys: [
    { argument: 1, property: 'secret', purpose: 'verify' },
    { argument: 1, property: 'publicKey', purpose: 'verify' },
  ],
  accepts: {
    algorithms: { argument: 1, property: 'algorithms' },
    expired: { argument: 1, property: 'ignoreExpiration' },
    audience: { argument: 1, property: 'audience' },
    issuer: { argument: 1, property: 'issuer' },
    registered: '@nestjs/jwt',
  },
} as const;
const module = [
  { argument: 0, property: 'secret', purpose: 'sign' },
  { argument: 0, property: 'privateKey', purpose: 'sign' },
  { argument: 0, property: 'secretOrPrivateKey', purpose: 'sign' },
] as const;

const registers: RegisterEntry = {
  name: '@nestjs/jwt',
  claims: [{ argument: 0, property: 'signOptions' }],
  checks: [{ argument: 0, property: 'verifyOptions' }],
  publicKeys: [{ argument: 0, property: 'publicKey' }],
};
const factories = ['useFactory', 'useClass', 'useExisting'];
const fromFactories = (positions: readonly Position[]): readonly Position[] =>
  factories.flatMap((factory) => positions.map((position) => ({ ...position, factory })));

/** https://github.com/nestjs/jwt: options of a call win over those of the module. */
export const nestjsJwt: Library = {
  packages: ['@nestjs/jwt'],
  calls: {
    '@nestjs/jwt#JwtService().sign()': sign,
    '@nestjs/jwt#JwtService().signAsync()': sign,
    '@nestjs/jwt#JwtService().verify()': verify,
    '@nestjs/jwt#JwtService().verifyAsync()': { ...verify, promises: true },
    '@nestjs/jwt#JwtService().decode()': { decodes: 0 },
    '@nestjs/jwt#JwtService()': { keys: module, registers },
    '@nestjs/jwt#JwtModule.register()': { keys: module, registers },
    '@nestjs/jwt#JwtModule.registerAsync()': {
      keys: factories.flatMap((factory) => module.map((position) => ({ ...position, factory }))),
      registers: {
        name: registers.name,
        claims: fromFactories(registers.claims),
        checks: fromFactories(registers.checks),
        publicKeys: fromFactories(registers.publicKeys ?? []),
      },
    },
  },
};
