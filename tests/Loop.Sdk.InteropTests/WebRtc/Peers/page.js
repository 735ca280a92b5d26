import { createPeers } from '/peers.js';

// Only then loopback addresses are offered, and none are hidden behind names.
if (location.search !== '?hide') {
  await navigator.mediaDevices.getUserMedia({ audio: true });
}

const socket = new WebSocket(`ws://${location.host}/peers`);
const obey = createPeers(RTCPeerConnection, message => socket.send(JSON.stringify(message)));
socket.onmessage = event => obey(JSON.parse(event.data));
