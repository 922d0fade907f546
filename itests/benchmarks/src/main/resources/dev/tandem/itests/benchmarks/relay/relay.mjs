// A bare relay: what the sender sends goes to every viewer, as ws does it best. No judging, no counting, no pacing.
import { createRequire } from 'node:module';
import { WebSocketServer } from 'ws';

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false, maxPayload: 4 * 1024 * 1024 });
const viewers = new Set();

server.on('connection', (socket) => {
  let role = null;
  socket.on('message', (data, binary) => {
    if (role === null) {
      ({ role } = JSON.parse(data));
      if (role === 'viewer') {
        viewers.add(socket);
        socket.on('close', () => viewers.delete(socket));
      }
    } else if (binary) {
      for (const viewer of viewers) {
        viewer.send(data, { binary: true });
      }
    }
  });
});
server.on('listening', () => {
  const { version } = createRequire(import.meta.url)('ws/package.json');
  console.log(server.address().port, process.versions.node, version);
});
