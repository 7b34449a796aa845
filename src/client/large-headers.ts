// Headers that are longer than a parser of HTTP takes. A token of Huawei Cloud can be that long.

const nodeFlag = "--max-http-header-size=65536";

/** What undici says of a response whose headers are too long for it. */
export const headerOverflowCode = "UND_ERR_HEADERS_OVERFLOW";
export const headerOverflowAdvice = `Start Node with ${nodeFlag}`;

/** The status of a server for which the headers of the request are too long. */
export const headerTooLargeStatus = 431;
export const headerTooLargeAdvice = `The headers of the request, most likely the token, are too long for the server. A Node server takes longer ones with ${nodeFlag}`;
