/**
 * Preloaded into every child of `npm start`: when the supervisor dies, even by SIGKILL, its end of the channel
 * closes and the child stops too. Nothing is left running that the next start would stumble over.
 */
if (process.channel) {
  process.channel.unref();
  process.once("disconnect", () => {
    const timer = setTimeout(() => process.exit(1), 10_000);
    timer.unref();
    process.kill(process.pid, "SIGTERM");
  });
}
