// Not part of this package's description: a neighbouring call of the same API, by hand.
const { BASE_URL, TOKEN, PROJECT_ID, JOB_ID } = process.env;
const url = `${BASE_URL}/v3/${PROJECT_ID}/jobs?id=${encodeURIComponent(JOB_ID)}`;

for (let wait = Number(process.env.WAIT ?? 10_000); ; ) {
  const response = await fetch(url, { headers: { "X-Auth-Token": TOKEN }, redirect: "error" });
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
  const [job] = (await response.json()).jobs;
  console.log(job.status);
  if (job.status === "Completed") break;
  if (job.status === "Failed") throw new Error(job.fail_reason);
  await new Promise((resolve) => setTimeout(resolve, wait));
}
