import { createMock } from "geminidb-backup/mock";

/**
 * Lets the calls of a page to the service end in a mock: `const mock = await mockService(page)`.
 * @param {import("playwright-core").Page} page
 */
export async function mockService(page) {
  const mock = createMock();
  await page.route("https://gaussdb-nosql.*/**", async (route) => {
    const request = route.request();
    const body = request.postDataBuffer() ?? undefined;
    try {
      const init = { method: request.method(), headers: await request.allHeaders(), body };
      const answer = await mock.fetch(request.url(), init);
      const headers = Object.fromEntries(answer.headers);
      await route.fulfill({ status: answer.status, headers, body: Buffer.from(await answer.arrayBuffer()) });
    } catch {
      await route.abort("connectionreset");
    }
  });
  return mock;
}
