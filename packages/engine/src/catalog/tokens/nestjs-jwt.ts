import type { Library } from '../library.js';

const sign = {
  mint: { what: 'token', subject: { argument: 0 }, subjectOption: { argument: 1, property: 'subject' } },
  keys: [
    { argument: 1, property: 'secret', purpose: 'sign' },
    { argument: 1, property: 'privateKey', purpose: 'sign' },
  ],
} as const;
const verify = {
  proves: { kind: 'token', when: 'returns' },
  keys: [{ argument: 1, property: 'secret', purpose: 'verify' }],
  accepts: {
    algorithms: { argument: 1, property: 'algorithms' },
    expired: { argument: 1, property: 'ignoreExpiration' },
  },
} as const;
const module = [
  { argument: 0, property: 'secret', purpose: 'sign' },
  { argument: 0, property: 'privateKey', purpose: 'sign' },
  { argument: 0, property: 'secretOrPrivateKey', purpose: 'sign' },
] as const;

/** https://github.com/nestjs/jwt: options of a call win over those of the module. */
export const nestjsJwt: Library = {
  packages: ['@nestjs/jwt'],
  calls: {
    '@nestjs/jwt#JwtService().sign()': sign,
    '@nestjs/jwt#JwtService().signAsync()': sign,
    '@nestjs/jwt#JwtService().verify()': verify,
    '@nestjs/jwt#JwtService().verifyAsync()': { ...verify, promises: true },
    '@nestjs/jwt#JwtService().decode()': { decodes: 0 },
    '@nestjs/jwt#JwtService()': { keys: module },
    '@nestjs/jwt#JwtModule.register()': { keys: module },
    '@nestjs/jwt#JwtModule.registerAsync()': {
      keys: ['useFactory', 'useClass', 'useExisting'].flatMap((factory) =>
        module.map((position) => ({ ...position, factory })),
      ),
    },
  },
};
