import type { Library } from '../library.js';

/** Decorators that register a route, and its method. */
export const nestVerbs: ReadonlyMap<string, string> = new Map([
  ['@nestjs/common#Get()', 'GET'],
  ['@nestjs/common#Post()', 'POST'],
  ['@nestjs/common#Put()', 'PUT'],
  ['@nestjs/common#Patch()', 'PATCH'],
  ['@nestjs/common#Delete()', 'DELETE'],
  ['@nestjs/common#Options()', 'OPTIONS'],
  ['@nestjs/common#Head()', 'HEAD'],
  ['@nestjs/common#All()', 'ALL'],
  ['@nestjs/common#Search()', 'SEARCH'],
  ['@nestjs/common#Sse()', 'GET'],
  ['@nestjs/common#QueryMethod()', 'QUERY'],
  ['@nestjs/common#Propfind()', 'PROPFIND'],
  ['@nestjs/common#Proppatch()', 'PROPPATCH'],
  ['@nestjs/common#Mkcol()', 'MKCOL'],
  ['@nestjs/common#Copy()', 'COPY'],
  ['@nestjs/common#Move()', 'MOVE'],
  ['@nestjs/common#Lock()', 'LOCK'],
  ['@nestjs/common#Unlock()', 'UNLOCK'],
  // What the others are made of; its options name the method.
  ['@nestjs/common#RequestMapping()', 'GET'],
]);

/** Decorators that make a method of a resolver an operation of the graph. */
export const nestOperations: ReadonlyMap<string, string> = new Map([
  ['@nestjs/graphql#Query()', 'QUERY'],
  ['@nestjs/graphql#Mutation()', 'MUTATION'],
  ['@nestjs/graphql#Subscription()', 'SUBSCRIPTION'],
]);

/** Decorators of parameters, and the part of the request that they read. */
export const nestParameters: ReadonlyMap<string, string> = new Map([
  ['@nestjs/common#Body()', 'body'],
  ['@nestjs/common#Param()', 'params'],
  ['@nestjs/common#Query()', 'query'],
  ['@nestjs/common#Headers()', 'headers'],
  ['@nestjs/common#Ip()', 'ip'],
  ['@nestjs/common#HostParam()', 'params'],
  ['@nestjs/common#UploadedFile()', 'file'],
  ['@nestjs/common#UploadedFiles()', 'files'],
  ['@nestjs/common#Session()', 'session'],
  ['@nestjs/common#Cookies()', 'cookies'],
  ['@nestjs/common#RawBody()', 'rawBody'],
  ['@nestjs/common#Req()', ''],
  ['@nestjs/common#Request()', ''],
  ['@nestjs/graphql#Args()', 'args'],
]);

/** `NestFactory.create`, `createApplicationContext`, `createMicroservice`. */
export function isNestFactory(path: string): boolean {
  return /^@nestjs\/core#NestFactory\.create(ApplicationContext|Microservice)?\(\)$/.test(path);
}

/** https://docs.nestjs.com; what is read by code of its own stands in application/nest-*.ts. */
export const nestjs: Library = {
  packages: ['@nestjs/common', '@nestjs/core', '@nestjs/graphql'],
  calls: {
    '@nestjs/common#createParamDecorator()': { defers: true },
    '@nestjs/core#NestFactory.create()': { defers: true },
    '@nestjs/core#NestFactory.create().getHttpAdapter().*()': { defers: true },
    '@nestjs/core#NestFactory.create().getHttpAdapter().getInstance().*()': { defers: true },
    '@nestjs/common#MiddlewareConsumer().apply().exclude()': { returns: 'receiver' },
    '@nestjs/common#Logger()': {},
    '@nestjs/common#mixin()': { returns: 0 },
  },
};
