// Peers for browsers and for node. They are told what to do by messages {id, peer, do, …}, and answer {id, value} or {id, error}; {peer, candidate} and {peer, negotiation} come by themselves.
export function createPeers(RTCPeerConnection, tell) {
  const peers = new Map();

  const until = (target, events, check) => new Promise(resolve => {
    const look = () => {
      if (!check()) return;
      events.forEach(event => target.removeEventListener(event, look));
      resolve();
    };
    events.forEach(event => target.addEventListener(event, look));
    look();
  });

  function adopt(peer, channel) {
    const kept = { channel, received: [], count: 0, bytes: 0, echoes: peer.echoes, keeps: true, waiting: [] };
    channel.binaryType = 'arraybuffer';
    channel.addEventListener('message', ({ data }) => {
      const size = typeof data === 'string' ? new TextEncoder().encode(data).length : data.byteLength;
      kept.count++;
      kept.bytes += size;
      if (kept.keeps) kept.received.push(typeof data === 'string' ? { text: data, size } : { first: new Uint8Array(data)[0] ?? -1, size });
      if (kept.echoes) channel.send(data);
      kept.waiting.forEach(look => look());
    });
    peer.channels.push(kept);
    peer.waiting.forEach(look => look());
    return peer.channels.length - 1;
  }

  const described = description => ({ type: description.type, sdp: description.sdp });
  const wait = (waiting, check) => new Promise(resolve => {
    const look = () => check() && resolve();
    waiting.push(look);
    look();
  });

  const commands = {
    create(_, { config, trickles, echoes }) {
      const pc = new RTCPeerConnection(config);
      const peer = { pc, channels: [], waiting: [], echoes, trickles };
      pc.addEventListener('datachannel', event => adopt(peer, event.channel));
      pc.addEventListener('icecandidate', event => trickles && event.candidate && tell({ peer: peer.id, candidate: event.candidate.candidate, mid: event.candidate.sdpMid }));
      return peer;
    },
    open: (peer, { label, options }) => adopt(peer, peer.pc.createDataChannel(label, options)),
    async offer(peer, { restarts }) {
      const offer = await peer.pc.createOffer(restarts ? { iceRestart: true } : undefined);
      await peer.pc.setLocalDescription(offer);
      if (!peer.trickles) await until(peer.pc, ['icegatheringstatechange'], () => peer.pc.iceGatheringState === 'complete');
      return described(peer.pc.localDescription);
    },
    async accept(peer, { description }) {
      await peer.pc.setRemoteDescription(description);
      if (description.type !== 'offer') return null;
      await peer.pc.setLocalDescription(await peer.pc.createAnswer());
      if (!peer.trickles) await until(peer.pc, ['icegatheringstatechange'], () => peer.pc.iceGatheringState === 'complete');
      return described(peer.pc.localDescription);
    },
    candidate: (peer, { candidate, mid }) => peer.pc.addIceCandidate({ candidate, sdpMid: mid }),
    connected: peer => until(peer.pc, ['connectionstatechange'], () => peer.pc.connectionState === 'connected'),
    async channel(peer, { label }) {
      const find = () => peer.channels.findIndex(kept => kept.channel.label === label && kept.channel.readyState !== 'closed');
      await wait(peer.waiting, () => find() >= 0);
      const index = find();
      await until(peer.channels[index].channel, ['open'], () => peer.channels[index].channel.readyState === 'open');
      return index;
    },
    info(peer, { index }) {
      const { label, protocol, id, ordered, maxRetransmits, maxPacketLifeTime, readyState } = peer.channels[index].channel;
      return { label, protocol, id, ordered, maxRetransmits, maxPacketLifeTime, readyState };
    },
    async send(peer, { index, text, size, count, first }) {
      const { channel } = peer.channels[index];
      channel.bufferedAmountLowThreshold = 256 * 1024;
      for (let sent = 0; sent < (count ?? 1); sent++) {
        if (channel.bufferedAmount > 1024 * 1024) await until(channel, ['bufferedamountlow'], () => channel.bufferedAmount <= 256 * 1024);
        channel.send(text ?? new Uint8Array(size).fill((first ?? 0) + sent));
      }
    },
    async received(peer, { index, count }) {
      const kept = peer.channels[index];
      await wait(kept.waiting, () => kept.count >= count);
      return kept.received;
    },
    drain(peer, { index }) {
      peer.channels[index].keeps = false;
      peer.channels[index].echoes = false;
    },
    async bytes(peer, { index, least }) {
      const kept = peer.channels[index];
      await wait(kept.waiting, () => kept.bytes >= least);
      return kept.bytes;
    },
    close: (peer, { index }) => peer.channels[index].channel.close(),
    closed: (peer, { index }) => until(peer.channels[index].channel, ['close'], () => peer.channels[index].channel.readyState === 'closed'),
    state: peer => peer.pc.connectionState,
    end: peer => peer.pc.close(),
  };

  return async ({ id, peer, ...command }) => {
    try {
      const value = await commands[command.do](peers.get(peer), command);
      if (command.do === 'create') {
        value.id = peer;
        peers.set(peer, value);
      }
      tell({ id, value: command.do === 'create' ? null : value ?? null });
    } catch (error) {
      tell({ id, error: String(error) });
    }
  };
}
