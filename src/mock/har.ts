/** One exchange, as the HTTP Archive format 1.2 keeps it. Credentials are redacted before they come here. */
export interface Exchange {
  started: Date;
  milliseconds: number;
  method: string;
  url: string;
  requestHeaders: Record<string, string>;
  requestBody: string;
  status: number;
  responseHeaders: Record<string, string>;
  responseBody: string;
  /** What was broken on request, such as a cut body; undefined for an answer that keeps to the description. */
  fault: string | undefined;
}

/** An HTTP Archive of the exchanges. */
export function har(exchanges: readonly Exchange[], version: string) {
  const pairs = (values: Record<string, string>) => Object.entries(values).map(([name, value]) => ({ name, value }));
  return {
    log: {
      version: "1.2",
      creator: { name: "geminidb-backup", version },
      entries: exchanges.map((exchange) => ({
        startedDateTime: exchange.started.toISOString(),
        time: exchange.milliseconds,
        ...(exchange.fault && { comment: `broken on request: ${exchange.fault}` }),
        request: {
          method: exchange.method,
          url: exchange.url,
          httpVersion: "HTTP/1.1",
          cookies: [],
          headers: pairs(exchange.requestHeaders),
          queryString: [...new URL(exchange.url).searchParams].map(([name, value]) => ({ name, value })),
          ...(exchange.requestBody && {
            postData: { mimeType: exchange.requestHeaders["content-type"] ?? "", text: exchange.requestBody },
          }),
          headersSize: -1,
          bodySize: exchange.requestBody.length,
        },
        response: {
          status: exchange.status,
          statusText: "",
          httpVersion: "HTTP/1.1",
          cookies: [],
          headers: pairs(exchange.responseHeaders),
          content: {
            size: exchange.responseBody.length,
            mimeType: exchange.responseHeaders["content-type"] ?? "",
            text: exchange.responseBody,
          },
          redirectURL: "",
          headersSize: -1,
          bodySize: exchange.responseBody.length,
        },
        cache: {},
        timings: { send: 0, wait: exchange.milliseconds, receive: 0 },
      })),
    },
  };
}
