/**
 * Preloaded into every child of `npm start`, those that build included: when the supervisor dies, even by SIGKILL, its end of the channel
 * closes and the child stops too. Nothing is left running that the next start would stumble over.
 */
function stop() {
  setTimeout(() => process.exit(1), 10_000).unref();
  process.kill(process.pid, "SIGTERM");
}

// `false` and not undefined: there was a channel, and it closed before this line was reached.
if (process.connected === false) stop();
if (process.channel) {
  process.once("disconnect", stop);
  process.channel.unref();
}
