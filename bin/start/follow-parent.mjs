/**
 * Preloaded into every child of `npm start`, those that build included: when the supervisor dies, even by SIGKILL, its end of the channel
 * closes and the child stops too. Nothing is left running that the next start would stumble over.
 */
function stop() {
  setTimeout(() => process.exit(1), 10_000).unref();
  process.kill(process.pid, "SIGTERM");
}

/** A program that a child starts inherits this preload, and needs its channel to that child open: it is no child of ours. */
const isOurs = [undefined, String(process.ppid)].includes(process.env.POSTURIO_FOLLOWS);

// `false` and not undefined: there was a channel, and it closed before this line was reached.
if (process.connected === false) stop();
if (process.channel && isOurs) {
  process.once("disconnect", stop);
  process.channel.unref();
}
