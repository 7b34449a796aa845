const warmUp = 2000;
/** Ways take turns in blocks: what one call leaves to be cleaned up is then its own kind's to pay for. */
const block = 25;
const rounds = 10;

/**
 * Calls each way so often, in turn, so that whatever else the machine does meets all alike.
 * @returns for each way the median of every round, in milliseconds
 */
export async function inTurn(ways, count) {
  await callEach(ways, warmUp, () => {});
  const medians = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    const times = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
    await callEach(ways, count / rounds, (name, time) => times[name].push(time));
    for (const name in ways) medians[name].push(median(times[name]));
  }
  return medians;
}

async function callEach(ways, count, record) {
  for (let done = 0; done < count; done += block) {
    for (const name of Object.keys(ways).sort(() => Math.random() - 0.5)) {
      for (let call = 0; call < block; call++) {
        const began = performance.now();
        await ways[name]();
        record(name, performance.now() - began);
      }
    }
  }
}

function median(list) {
  return list.sort((a, b) => a - b)[list.length >> 1];
}
