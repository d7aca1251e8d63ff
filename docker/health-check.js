/** The health check of the images: fails unless the app can do its work, and says which part cannot. */
const answer = await fetch(`http://127.0.0.1:${process.env.OPERATIONS_PORT}/health/ready`);
if (!answer.ok) {
  process.stderr.write(`${answer.status} ${await answer.text()}\n`);
  process.exitCode = 1;
}
