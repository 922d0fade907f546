// Jobs by BullMQ: one is taken, completed, and another one is added; so many at once as it is told. Told "WORKERS
// MILLISECONDS" it answers with the jobs done in a second.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { Queue, Worker } from 'bullmq';
import Redis from 'ioredis';

const connection = { host: '127.0.0.1', port: Number(process.argv[2]), maxRetriesPerRequest: null };
const data = { name: 'Marie Dupont', reason: 'The printer does not print' };
const queues = new Map();

async function queue(workers) {
  if (!queues.has(workers)) {
    const made = new Queue(`crew-${workers}`, { connection, defaultJobOptions: { removeOnComplete: true } });
    await made.waitUntilReady();
    for (let i = 0; i < 2 * workers + 16; i++) {
      await made.add('work', data);
    }
    queues.set(workers, made);
  }
  return queues.get(workers);
}

async function round(workers, millis) {
  const jobs = await queue(workers);
  let done = 0;
  const worker = new Worker(jobs.name, () => jobs.add('work', data), { connection, concurrency: workers, autorun: false });
  worker.on('completed', () => done++);
  worker.on('error', (error) => console.error(error));
  await worker.waitUntilReady();
  const start = performance.now();
  worker.run();
  await new Promise((resolve) => setTimeout(resolve, millis));
  const rate = (done * 1000) / (performance.now() - start);
  await worker.close();
  return rate;
}

const require = createRequire(import.meta.url);
const server = new Redis(connection);
const info = await server.info('server');
const redis = /redis_version:(\S+)/.exec(info)[1];
console.log(`BullMQ ${require('bullmq/package.json').version} on Redis ${redis}, AOF always`);
for await (const line of createInterface({ input: process.stdin })) {
  const [workers, millis] = line.split(' ').map(Number);
  console.log(await round(workers, millis));
}
