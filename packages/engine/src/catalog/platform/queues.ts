import type { CallEntry, Library } from '../library.js';

const job: CallEntry = { effect: { kind: 'writes', what: 'adds a job', adds: true } };
const channels = [
  'amqplib#connect().createChannel()',
  'amqplib#connect().createConfirmChannel()',
  'amqplib#Channel()',
  'amqplib#ConfirmChannel()',
];

/** What is handed to a queue is done later, by whoever works on it. */
export const queues: Library = {
  packages: [
    'bullmq',
    'bull',
    'bee-queue',
    'agenda',
    'pg-boss',
    'amqplib',
    'kafkajs',
    '@aws-sdk/client-sqs',
    '@google-cloud/pubsub',
    '@google-cloud/tasks',
  ],
  calls: {
    // https://api.docs.bullmq.io/classes/v5.Queue.html, https://docs.bullmq.io/guide/flows
    'bullmq#Queue().add()': job,
    'bullmq#Queue().addBulk()': job,
    'bullmq#FlowProducer().add()': job,
    'bullmq#FlowProducer().addBulk()': job,
    // https://github.com/OptimalBits/bull/blob/develop/REFERENCE.md
    'bull#().add()': job,
    'bull#().addBulk()': job,
    'bull#Queue().add()': job,
    'bull#Queue().addBulk()': job,
    'bee-queue#().createJob().save()': job,
    // https://github.com/agenda/agenda#creating-jobs
    'agenda#Agenda().now()': job,
    'agenda#Agenda().schedule()': job,
    'agenda#().now()': job,
    'agenda#().schedule()': job,
    'pg-boss#().send()': job,
    // https://amqp-node.github.io/amqplib/channel_api.html
    ...Object.fromEntries(
      channels.flatMap((channel) =>
        ['sendToQueue', 'publish'].map((method) => [`${channel}.${method}()`, job] as const),
      ),
    ),
    'kafkajs#Kafka().producer().send()': job,
    'kafkajs#Kafka().producer().sendBatch()': job,
    '@aws-sdk/client-sqs#SendMessageCommand()': job,
    '@aws-sdk/client-sqs#SendMessageBatchCommand()': job,
    '@aws-sdk/client-sqs#SQS().sendMessage()': job,
    '@aws-sdk/client-sqs#SQS().sendMessageBatch()': job,
    '@google-cloud/pubsub#PubSub().topic().publishMessage()': job,
    '@google-cloud/tasks#CloudTasksClient().createTask()': job,
  },
};
