// @tus/server as its README sets it up, with its own store of files, on a port of the loopback.
import { FileStore } from '@tus/file-store';
import { Server } from '@tus/server';
import { readFileSync } from 'node:fs';

const [port, directory] = process.argv.slice(2);
const server = new Server({ path: '/files', datastore: new FileStore({ directory }) });
const { version } = JSON.parse(readFileSync('node_modules/@tus/server/package.json', 'utf8'));
server.listen({ host: '127.0.0.1', port: Number(port) }, () => console.log(version));
// On Node 20 a download that ends as its client goes ends the whole server by an error that nobody catches.
process.on('uncaughtException', (error) => console.error(error));
