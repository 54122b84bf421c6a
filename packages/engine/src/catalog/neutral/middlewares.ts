/**
 * Packages whose middlewares never tell who the caller is. A middleware of a package that is not listed here and not
 * in the catalog makes a route's state unknown.
 */
export const neutralPackages: ReadonlySet<string> = new Set([
  'body-parser', 'celebrate', 'compression', 'connect-busboy', 'connect-flash', 'connect-history-api-fallback', 'connect-livereload',
  'connect-multiparty', 'connect-redis', 'connect-slashes', 'connect-timeout', 'cookie-parser', 'cookie-session', 'cors', 'csrf-csrf', 'csurf',
  'dd-trace', 'elastic-apm-node', 'errorhandler', 'express', 'express-actuator', 'express-busboy', 'express-ejs-layouts', 'express-fileupload', 'express-flash', 'express-form-data',
  'express-handlebars', 'express-healthcheck', 'express-http-context', 'express-http-proxy', 'express-joi-validation', 'express-list-endpoints', 'express-mongo-sanitize', 'express-mung',
  'express-openapi-validator', 'express-pino-logger', 'express-prom-bundle', 'express-rate-limit', 'express-request-id', 'express-requests-logger',
  'express-robots-txt', 'express-sanitizer', 'express-session', 'express-slow-down', 'express-sslify', 'express-status-monitor', 'express-useragent', 'express-validation',
  'express-validator', 'express-winston', 'express-ws', 'express-xss-sanitizer', 'feature-policy', 'forest-express', 'graphql-upload', 'graphql-upload/graphqlUploadExpress.js', 'helmet', 'hpp', 'http-proxy-middleware', 'i18n',
  'i18next-http-middleware', 'lusca', 'method-override', 'morgan', 'multer', 'newrelic', 'nocache', 'on-finished', 'pino-http', 'prom-client', 'rate-limiter-flexible', 'referrer-policy',
  'request-ip', 'response-time', 'restify-cors-middleware', 'serve-favicon', 'serve-index', 'serve-static', 'sirv', 'swagger-stats', 'swagger-ui-express', 'swagger-jsdoc', 'toobusy-js', 'vhost',
  'x-xss-protection', 'xss-clean', 'zod-express-middleware', '@godaddy/terminus', '@nestjs/throttler', '@opentelemetry/api', '@sentry/node', '@sentry/nestjs', '@bull-board/express',
  '@apollo/server/express4', '@as-integrations/express5', '@willsoto/nestjs-prometheus', 'cache-manager', '@nestjs/cache-manager', 'nestjs-pino', 'nestjs-i18n', 'ejs', 'consolidate', 'stoppable', 'json-cycle', 'multer-s3', 'adm-zip', 'dustjs-helpers', 'express-async-errors', 'marked', 'express-xml-bodyparser', 'body-parser-xml', 'timeout', 'connect', 'webpack-dev-middleware', 'webpack-hot-middleware', 'vite', 'apicache', 'express-limiter', 'nestjs-real-ip', 'express-device', 'express-minify', 'express-ip', 'express-hpp', 'shrink-ray-current', 'express-static-gzip', '@moebius/http-graceful-shutdown', 'http-graceful-shutdown', 'express-routes-versioning', 'serverless-http',
]);
