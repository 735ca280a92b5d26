import { createInterface } from 'node:readline';
import { RTCPeerConnection } from 'node-datachannel/polyfill';
import { createPeers } from './peers.mjs';

const obey = createPeers(RTCPeerConnection, message => process.stdout.write(`${JSON.stringify(message)}\n`));
createInterface({ input: process.stdin }).on('line', line => obey(JSON.parse(line))).on('close', () => process.exit());
process.stdout.write('{}\n');
