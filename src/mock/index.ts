/** A mock of the service for test suites, checked by Prism. For Node only. */
export type { ChaosOptions } from "./chaos.js";
export { connectMock } from "./connect.js";
export type { MockFetch } from "./fetch.js";
export type { RecordedRequest } from "./journal.js";
export { createMock, type Mock } from "./mock.js";
export type { Backup, MockOptions, ServerOptions } from "./options.js";
export type { Violation } from "./prism.js";
export type { PendingReply } from "./replies.js";
export type { Fault, Reply } from "./reply.js";
export { startMock } from "./server.js";
