import type { CallEntry, Library } from '../library.js';

const event: CallEntry = { records: 'event' };

/** What is handed on: whether somebody listens and keeps it is decided elsewhere. */
export const events: Library = {
  packages: ['events', 'eventemitter2', '@nestjs/event-emitter', '@nestjs/cqrs', '@nestjs/microservices'],
  calls: {
    'events#().emit()': event,
    'events#EventEmitter().emit()': event,
    'eventemitter2#EventEmitter2().emit()': event,
    'eventemitter2#EventEmitter2().emitAsync()': event,
    '@nestjs/event-emitter#EventEmitter2().emit()': event,
    '@nestjs/event-emitter#EventEmitter2().emitAsync()': event,
    '@nestjs/cqrs#EventBus().publish()': event,
    '@nestjs/microservices#ClientProxy().emit()': event,
    '@nestjs/microservices#ClientKafka().emit()': event,
  },
};
