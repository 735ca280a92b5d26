// One end of a connection by libdatachannel, told what to do by lines of JSON on standard input.
import { createInterface } from 'node:readline';
import datachannel from 'node-datachannel';

const MOST = 1024 * 1024, FEW = 256 * 1024;
let pc, channel, received, counting, echoing;

const tell = value => process.stdout.write(`${JSON.stringify(value)}\n`);
const pause = seconds => new Promise(resolve => setTimeout(resolve, seconds * 1000));
const connect = () => new datachannel.PeerConnection('bench', { iceServers: [], bindAddress: '127.0.0.1' });
const gathered = (one = pc) => new Promise(resolve => {
  const look = state => state === 'complete' && resolve(one.localDescription().sdp);
  one.onGatheringStateChange(look);
  look(one.gatheringState());
});

function adopt(made) {
  channel = made;
  channel.onMessage(message => {
    if (echoing) return channel.sendMessageBinary(message);
    if (counting) {
      if (typeof message === 'string') return counting.end();
      counting.last = performance.now();
      counting.first ||= counting.last;
      counting.messages++;
      counting.bytes += message.length;
      return;
    }
    received?.();
  });
}

function create() {
  channel?.close();
  pc?.close();
  channel = echoing = counting = received = undefined;
  pc = connect();
  pc.onDataChannel(adopt);
}

async function pair() {
  const one = connect(), other = connect(), made = one.createDataChannel('idle');
  const done = new Promise(resolve => made.onOpen(resolve));
  const incoming = new Promise(resolve => other.onDataChannel(resolve));
  other.setRemoteDescription(await gathered(one), 'offer');
  one.setRemoteDescription(await gathered(other), 'answer');
  await done;
  return [one, other, made, await incoming];
}

async function open(count) {
  const all = [];
  for (let left = count / 2; left > 0; left -= 10) {
    all.push(...(await Promise.all(Array.from({ length: Math.min(left, 10) }, pair))).flat());
  }
  return all;
}

const close = all => all.reverse().forEach(one => one.close());

async function settle() {
  await pause(2);
  return process.memoryUsage.rss();
}

const commands = {
  offer() {
    create();
    adopt(pc.createDataChannel('bench'));
    return gathered();
  },
  answer({ sdp }) {
    create();
    pc.setRemoteDescription(sdp, 'offer');
    return gathered();
  },
  accept({ sdp }) {
    pc.setRemoteDescription(sdp, 'answer');
    return 0;
  },
  async open() {
    // Asked for again and again, since a channel of the peer's may open before anybody can listen for it.
    while (!channel?.isOpen()) await pause(0.001);
    return 0;
  },
  echo() {
    echoing = true;
    return 0;
  },
  count() {
    echoing = false;
    counting = { first: 0, last: 0, messages: 0, bytes: 0 };
    counting.done = new Promise(resolve => counting.end = resolve);
    return 0;
  },
  async counted() {
    await counting.done;
    return { messages: counting.messages, bytes: counting.bytes, seconds: (counting.last - counting.first) / 1000, allocated: 0 };
  },
  async send({ size, seconds }) {
    const message = Buffer.alloc(size), end = performance.now() + seconds * 1000;
    channel.setBufferedAmountLowThreshold(FEW);
    while (performance.now() < end) {
      const low = new Promise(resolve => channel.onBufferedAmountLow(resolve));
      while (channel.bufferedAmount() < MOST) channel.sendMessageBinary(message);
      await low;
    }
    channel.sendMessage('end');
    return { allocated: 0 };
  },
  async ping({ size, rounds }) {
    const message = Buffer.alloc(size), times = [];
    for (let round = 0; round < rounds; round++) {
      const start = performance.now(), back = new Promise(resolve => received = resolve);
      channel.sendMessageBinary(message);
      await back;
      times.push((performance.now() - start) * 1000);
    }
    return times.sort((a, b) => a - b)[rounds >> 1];
  },
  async idle({ connections, seconds }) {
    close(await open(40));
    const before = await settle(), all = await open(connections), after = await settle();
    await pause(8);
    const start = process.cpuUsage();
    await pause(seconds);
    const { user, system } = process.cpuUsage(start);
    close(all);
    return { bytes: after - before, cpu: user + system };
  },
};

createInterface({ input: process.stdin }).on('line', async line => {
  const command = JSON.parse(line);
  tell({ value: await commands[command.do](command) });
}).on('close', () => process.exit());
