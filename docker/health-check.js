/** The health check of the images: fails unless the app says that it can do its work. */
const answer = await fetch(`http://127.0.0.1:${process.env.PORT ?? 3000}/health/ready`);
if (!answer.ok) {
  process.stderr.write(`${answer.status} ${await answer.text()}\n`);
  process.exitCode = 1;
}
